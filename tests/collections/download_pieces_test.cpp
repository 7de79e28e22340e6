// SPDX-License-Identifier: Apache-2.0
// The pure parts of downloads.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "collections/answered_part.hpp"
#include "collections/byte_ranges.hpp"
#include "collections/content_length.hpp"
#include "collections/download_parts.hpp"
#include "collections/file_digest.hpp"
#include "collections/part_state.hpp"
#include "collections/served_file.hpp"
#include "globus_sdk/collections/checksum.hpp"
#include "globus_sdk/collections/errors.hpp"
#include "globus_sdk/collections/file_head.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;
using namespace globus_sdk::detail;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(ByteRangesOfAFile, AreWhatWasAdded) {
  std::minstd_rand random(1);
  constexpr std::int64_t size = 200;
  for (int round = 0; round < 200; ++round) {
    ByteRanges ranges;
    std::set<std::int64_t> bytes;
    for (int step = 0; step < 20; ++step) {
      const auto offset = static_cast<std::int64_t>(random() % size);
      const auto count = static_cast<std::int64_t>(random() % 30);
      if (random() % 8 == 0) {
        ranges.remove(offset);
        bytes.erase(offset);
        continue;
      }
      ranges.add({offset, std::min(count, size - offset)});
      for (std::int64_t byte = offset; byte < std::min(offset + count, size); ++byte) {
        bytes.insert(byte);
      }
    }
    std::set<std::int64_t> found;
    std::int64_t end_before = -1;
    for (const FilePart& part : ranges.parts()) {
      EXPECT_GT(part.offset, end_before);  // parts that touch are one
      end_before = part.end();
      for (std::int64_t byte = part.offset; byte < part.end(); ++byte) found.insert(byte);
    }
    ASSERT_EQ(found, bytes);
    EXPECT_EQ(ranges.count(), std::ssize(bytes));
    for (const FilePart& part : ranges.missing(size)) {
      for (std::int64_t byte = part.offset; byte < part.end(); ++byte) found.insert(byte);
    }
    EXPECT_EQ(std::ssize(found), size);
  }
}

