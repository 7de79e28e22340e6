// SPDX-License-Identifier: Apache-2.0
// The rules by which files are served over HTTPS, as functions: ranges, conditions, times, types.
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "sandbox/base/time_text.hpp"
#include "sandbox/https/byte_ranges.hpp"
#include "sandbox/https/conditions.hpp"
#include "sandbox/https/content_type.hpp"
#include "sandbox/https/list_header.hpp"
#include "sandbox/https/validators.hpp"

namespace globus_sandbox::https {

static void PrintTo(const ByteRange& range, std::ostream* out) {
  *out << range.size << " bytes from " << range.offset << " on";
}

static void PrintTo(Verdict verdict, std::ostream* out) {
  *out << (verdict == Verdict::go_on ? "go on" : verdict == Verdict::failed ? "412" : "304");
}

namespace {

using Ranges = std::vector<ByteRange>;

TEST(HttpsRanges, AreReadAsTheyAreWritten) {
  const auto read = [](const char* header) { return read_byte_ranges(header, 1000); };
  const auto is = [](std::uint64_t offset, std::uint64_t size) {
    return std::optional(Ranges{{offset, size}});
  };
  EXPECT_EQ(read("bytes=0-499"), is(0, 500));
  EXPECT_EQ(read("bytes=500-"), is(500, 500));
  EXPECT_EQ(read("bytes=-500"), is(500, 500));
  EXPECT_EQ(read("bytes=-5000"), is(0, 1000)) << "no more than there is";
  EXPECT_EQ(read("bytes=999-999"), is(999, 1));
  EXPECT_EQ(read("bytes=900-2000"), is(900, 100));
  EXPECT_EQ(read("BYTES=0-0"), is(0, 1));
  EXPECT_EQ(read("bytes= 0-0 , ,\t5-9 "), std::optional(Ranges{{0, 1}, {5, 5}}));
  EXPECT_EQ(read("bytes=5-9,0-0,0-0"), std::optional(Ranges{{5, 5}, {0, 1}, {0, 1}})) << "in order";
  EXPECT_EQ(read("bytes=0-0,5000-6000"), is(0, 1)) << "what the file has of them";
  EXPECT_EQ(read("bytes=0-99999999999999999999999999"), is(0, 1000));
}

TEST(HttpsRanges, MayHaveNothingOfTheFile) {
  for (const char* header : {"bytes=1000-", "bytes=1000-2000", "bytes=-0", "bytes=5000-,-0",
                             "bytes=99999999999999999999999999-"})
    EXPECT_EQ(read_byte_ranges(header, 1000), std::optional(Ranges{})) << header;
  EXPECT_EQ(read_byte_ranges("bytes=0-", 0), std::optional(Ranges{}));
  EXPECT_EQ(read_byte_ranges("bytes=-5", 0), std::nullopt) << "all of an empty file";
}

TEST(HttpsRanges, AreIgnoredWhereTheyMakeNoSense) {
  for (const char* header :
       {"", "bytes", "bytes=", "bytes=,", "bytes=-", "bytes=a-b", "bytes=5-4", "bytes=0-5,x",
        "bytes=--5", "bytes=0--5", "bytes=+1-5", "bytes=1 - 5", "bytes=0x1-5", "lines=0-5",
        "bytes 0-5", "bytes =0-5", "bytes=0-5;1-2"})
    EXPECT_EQ(read_byte_ranges(header, 1000), std::nullopt) << header;
  std::string many = "bytes=0-0";
  for (int i = 0; i < 1000; ++i) many += ",0-0";
  EXPECT_EQ(read_byte_ranges(many, 1000), std::nullopt);
}

TEST(HttpsLists, AreSplitAtCommasOutsideQuotes) {
  const auto elements = list_elements(R"( "a,b" ,, W/"c", *)");
  EXPECT_EQ(elements, (std::vector<std::string_view>{R"("a,b")", R"(W/"c")", "*"}));
  HttpRequest request;
  request.headers = {{"if-match", "\"a\""}, {"etag", "x"}, {"if-match", "\"b\""}};
  EXPECT_EQ(list_header(request, "if-match"), "\"a\", \"b\"");
  EXPECT_EQ(list_header(request, "if-none-match"), std::nullopt);
}

TEST(HttpTimes, AreReadInEachForm) {
  const Instant expected{std::chrono::sys_days{std::chrono::year{1994} / 11 / 6} +
                         std::chrono::hours{8} + std::chrono::minutes{49} +
                         std::chrono::seconds{37}};
  for (const char* text : {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
                           "Sun Nov  6 08:49:37 1994"})
    EXPECT_EQ(parse_http_text(text), expected) << text;
  EXPECT_EQ(parse_http_text("Thu, 01-Jan-26 00:00:00 GMT"),
            parse_http_text("Thu, 01 Jan 2026 00:00:00 GMT"));
  EXPECT_EQ(parse_http_text(to_http_text(expected)), expected);
  for (const char* text :
       {"", "now", "Sun,06 Nov 1994 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 +0000", "Sun, 06 Nov 1994 08:49:37 GMT.",
        "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nob 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:49:37 GMT", "Sun Nov  6 08:49:37", "Sun Nov 6 08:49:37 1994",
        "1994-11-06T08:49:37Z"})
    EXPECT_EQ(parse_http_text(text), std::nullopt) << text;
}

class HttpsConditions : public testing::Test {
 protected:
  /// What becomes of a request with these headers.
  Verdict judged(const std::string& method, std::vector<NamedValue> headers) const {
    HttpRequest request;
    request.method = method;
    request.headers = std::move(headers);
    return judge_conditions(request, current);
  }
  bool counts(const std::string& if_range, Instant now) const {
    HttpRequest request;
    request.headers = {{"if-range", if_range}};
    return range_counts(request, *current, now);
  }

