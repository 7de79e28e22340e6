// SPDX-License-Identifier: Apache-2.0
// What docs/guide/files.md shows beside its first program, compiled, and run against a server that
// has one file.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/awaitable.hpp>
#include <filesystem>
#include <fstream>
#include <globus_sdk/async.hpp>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <iterator>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "support/collection_server.hpp"
#include "support/run_async.hpp"
#include "support/scoped_folder.hpp"

using namespace globus_sdk;

namespace {

using globus_sdk_test::CollectionServer;
using globus_sdk_test::ScopedFolder;
using testing::HasSubstr;

const std::string collection_id = "3c4f8e2a-6f2d-4f5b-9a57-0f9e2b7f0c11";
const std::string client_id = "5f83b5a0-0000-4000-8000-000000000000";
const std::string token = "a token";

//! [async]
boost::asio::awaitable<std::int64_t> fetch(GCSCollectionClient client) {
  const auto files = client.async();
  const DownloadOptions options{.keep_times = false};
  const auto result = co_await files.download("/data/a.h5", "a.h5", options);
  co_return result.size;
}
//! [async]

/// The folder in which a program works, for as long as the object lives.
class WorkingFolder {
 public:
  explicit WorkingFolder(const std::filesystem::path& folder)
      : before_(std::filesystem::current_path()) {
    std::filesystem::current_path(folder);
  }
  ~WorkingFolder() {
    std::error_code ignored;
    std::filesystem::current_path(before_, ignored);
  }
  WorkingFolder(const WorkingFolder&) = delete;
  WorkingFolder& operator=(const WorkingFolder&) = delete;

 private:
  std::filesystem::path before_;
};

/// A collection with one file, and an empty folder to work in.
class FilesGuide : public testing::Test {
 protected:
  static std::string content_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  const std::string content{"what is in it"};
  CollectionServer server{content, {}, {"a.h5", "b.h5"}};
  const ScopedFolder folder{};
  const WorkingFolder working{folder.path};
  const TransferClient tc{AccessTokenAuthorizer{token}, {.base_url = server.url()}};
  const GCSCollectionClient files{collection_id, server.url(), AccessTokenAuthorizer{token}};
};

TEST(FilesGuideWithoutAServer, Clients) {
  const UserApp app("an app", {.client_id = client_id, .config = {.token_storage = "memory"}});
  //! [clients]
  GCSCollectionClient files{collection_id, app};
  GCSCollectionClient with_a_token{collection_id, "m-d3a2c3.collection1.tutorials.globus.org",
                                   AccessTokenAuthorizer{token}};
  GCSCollectionClient for_everybody{collection_id, "m-d3a2c3.collection1.tutorials.globus.org"};
  //! [clients]
  EXPECT_EQ(with_a_token.base_url(), for_everybody.base_url());
  EXPECT_THAT(with_a_token.base_url(), HasSubstr("https://m-d3a2c3"));
  EXPECT_EQ(files.base_url(), "");
}

TEST_F(FilesGuide, Targets) {
  //! [targets]
  files.download("/data/a.h5", "a.h5");  // to a local file

  std::ostringstream stream;
  files.download("/data/a.h5", stream);

  std::vector<std::byte> memory;
  files.download("/data/a.h5", memory);

  std::size_t count = 0;
  files.download("/data/a.h5",
                 [&count](std::span<const std::byte> bytes) { count += bytes.size(); });
  //! [targets]
  EXPECT_EQ(content_of("a.h5"), content);
  EXPECT_EQ(stream.str(), content);
  EXPECT_EQ(memory.size(), content.size());
  EXPECT_EQ(count, content.size());
}

TEST_F(FilesGuide, Resume) {
  testing::internal::CaptureStdout();
  //! [resume]
  const auto result = files.download("/data/a.h5", "a.h5");
  std::cout << result.size << " bytes, " << result.resumed << " of them from an earlier run\n";
  //! [resume]
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "13 bytes, 0 of them from an earlier run\n");
}

TEST_F(FilesGuide, Checksum) {
  const auto fetch_with = [this](const std::string& digits) {
    //! [checksum]
    files.download("/data/a.h5", "a.h5", {.checksum = Checksum{"sha256", digits}});
    //! [checksum]
  };
  fetch_with("e622b638981da7028155bd0d32817f480b73249427539f797d4de918f19d50d0");
  EXPECT_EQ(content_of("a.h5"), content);
  EXPECT_THROW(fetch_with(std::string(64, '0')), FileIntegrityError);
}