TEST(ByteCounts, AreDigitsAlone) {
  EXPECT_EQ(read_byte_count("0"), 0);
  EXPECT_EQ(read_byte_count("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
  for (const std::string text : {"", "-1", "+1", " 1", "1 ", "1,1", "0x1", "9223372036854775808"}) {
    EXPECT_EQ(read_byte_count(text), std::nullopt) << text;
  }
  EXPECT_EQ(read_unsatisfied_range("bytes */100"), 100);
  EXPECT_EQ(read_unsatisfied_range("Bytes */0"), 0);
  for (const std::string text : {"", "bytes", "bytes */", "bytes */*", "bytes 0-1/2"}) {
    EXPECT_EQ(read_unsatisfied_range(text), std::nullopt) << text;
  }
}

PartState some_state() {
  PartState state{
      {"id", "/data/a \"b\"", "digest"}, {"\"1\"", "a time", true, 1000}, {}, true, "b"};
  state.done.add({0, 100});
  state.done.add({500, 500});
  return state;
}

TEST(PartStates, AreReadAsTheyWereWritten) {
  const PartState state = some_state();
  const auto read = read_part_state(write_part_state(state));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->of, state.of);
  EXPECT_EQ(read->file.etag, "\"1\"");
  EXPECT_EQ(read->file.last_modified, "a time");
  EXPECT_TRUE(read->file.is_date_strong);
  EXPECT_EQ(read->file.size, 1000);
  EXPECT_THAT(read->done.parts(), ElementsAre(FilePart{0, 100}, FilePart{500, 500}));
  EXPECT_TRUE(read->is_synced);
  EXPECT_EQ(read->boot_id, "b");
}

TEST(PartStates, AreRefusedInAnyOtherForm) {
  const std::string good = write_part_state(some_state());
  const auto with = [&](const std::string& old_text, const std::string& new_text) {
    std::string text = good;
    const std::size_t at = text.find(old_text);
    EXPECT_NE(at, std::string::npos) << old_text;
    return text.replace(at, old_text.size(), new_text);
  };
  for (const std::string& text :
       {std::string(), std::string("null"), std::string("[]"), good.substr(0, good.size() / 2),
        with("\"format\":1", "\"format\":2"), with("\"size\":1000", "\"size\":-1"),
        with("\"size\":1000", "\"size\":\"1000\""), with("[500,1000]", "[500,1001]"),
        with("[500,1000]", "[500]"), with("[500,1000]", "[1000,500]"), with("[500,1000]", "7")}) {
    EXPECT_FALSE(read_part_state(text)) << text;
  }
}

TEST(PartStates, AreOfUseForTheSameFileWhileTheirBytesAreThereForSure) {
  PartState state = some_state();
  EXPECT_TRUE(is_usable(state, state.of, "another boot"));
  EXPECT_FALSE(is_usable(state, {"id", "/other", "digest"}, "b"));
  EXPECT_FALSE(is_usable(state, {"other", "/data/a \"b\"", "digest"}, "b"));
  EXPECT_FALSE(is_usable(state, {"id", "/data/a \"b\"", "other"}, "b"));
  state.is_synced = false;
  EXPECT_TRUE(is_usable(state, state.of, "b"));
  EXPECT_FALSE(is_usable(state, state.of, "another boot"));
  state.boot_id.clear();
  EXPECT_FALSE(is_usable(state, state.of, ""));
  state.is_synced = true;
  state.file = {"W/\"1\"", "a time", false, 1000};
  EXPECT_FALSE(is_usable(state, state.of, "b"));
}

Answer head_with(std::initializer_list<std::pair<Text, Text>> headers) {
  Answer head;
  head.status = 200;
  head.headers = Headers(headers);
  return head;
}

TEST(ServedFiles, AreAskedForByWhatIsStrong) {
  constexpr const char* time = "Tue, 06 Jan 2026 10:20:30 GMT";
  const ServedFile by_tag =
      served_file(head_with({{"ETag", "\"1\""}, {"Last-Modified", time}}), 10);
  EXPECT_EQ(if_range(by_tag), "\"1\"");
  EXPECT_TRUE(can_be_told_again(by_tag));

  const ServedFile by_time = served_file(
      head_with({{"Last-Modified", time}, {"Date", "Tue, 06 Jan 2026 10:20:31 GMT"}}), 10);
  EXPECT_EQ(if_range(by_time), time);
  EXPECT_TRUE(can_be_told_again(by_time));

  // it may have changed once more within that second
  const ServedFile fresh = served_file(head_with({{"Last-Modified", time}, {"Date", time}}), 10);
  EXPECT_EQ(if_range(fresh), std::nullopt);
  EXPECT_FALSE(can_be_told_again(fresh));

  const ServedFile weak = served_file(head_with({{"ETag", "W/\"1\""},
                                                 {"Last-Modified", time},
                                                 {"Date", "Tue, 06 Jan 2026 10:20:31 GMT"}}),
                                      10);
  EXPECT_EQ(if_range(weak), std::nullopt);
  EXPECT_TRUE(can_be_told_again(weak));
  EXPECT_FALSE(can_be_told_again(served_file(head_with({}), 10)));
}

TEST(ServedFiles, AreTheSameWhereNothingSaysOtherwiseAndSomethingSaysSo) {
  const ServedFile tagged{"\"1\"", "a", true, 10};
  EXPECT_TRUE(is_same(tagged, {"\"1\"", "b", true, 10}, false));
  EXPECT_TRUE(is_same(tagged, {"\"1\"", std::nullopt, false, std::nullopt}, false));
  EXPECT_FALSE(is_same(tagged, {"\"2\"", "a", true, 10}, false));
  EXPECT_FALSE(is_same(tagged, {"\"2\"", "a", true, 10}, true));
  EXPECT_FALSE(is_same(tagged, {"\"1\"", "a", true, 11}, false));
  EXPECT_FALSE(is_same(tagged, {std::nullopt, "a", true, 10}, false));
  EXPECT_TRUE(is_same(tagged, {std::nullopt, std::nullopt, false, 10}, true));
  const ServedFile timed{std::nullopt, "a", true, 10};
  EXPECT_TRUE(is_same(timed, {std::nullopt, "a", true, 10}, false));
  EXPECT_FALSE(is_same(timed, {std::nullopt, "b", true, 10}, false));
  EXPECT_FALSE(is_same(timed, {std::nullopt, std::nullopt, false, 10}, false));
  EXPECT_FALSE(is_same({}, {}, false));
}

TEST(ServedFiles, SendPartsWhereTheySaySo) {
  EXPECT_TRUE(says_that_it_sends_parts(Headers{{"Accept-Ranges", "bytes"}}));
  EXPECT_TRUE(says_that_it_sends_parts(Headers{{"accept-ranges", "lines, Bytes"}}));
  EXPECT_FALSE(says_that_it_sends_parts(Headers{{"Accept-Ranges", "none"}}));
  EXPECT_FALSE(says_that_it_sends_parts(Headers{}));
}

TEST(FileHeads, SayTheSizeOfTheWholeFile) {
  Answer head = head_with({{"Content-Length", "10"}});
  EXPECT_EQ(FileHead(GlobusHTTPResponse(head)).size(), 10);
  EXPECT_FALSE(FileHead(GlobusHTTPResponse(head)).accepts_ranges());
  head.status = 206;
  EXPECT_EQ(FileHead(GlobusHTTPResponse(head)).size(), std::nullopt);
  head.headers.set("Content-Range", "bytes 0-9/1000");
  const FileHead part{GlobusHTTPResponse(head)};
  EXPECT_EQ(part.size(), 1000);
  EXPECT_TRUE(part.accepts_ranges());
  EXPECT_EQ(part.etag(), std::nullopt);
  EXPECT_EQ(part.last_modified(), std::nullopt);
}

TEST(Checksums, AreCheckedWhenTheyAreMade) {
  const Checksum checksum("SHA-1", "A9993E364706816ABA3E25717850C26C9CD0D89D");
  EXPECT_EQ(checksum.algorithm(), "sha1");
  EXPECT_EQ(checksum.hexadecimal(), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_THROW(Checksum("crc32", "00000000"), GlobusSDKUsageError);
  EXPECT_THROW(Checksum("", ""), GlobusSDKUsageError);
  EXPECT_THROW(Checksum("md5", ""), GlobusSDKUsageError);
  EXPECT_THROW(Checksum("md5", std::string(31, '0')), GlobusSDKUsageError);
  EXPECT_THROW(Checksum("md5", std::string(32, 'g')), GlobusSDKUsageError);
}

TEST(AnnouncedDigests, AreThoseOfTheWholeFile) {
  Answer head = head_with({{"Digest", "MD5=abc==, sha=def=,adler32=1"},
                           {"Repr-Digest", "sha-512=:xyz=:"},
                           {"Content-MD5", " 123 "},
                           {"Content-Digest", "nonsense"}});
  const auto texts = [](const std::vector<ExpectedDigest>& digests) {
    std::vector<std::string> list;
    for (const auto& digest : digests) list.push_back(digest.algorithm + " " + digest.text);
    return list;
  };
  EXPECT_THAT(texts(announced_digests(head)),
              ElementsAre("sha512 xyz=", "md5 abc==", "sha1 def=", "md5 123"));
  head.status = 206;
  EXPECT_THAT(texts(announced_digests(head)), ElementsAre("sha512 xyz="));
}

TEST(Pieces, AreTakenOnceAndCoverAll) {
  EXPECT_THAT(cut({}, 10), IsEmpty());
  EXPECT_THAT(cut({{7, 5}}, 10), ElementsAre(FilePart{7, 5}));
  EXPECT_THAT(cut({{0, 11}, {30, 10}}, 10),
              ElementsAre(FilePart{0, 10}, FilePart{10, 1}, FilePart{30, 10}));
  PieceQueue queue({{0, 1}, {1, 1}});
  EXPECT_EQ(queue.take(), (FilePart{0, 1}));
  EXPECT_EQ(queue.take(), (FilePart{1, 1}));
  EXPECT_EQ(queue.take(), std::nullopt);
}

TEST(LocalFileErrors, SayWhatToDo) {
  const LocalFileError error("write", "/x/a.h5", ENOSPC);
  EXPECT_STREQ(error.what(),
               "cannot write /x/a.h5: No space left on device; free some space, or choose a place "
               "on another disk");
  EXPECT_EQ(error.path(), "/x/a.h5");
  EXPECT_EQ(error.error_number(), ENOSPC);
  const FileTransferError& base = error;
  EXPECT_THAT(base.what(), HasSubstr("No space left"));
}

}  // namespace
}  // namespace globus_sdk_test
