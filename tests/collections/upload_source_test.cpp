// SPDX-License-Identifier: Apache-2.0
// What an upload can be made of, and what is wrong with what it cannot.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <functional>
#include <sstream>
#include <vector>

#include "collections/passing_stream.hpp"
#include "globus_sdk/collections/errors.hpp"
#include "globus_sdk/collections/upload_source.hpp"
#include "globus_sdk/core/body.hpp"
#include "globus_sdk/core/globus_error.hpp"
#include "support/message_of.hpp"
#include "support/scoped_folder.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;
using testing::AllOf;
using testing::HasSubstr;
namespace fs = std::filesystem;

void write_file(const fs::path& file, const std::string& content) {
  std::ofstream(file, std::ios::binary) << content;
}

/// All that a source gives, in pieces of `most` bytes.
std::string all_of(BodySource& source, std::size_t most) {
  source.rewind();
  std::string all;
  std::vector<std::byte> buffer(most);
  while (const std::size_t count = source.read(buffer)) {
    all.append(reinterpret_cast<const char*>(buffer.data()), count);
  }
  return all;
}

/// What a source gives before it throws.
template <class Error> std::string what_comes_before(BodySource& source, std::string& message) {
  std::string all;
  std::array<std::byte, 4> buffer{};
  try {
    source.rewind();
    while (const std::size_t count = source.read(buffer)) {
      all.append(reinterpret_cast<const char*>(buffer.data()), count);
    }
    ADD_FAILURE() << "the source is content";
  } catch (const Error& error) {
    message = error.what();
  }
  return all;
}

UploadSource::Function giving(std::string content) {
  return [content](std::int64_t offset, std::span<std::byte> buffer) {
    const std::size_t count =
        std::min(buffer.size(), content.size() - static_cast<std::size_t>(offset));
    std::memcpy(buffer.data(), content.data() + offset, count);
    return count;
  };
}

const std::string content = "These are the bytes of a file.";

TEST(UploadSource, OfEachKindGivesAllOfItsBytesAgainAndAgain) {
  const ScopedFolder folder;
  write_file(folder.path / "file", content);
  std::istringstream stream("before " + content);
  stream.ignore(7);
  std::ifstream file_stream(folder.path / "file", std::ios::binary);
  const std::vector<std::byte> bytes(
      reinterpret_cast<const std::byte*>(content.data()),
      reinterpret_cast<const std::byte*>(content.data()) + content.size());
  const std::vector<std::pair<UploadSource, std::optional<std::int64_t>>> sources{
      {folder.path / "file", std::nullopt},
      {(folder.path / "file").string(), std::ssize(content)},
      {stream, std::nullopt},
      {file_stream, std::nullopt},
      {bytes, std::nullopt},
      {std::as_bytes(std::span(content)), std::ssize(content)},
      {giving(content), std::ssize(content)},
  };
  for (const auto& [upload, size] : sources) {
    const auto source = upload.open(size);
    EXPECT_EQ(source->size(), std::ssize(content));
    for (const std::size_t most : {std::size_t{1}, std::size_t{7}, std::size_t{4096}}) {
      EXPECT_EQ(all_of(*source, most), content);
    }
  }
}

TEST(UploadSource, MayBeEmpty) {
  const ScopedFolder folder;
  write_file(folder.path / "file", "");
  std::istringstream stream;
  for (const auto& source :
       {UploadSource(folder.path / "file").open(), UploadSource(stream).open(),
        UploadSource(std::span<const std::byte>()).open(), UploadSource(giving("")).open(0)}) {
    EXPECT_EQ(source->size(), 0);
    EXPECT_EQ(all_of(*source, 10), "");
  }
}