  const std::string before = "Sun, 06 Nov 1994 08:49:36 GMT";
  const std::string then = "Sun, 06 Nov 1994 08:49:37 GMT";
  const std::string after = "Sun, 06 Nov 1994 08:49:38 GMT";
  std::optional<Validators> current{{"\"tag\"", *parse_http_text(then)}};
};

TEST_F(HttpsConditions, AreJudgedInTheirOrderOfPrecedence) {
  using enum Verdict;
  struct Case {
    std::vector<NamedValue> headers;
    Verdict get;
    Verdict put;
  };
  const std::vector<Case> cases{
      {{}, go_on, go_on},
      {{{"if-match", "\"tag\""}}, go_on, go_on},
      {{{"if-match", "\"other\", \"tag\""}}, go_on, go_on},
      {{{"if-match", "\"other\""}, {"if-match", "\"tag\""}}, go_on, go_on},
      {{{"if-match", "*"}}, go_on, go_on},
      {{{"if-match", "\"other\""}}, failed, failed},
      {{{"if-match", "W/\"tag\""}}, failed, failed},
      {{{"if-match", "tag"}}, failed, failed},
      {{{"if-match", ""}}, failed, failed},
      {{{"if-unmodified-since", then}}, go_on, go_on},
      {{{"if-unmodified-since", after}}, go_on, go_on},
      {{{"if-unmodified-since", before}}, failed, failed},
      {{{"if-unmodified-since", "once"}}, go_on, go_on},
      {{{"if-match", "\"tag\""}, {"if-unmodified-since", before}}, go_on, go_on},
      {{{"if-none-match", "\"tag\""}}, not_modified, failed},
      {{{"if-none-match", "W/\"tag\""}}, not_modified, failed},
      {{{"if-none-match", "\"other\", W/\"tag\""}}, not_modified, failed},
      {{{"if-none-match", "*"}}, not_modified, failed},
      {{{"if-none-match", "\"other\""}}, go_on, go_on},
      {{{"if-modified-since", then}}, not_modified, go_on},
      {{{"if-modified-since", after}}, not_modified, go_on},
      {{{"if-modified-since", before}}, go_on, go_on},
      {{{"if-modified-since", "once"}}, go_on, go_on},
      {{{"if-none-match", "\"other\""}, {"if-modified-since", then}}, go_on, go_on},
      {{{"if-match", "\"other\""}, {"if-none-match", "\"tag\""}}, failed, failed},
      {{{"if-match", "\"tag\""}, {"if-none-match", "\"tag\""}}, not_modified, failed},
      {{{"if-unmodified-since", then}, {"if-modified-since", then}}, not_modified, go_on},
  };
  for (const auto& [headers, get, put] : cases) {
    std::string shown;
    for (const auto& [name, value] : headers) shown += name + ": " + value + "  ";
    EXPECT_EQ(judged("GET", headers), get) << shown;
    EXPECT_EQ(judged("HEAD", headers), get) << shown;
    EXPECT_EQ(judged("PUT", headers), put) << shown;
    EXPECT_EQ(judged("DELETE", headers), put) << shown;
  }
}

TEST_F(HttpsConditions, OfAFileThatIsNotThere) {
  current.reset();
  EXPECT_EQ(judged("PUT", {}), Verdict::go_on);
  EXPECT_EQ(judged("PUT", {{"if-none-match", "*"}}), Verdict::go_on);
  EXPECT_EQ(judged("PUT", {{"if-none-match", "\"tag\""}}), Verdict::go_on);
  EXPECT_EQ(judged("PUT", {{"if-match", "*"}}), Verdict::failed);
  EXPECT_EQ(judged("PUT", {{"if-match", "\"tag\""}}), Verdict::failed);
  EXPECT_EQ(judged("PUT", {{"if-unmodified-since", before}}), Verdict::go_on);
}

TEST_F(HttpsConditions, IfRangeTakesWhatIsSurelyTheSame) {
  const Instant later = current->modified + std::chrono::seconds(2);
  EXPECT_TRUE(counts("\"tag\"", later));
  EXPECT_FALSE(counts("\"other\"", later));
  EXPECT_FALSE(counts("W/\"tag\"", later));
  EXPECT_TRUE(counts(then, later));
  EXPECT_FALSE(counts(before, later));
  EXPECT_FALSE(counts(after, later)) << "a time is compared exactly";
  EXPECT_FALSE(counts("once", later));
  EXPECT_FALSE(counts(then, current->modified)) << "it may change again in the same second";
  EXPECT_TRUE(range_counts({}, *current, later));
}

TEST(HttpsValidators, TellFilesApart) {
  struct stat status{};
  status.st_dev = 1;
  status.st_ino = 2;
  status.st_size = 3;
  status.st_mtim = {4, 5};
  const Instant now{std::chrono::hours(1)};
  const auto first = validators_of(status, now);
  EXPECT_TRUE(first.entity_tag.starts_with('"') && first.entity_tag.ends_with('"'));
  EXPECT_EQ(first.modified, Instant{std::chrono::seconds(4)});
  EXPECT_EQ(validators_of(status, now).entity_tag, first.entity_tag);
  const auto tag_with = [&](auto change) {
    struct stat changed = status;
    change(changed);
    return validators_of(changed, now).entity_tag;
  };
  EXPECT_NE(tag_with([](struct stat& s) { s.st_dev = 9; }), first.entity_tag);
  EXPECT_NE(tag_with([](struct stat& s) { s.st_ino = 9; }), first.entity_tag);
  EXPECT_NE(tag_with([](struct stat& s) { s.st_size = 9; }), first.entity_tag);
  EXPECT_NE(tag_with([](struct stat& s) { s.st_mtim.tv_sec = 9; }), first.entity_tag);
  EXPECT_NE(tag_with([](struct stat& s) { s.st_mtim.tv_nsec = 9; }), first.entity_tag);
  status.st_mtim.tv_sec = 100000;
  EXPECT_EQ(validators_of(status, now).modified, now) << "no file is of tomorrow";
}

TEST(HttpsTypes, GoByTheEndOfTheName) {
  EXPECT_EQ(content_type("a.txt"), "text/plain");
  EXPECT_EQ(content_type("A.TXT"), "text/plain");
  EXPECT_EQ(content_type("a.tar.gz"), "application/gzip");
  EXPECT_EQ(content_type("a.h5"), "application/x-hdf5");
  for (const char* name : {"txt", "a.", "a", "", ".", "a.nobody-knows"})
    EXPECT_EQ(content_type(name), "application/octet-stream") << name;
}

TEST(HttpsAttachments, NameTheFile) {
  EXPECT_EQ(attachment("a b.txt"), "attachment; filename=\"a b.txt\"; filename*=UTF-8''a%20b.txt");
  EXPECT_EQ(attachment("\xC3\xA4\"\\;\r\n%41.txt"),
            "attachment; filename=\"____;___41.txt\"; "
            "filename*=UTF-8''%C3%A4%22%5C%3B%0D%0A%2541.txt");
  EXPECT_EQ(attachment("\xff"), "attachment; filename=\"_____\"; filename*=UTF-8''%EF%BF%BD%C3%BF");
}

}  // namespace
}  // namespace globus_sandbox::https
