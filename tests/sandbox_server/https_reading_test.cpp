// SPDX-License-Identifier: Apache-2.0
// Files of a collection are read over HTTPS.
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <sys/time.h>

#include <chrono>

#include "sandbox_server/https_fixture.hpp"

namespace {

using raw_http::Answer;
using raw_http::Pairs;

/// A part of a multipart/byteranges body.
struct Part {
  std::string type;
  std::string range;
  std::string content;

  bool operator==(const Part&) const = default;
};

/// What is before a separator in a text, which loses both.
std::string take(std::string& text, const std::string& separator) {
  const auto end = text.find(separator);
  EXPECT_NE(end, std::string::npos) << "no " << separator;
  if (end == std::string::npos) return std::exchange(text, {});
  std::string taken = text.substr(0, end);
  text.erase(0, end + separator.size());
  return taken;
}

std::vector<Part> parts_of(const Answer& answer) {
  std::string type = answer.header("content-type");
  EXPECT_EQ(take(type, "boundary="), "multipart/byteranges; ");
  std::vector<Part> parts;
  std::string text = "\r\n" + answer.body;
  EXPECT_EQ(take(text, "\r\n--" + type), "");
  while (!text.starts_with("--")) {
    EXPECT_EQ(take(text, "\r\nContent-Type: "), "");
    Part part;
    part.type = take(text, "\r\nContent-Range: ");
    part.range = take(text, "\r\n\r\n");
    part.content = take(text, "\r\n--" + type);
    parts.push_back(std::move(part));
    if (testing::Test::HasFailure()) return parts;
  }
  EXPECT_EQ(text, "--\r\n");
  return parts;
}

std::string header_text(const Pairs& headers) {
  std::string text;
  for (const auto& [name, value] : headers)
    if (name != "date") text += name + ": " + value + '\n';
  return text;
}

class HttpsReading : public HttpsBothWays {};
INSTANTIATE_TEST_SUITE_P(Files, HttpsReading, testing::Bool(), tls_or_plain);

TEST_P(HttpsReading, GetsAWholeFile) {
  const std::string all = bytes(3'000'017);
  write("folder/data.bin", all);
  const Answer answer = get("/folder/data.bin", {{"Accept-Encoding", "gzip, br"}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body.size(), all.size());
  EXPECT_TRUE(answer.body == all);
  EXPECT_EQ(answer.header("content-length"), "3000017");
  EXPECT_EQ(answer.header("content-type"), "application/octet-stream");
  EXPECT_EQ(answer.header("content-encoding"), "");
  EXPECT_EQ(answer.header("accept-ranges"), "bytes");
  EXPECT_EQ(answer.header("content-disposition"), "");
  EXPECT_TRUE(answer.header("etag").starts_with('"')) << "a strong one";
  EXPECT_TRUE(answer.header("last-modified").ends_with(" GMT"));
  EXPECT_EQ(answer.header("content-security-policy"), "sandbox");
  EXPECT_EQ(get("/folder/data.bin").header("etag"), answer.header("etag"));
}

TEST_P(HttpsReading, HeadHasTheHeadersAlone) {
  write("a.txt", bytes(100'000));
  const Answer whole = get("/a.txt");
  const Answer head = ask("HEAD", "/a.txt");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.body, "");
  EXPECT_EQ(header_text(head.headers), header_text(whole.headers));
  const Answer ranged = ask("HEAD", "/a.txt", {{"Range", "bytes=0-9"}});
  EXPECT_EQ(ranged.status, 200) << "ranges are for GET";
  EXPECT_EQ(ranged.header("content-length"), "100000");
  EXPECT_EQ(ask("HEAD", "/nothing").status, 404);
  EXPECT_EQ(get("/a.txt").status, 200) << "on the same connection";
}

TEST_P(HttpsReading, EmptyFilesAreFiles) {
  write("empty", "");
  const Answer answer = get("/empty");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(answer.header("content-length"), "0");
  const Answer refused = get("/empty", {{"Range", "bytes=0-"}});
  expect_error(refused, 416, "range_not_satisfiable");
  EXPECT_EQ(refused.header("content-range"), "bytes */0");
  EXPECT_EQ(get("/empty", {{"Range", "bytes=-5"}}).status, 200);
}

TEST_P(HttpsReading, GetsOneRange) {
  const std::string all = bytes(1'000'000);
  write("a.bin", all);
  struct Case {
    const char* range;
    const char* content_range;
    std::size_t offset;
    std::size_t size;
  };
  for (const auto& [range, content_range, offset, size] :
       {Case{"bytes=0-0", "bytes 0-0/1000000", 0, 1},
        Case{"bytes=500000-", "bytes 500000-999999/1000000", 500'000, 500'000},
        Case{"bytes=-7", "bytes 999993-999999/1000000", 999'993, 7},
        Case{"bytes=12345-234567", "bytes 12345-234567/1000000", 12'345, 222'223},
        Case{"bytes=999999-2000000", "bytes 999999-999999/1000000", 999'999, 1},
        Case{"bytes=0-9,1000000-", "bytes 0-9/1000000", 0, 10}}) {
    const Answer answer = get("/a.bin", {{"Range", range}});
    EXPECT_EQ(answer.status, 206) << range;
    EXPECT_EQ(answer.header("content-range"), content_range);
    EXPECT_EQ(answer.header("content-length"), std::to_string(size));
    EXPECT_EQ(answer.header("content-type"), "application/octet-stream");
    EXPECT_NE(answer.header("etag"), "");
    EXPECT_TRUE(answer.body == all.substr(offset, size)) << range;
  }
}

TEST_P(HttpsReading, GetsSeveralRangesAsTheyWereAskedFor) {
  const std::string all = bytes(500'000);
  write("a.txt", all);
  const Answer answer = get("/a.txt", {{"Range", "bytes=400000-499999, 0-0,-3,100-199,100-199"}});
  EXPECT_EQ(answer.status, 206);
  EXPECT_EQ(answer.header("content-range"), "") << "each part has its own";
  EXPECT_EQ(answer.header("content-length"), std::to_string(answer.body.size()));
  const std::vector<Part> expected{
      {"text/plain", "bytes 400000-499999/500000", all.substr(400'000)},
      {"text/plain", "bytes 0-0/500000", all.substr(0, 1)},
      {"text/plain", "bytes 499997-499999/500000", all.substr(499'997)},
      {"text/plain", "bytes 100-199/500000", all.substr(100, 100)},
      {"text/plain", "bytes 100-199/500000", all.substr(100, 100)}};
  EXPECT_TRUE(parts_of(answer) == expected);
}

TEST_P(HttpsReading, RangesThatAreNotThere) {
  write("a.txt", "0123456789");
  const Answer refused = get("/a.txt", {{"Range", "bytes=10-20"}});
  expect_error(refused, 416, "range_not_satisfiable");
  EXPECT_EQ(refused.header("content-range"), "bytes */10");
  for (const char* malformed : {"bytes=5-4", "bytes=x", "lines=1-2", "bytes"}) {
    const Answer answer = get("/a.txt", {{"Range", malformed}});
    EXPECT_EQ(answer.status, 200) << malformed;
    EXPECT_EQ(answer.body, "0123456789");
  }
}

TEST_P(HttpsReading, ConditionsAreKept) {
  write("a.txt", "0123456789");
  const Answer whole = get("/a.txt");
  const std::string tag = whole.header("etag");
  const std::string modified = whole.header("last-modified");
  const Answer same = get("/a.txt", {{"If-None-Match", tag}});
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.body, "");
  EXPECT_EQ(same.header("etag"), tag);
  EXPECT_EQ(same.header("last-modified"), modified);
  EXPECT_EQ(get("/a.txt", {{"If-Modified-Since", modified}}).status, 304);
  EXPECT_EQ(ask("HEAD", "/a.txt", {{"If-None-Match", tag}}).status, 304);
  EXPECT_EQ(get("/a.txt", {{"If-Match", tag}}).status, 200);
  expect_error(get("/a.txt", {{"If-Match", "\"x\""}}), 412, "precondition_failed");
  EXPECT_EQ(get("/a.txt", {{"If-Unmodified-Since", "Thu, 01 Jan 1970 00:00:00 GMT"}}).status, 412);
  EXPECT_EQ(get("/a.txt", {{"If-Match", tag}, {"Range", "bytes=1-2"}}).status, 206);
  EXPECT_EQ(get("/a.txt", {{"If-None-Match", tag}, {"Range", "bytes=1-2"}}).status, 304);
  EXPECT_EQ(get("/a.txt", {{"If-Range", tag}, {"Range", "bytes=1-2"}}).status, 206);
  EXPECT_EQ(get("/a.txt", {{"If-Range", "\"x\""}, {"Range", "bytes=1-2"}}).status, 200);
  EXPECT_EQ(get("/a.txt", {{"If-Range", "\"x\""}, {"Range", "bytes=10-"}}).status, 200)
      << "a range that does not count is not refused either";
  expect_error(get("/nothing", {{"If-Match", "*"}}), 404, "not_found");
  EXPECT_EQ(get("/a.txt").body, "0123456789") << "on the same connection";
}

TEST_P(HttpsReading, AnotherContentIsAnotherTag) {
  write("a.txt", "0123456789");
  const timeval long_ago[2] = {{1'000'000'000, 0}, {1'000'000'000, 0}};
  ASSERT_EQ(utimes((folder / "a.txt").c_str(), long_ago), 0);
  const Answer first = get("/a.txt");
  EXPECT_EQ(first.header("last-modified"), "Sun, 09 Sep 2001 01:46:40 GMT");
  const Pairs since{{"If-Range", first.header("last-modified")}, {"Range", "bytes=1-2"}};
  EXPECT_EQ(get("/a.txt", since).status, 206) << "the time will do, too";
  write("a.txt", "9876543210");
  const Answer second = get("/a.txt");
  EXPECT_NE(second.header("etag"), first.header("etag"));
  EXPECT_EQ(second.body, "9876543210");
  EXPECT_EQ(get("/a.txt", since).status, 200);
}

TEST_P(HttpsReading, WhatIsNoFile) {
  write("folder/a.txt", "a");
  ASSERT_EQ(mkfifo((folder / "pipe").c_str(), 0600), 0);
  for (const char* path : {"", "/", "/folder", "/folder/", "/pipe"}) {
    expect_error(get(path), 404, "not_a_file");
    EXPECT_EQ(ask("HEAD", path).status, 404) << path;
  }
  for (const char* path :
       {"/nothing", "/folder/nothing", "/nothing/a", "/folder/a.txt/b", "/folder/a.txt/"})
    expect_error(get(path), 404, "not_found");
}

TEST_P(HttpsReading, NamesMayHoldAnything) {
  const std::vector<std::pair<std::string, std::string>> files{
      {"a b.txt", "/a%20b.txt"},
      {"\xC3\xA4\xE2\x82\xAC", "/%C3%A4%E2%82%AC"},
      {"100%.txt", "/100%25.txt"},
      {"%41", "/%2541"},
      {"what?.txt", "/what%3F.txt"},
      {"a#b", "/a%23b"},
      {"a+b&c=d;e", "/a+b&c=d;e"},
      {"back\\slash", "/back%5Cslash"},
      {"line\nend", "/line%0Aend"},
      {"caf\xE9", "/%EF%BF%BDcaf%C3%A9"},  // Latin-1, as Transfer shows it
      {"...", "/..."}};
  for (const auto& [name, path] : files) {
    write(name, "content of " + name);
    EXPECT_EQ(get(path).body, "content of " + name) << path;
  }
}

TEST_P(HttpsReading, ABrowserIsToldToSaveIt) {
  write("a b.csv", "a");
  for (const char* query : {"?download", "?download=1", "?download=true"}) {
    const Answer answer = get(std::string("/a%20b.csv") + query);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("content-disposition"),
              "attachment; filename=\"a b.csv\"; filename*=UTF-8''a%20b.csv");
    EXPECT_EQ(answer.header("content-type"), "text/csv");
  }
  expect_error(get("/a%20b.csv?upload"), 501, "not_implemented");
}

TEST_P(HttpsReading, FilesThatMayNotBeRead) {
  write("secret", "a");
  std::filesystem::permissions(folder / "secret", std::filesystem::perms::none);
  expect_error(get("/secret"), 403, "permission_denied");
}

TEST_P(HttpsReading, IsAsFastAsTheBandwidthAllows) {
  write("a.bin", bytes(300'000));
  sandbox->set_bandwidth_limit(400'000);
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(get("/a.bin").body.size(), 300'000);
  EXPECT_GT(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(250));
}

TEST_P(HttpsReading, FaultsMeetIt) {
  write("a.txt", "0123456789");
  globus_sandbox::Fault fault;
  fault.path = "^/https/.*a\\.txt$";
  fault.status = 503;
  sandbox->add_fault(fault);
  EXPECT_EQ(get("/a.txt").status, 503);
  fault.status = 0;
  fault.truncate_at = 4;
  sandbox->add_fault(fault);
  const Answer cut = get("/a.txt");
  // newer versions of libcurl say so of a TLS connection that ends without a word
  EXPECT_THAT(cut.code, testing::AnyOf(CURLE_PARTIAL_FILE, CURLE_RECV_ERROR));
  EXPECT_EQ(cut.body, "0123");
  EXPECT_EQ(get("/a.txt").body, "0123456789");
}

}  // namespace