TEST(UploadSource, OfAStreamThatCannotBeSearchedGivesItsBytesOnce) {
  PassingStream stream(content);
  const auto source = UploadSource(stream).open(std::ssize(content));
  source->rewind();
  source->rewind();  // nothing has been read: nothing is lost
  EXPECT_EQ(all_of(*source, 8), content);
  source->rewind();
  std::array<std::byte, 8> room{};
  EXPECT_THAT(message_of<FileTransferError>([&] { source->read(room); }),
              AllOf(HasSubstr("once only"), HasSubstr("max_retries")));
}

// ---- sizes --------------------------------------------------------------------------------------

TEST(UploadSource, NeedsASizeWhereItHasNone) {
  PassingStream stream(content);
  EXPECT_THAT(message_of<GlobusSDKUsageError>([&] { UploadSource(stream).open(); }),
              HasSubstr("size must be given"));
  EXPECT_THAT(message_of<GlobusSDKUsageError>([&] { UploadSource(giving(content)).open(); }),
              HasSubstr("size must be given"));
}

TEST(UploadSource, TakesNoSizeThatCannotBe) {
  const ScopedFolder folder;
  write_file(folder.path / "file", content);
  std::istringstream stream(content);
  EXPECT_THAT(message_of<GlobusSDKUsageError>([&] { UploadSource(giving(content)).open(-1); }),
              HasSubstr("size must not be negative"));
  for (const UploadSource& source : {UploadSource(folder.path / "file"), UploadSource(stream),
                                     UploadSource(std::as_bytes(std::span(content)))}) {
    EXPECT_THAT(message_of<GlobusSDKUsageError>([&] { source.open(3); }),
                AllOf(HasSubstr("size"), HasSubstr("3"), HasSubstr("30 bytes")));
  }
}

TEST(UploadSource, ThatEndsTooEarlyOrTooLateSaysSoBeforeItsLastByte) {
  PassingStream short_stream(content);
  PassingStream long_stream(content);
  const std::int64_t size = std::ssize(content);
  const auto check = [](const UploadSource& upload, std::int64_t said, const char* what) {
    const auto source = upload.open(said);
    std::string message;
    const std::string before = what_comes_before<FileIntegrityError>(*source, message);
    EXPECT_LT(std::ssize(before), said);
    EXPECT_THAT(message, HasSubstr(what));
  };
  check(giving(content), size + 1, "ended after 30 of 31 bytes");
  check(giving(content), size - 1, "has more than 29 bytes");
  check(giving("x"), 3, "ended after 1 of 3 bytes");
  check(short_stream, size + 1, "ended after 30 of 31 bytes");
  check(long_stream, size - 1, "has more than 29 bytes");
}

TEST(UploadSource, ThatShouldBeEmptyAndIsNotSaysSoBeforeAnythingIsSent) {
  const auto source = UploadSource(giving("x")).open(0);
  EXPECT_THROW(source->rewind(), FileIntegrityError);
}

TEST(UploadSource, ThatReturnsANumberTooLargeIsAMistake) {
  const auto source =
      UploadSource([](std::int64_t, std::span<std::byte> room) { return room.size() + 1; }).open(9);
  std::array<std::byte, 4> room{};
  source->rewind();
  EXPECT_THROW(source->read(room), GlobusSDKUsageError);
}

// ---- files --------------------------------------------------------------------------------------

/// A source of a file that changes after its first bytes.
std::string of_changing_file(const std::function<void(const fs::path&)>& change,
                             std::string& message) {
  const ScopedFolder folder;
  const fs::path file = folder.path / "file";
  write_file(file, content);
  // a change within the same tick of the clock could not be seen
  timespec old[2] = {{1'700'000'000, 0}, {1'700'000'000, 0}};
  EXPECT_EQ(utimensat(AT_FDCWD, file.c_str(), old, 0), 0);
  const auto source = UploadSource(file).open();
  std::array<std::byte, 4> room{};
  source->rewind();
  EXPECT_EQ(source->read(room), 4U);
  change(file);
  std::string rest(4, 'x');
  try {
    while (const std::size_t count = source->read(room)) rest.append(count, 'x');
    ADD_FAILURE() << "the change was not seen";
  } catch (const FileChangedError& error) {
    message = error.what();
  }
  return rest;
}