TEST_F(FilesGuide, Progress) {
  testing::internal::CaptureStderr();
  //! [progress]
  const auto show = [](const FileProgress& progress) {
    std::cerr << progress.bytes << " of " << progress.total.value_or(0) << " bytes, "
              << progress.bytes_per_second / 1e6 << " MB/s\n";
  };
  files.download("/data/a.h5", "a.h5", {.on_progress = show});
  //! [progress]
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("13 of 13 bytes, "));
}

TEST_F(FilesGuide, Uploads) {
  std::ofstream("a.h5") << "other things";
  //! [uploads]
  files.upload("a.h5", "/data/a.h5");  // from a local file

  std::istringstream stream{"1,2\n"};
  files.upload(stream, "/data/list.csv", {.content_type = "text/csv"});

  const std::string text = "some text";
  files.upload(std::as_bytes(std::span(text)), "/data/new.txt", {.overwrite = false});
  //! [uploads]
  const auto requests = server.requests();
  ASSERT_EQ(requests.size(), 3U);
  EXPECT_EQ(requests[0].body, "other things");
  EXPECT_EQ(requests[1].header("content-type"), "text/csv");
  EXPECT_EQ(requests[2].body, "some text");
  EXPECT_EQ(requests[2].header("if-none-match"), "*");
}

TEST_F(FilesGuide, IfMatch) {
  std::ofstream("settings.json") << "{}";
  //! [if-match]
  const auto head = files.head("/data/settings.json");
  // ... the settings are read and changed ...
  files.upload("settings.json", "/data/settings.json", {.if_match = head.etag().value()});
  //! [if-match]
  EXPECT_EQ(server.content(), "{}");
  EXPECT_THROW(files.upload("settings.json", "/data/settings.json", {.if_match = *head.etag()}),
               GlobusAPIError);
}

[[maybe_unused]] void rename(const GCSCollectionClient& files, const TransferClient& tc) {
  //! [rename]
  files.upload("a.h5", "/data/a.h5.new");
  tc.operation_rename(collection_id, "/data/a.h5.new", "/data/a.h5");
  //! [rename]
}

TEST_F(FilesGuide, Head) {
  testing::internal::CaptureStdout();
  //! [head]
  const auto head = files.head("/data/a.h5");
  if (const auto size = head.size()) std::cout << *size << " bytes\n";
  files.remove("/data/a.h5");
  //! [head]
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "13 bytes\n");
  EXPECT_EQ(server.requests().back().method, "DELETE");
}

[[maybe_unused]] void trees(const GCSCollectionClient& files) {
  //! [trees]
  const auto result = files.download_tree("/data/", "data");
  std::cout << result.files << " files came, " << result.skipped << " were there\n";
  for (const auto& failure : result.failures)
    std::cerr << failure.path << ": " << failure.message << '\n';
  //! [trees]
}

TEST_F(FilesGuide, ATreeWithAClientForTransfer) {
  const auto result = files.download_tree("/data/", "data", tc);
  EXPECT_EQ(result.files, 2);
  EXPECT_EQ(content_of("data/b.h5"), content);
  EXPECT_EQ(files.download_tree("/data/", "data", tc).skipped, 2);
  EXPECT_THROW(trees(files), GlobusSDKUsageError) << "it has no app";
}

TEST_F(FilesGuide, Limits) {
  //! [limits]
  const auto head = files.with({.deadline = 30s}).head("/data/a.h5");
  //! [limits]
  EXPECT_EQ(head.size(), 13);
}

TEST_F(FilesGuide, Errors) {
  testing::internal::CaptureStderr();
  //! [errors]
  try {
    files.download("/data/a.h5", "/archive/a.h5");
  } catch (const LocalFileError& error) {
    std::cerr << "on this machine: " << error.what() << '\n';
  } catch (const FileTransferError& error) {
    std::cerr << "other bytes came than should: " << error.what() << '\n';
  } catch (const GlobusAPIError& error) {
    std::cerr << "the collection says no: " << error.what() << '\n';
  } catch (const NetworkError& error) {
    std::cerr << "no connection; run it again, it goes on: " << error.what() << '\n';
  }
  //! [errors]
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("on this machine: "));
}

TEST_F(FilesGuide, Async) {
  EXPECT_EQ(globus_sdk_test::run_async(fetch(files)), 13);
  EXPECT_EQ(content_of("a.h5"), content);
}

[[maybe_unused]] void by_url(const UserApp& app) {
  //! [url]
  GCSDownloader downloader{app};
  std::string text = downloader.read_file(
      "https://m-d3a2c3.collection1.tutorials.globus.org/home/share/godata/file1.txt");
  //! [url]
}

}  // namespace