TEST(UploadSource, OfAFileThatChangesSaysSoBeforeItsLastByte) {
  const std::vector<std::function<void(const fs::path&)>> changes{
      [](const fs::path& file) { std::ofstream(file, std::ios::app) << "more"; },
      [](const fs::path& file) { fs::resize_file(file, 10); },
      [](const fs::path& file) { fs::resize_file(file, 0); },
      [](const fs::path& file) {
        std::fstream(file, std::ios::in | std::ios::out | std::ios::binary) << "THESE";
      },
  };
  for (const auto& change : changes) {
    std::string message;
    const std::string before = of_changing_file(change, message);
    EXPECT_LT(before.size(), content.size());
    EXPECT_THAT(message, HasSubstr("changed while it was being sent"));
  }
}

TEST(UploadSource, OfAFileWhoseNameGoesToAnotherIsTheFileThatWasOpened) {
  const ScopedFolder folder;
  write_file(folder.path / "file", content);
  const auto source = UploadSource(folder.path / "file").open();
  write_file(folder.path / "new", "another");
  fs::rename(folder.path / "new", folder.path / "file");
  EXPECT_EQ(all_of(*source, 100), content);
}

TEST(UploadSource, SaysWhichFileCannotBeRead) {
  const ScopedFolder folder;
  const auto number_for = [](const fs::path& file) {
    try {
      UploadSource(file).open();
    } catch (const LocalFileError& error) {
      EXPECT_EQ(error.path(), file.string());
      EXPECT_THAT(error.what(), HasSubstr(file.string()));
      return error.error_number();
    }
    return 0;
  };
  EXPECT_EQ(number_for(folder.path / "missing"), ENOENT);
  EXPECT_EQ(number_for(folder.path), EISDIR);
  write_file(folder.path / "file", content);
  EXPECT_EQ(number_for(folder.path / "file" / "below"), ENOTDIR);
  if (geteuid() == 0) return;  // who may read everything
  fs::permissions(folder.path / "file", fs::perms::none);
  EXPECT_EQ(number_for(folder.path / "file"), EACCES);
}

TEST(UploadSource, RefusesWhatIsNoFile) {
  const ScopedFolder folder;
  ASSERT_EQ(mkfifo((folder.path / "fifo").c_str(), 0600), 0);
  EXPECT_THAT(message_of<GlobusSDKUsageError>([&] { UploadSource(folder.path / "fifo").open(); }),
              AllOf(HasSubstr("no ordinary file"), HasSubstr("std::istream")));
  EXPECT_THAT(message_of<GlobusSDKUsageError>([] { UploadSource("/dev/null").open(); }),
              HasSubstr("no ordinary file"));
  EXPECT_THAT(message_of<GlobusSDKUsageError>([] { UploadSource("").open(); }),
              HasSubstr("source must not be an empty path"));
  EXPECT_THAT(
      message_of<GlobusSDKUsageError>([] { UploadSource(std::string("/dev\0x", 6)).open(); }),
      HasSubstr("NUL"));
}

TEST(UploadSource, RefusesStreamsThatCannotBeRead) {
  const ScopedFolder folder;
  std::ifstream missing(folder.path / "missing");
  EXPECT_THAT(message_of<GlobusSDKUsageError>([&] { UploadSource(missing).open(); }),
              HasSubstr("failed already"));
  std::ifstream of_folder(folder.path);
  EXPECT_THAT(message_of<GlobusSDKUsageError>([&] { UploadSource(of_folder).open(); }),
              HasSubstr("stream"));
  std::istream without_buffer(nullptr);
  EXPECT_THROW(UploadSource(without_buffer).open(), GlobusSDKUsageError);
  EXPECT_THAT(
      message_of<GlobusSDKUsageError>([] { UploadSource(UploadSource::Function()).open(1); }),
      HasSubstr("function is empty"));
}

}  // namespace
}  // namespace globus_sdk_test
