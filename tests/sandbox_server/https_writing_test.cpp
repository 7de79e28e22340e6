// SPDX-License-Identifier: Apache-2.0
// Files of a collection are written and removed over HTTPS: as a whole, or not at all.
#include <sys/stat.h>

#include <filesystem>
#include <thread>

#include "sandbox_server/https_fixture.hpp"
#include "support/loopback_socket.hpp"
#include "support/small_file_system.hpp"

namespace {

namespace fs = std::filesystem;
using globus_sdk_test::LoopbackSocket;
using raw_http::Answer;
using Names = std::vector<std::string>;

mode_t mode_of(const fs::path& path) {
  struct stat status{};
  EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 07777U;
}

class HttpsWriting : public HttpsBothWays {};
INSTANTIATE_TEST_SUITE_P(Files, HttpsWriting, testing::Bool(), tls_or_plain);

TEST_P(HttpsWriting, PutsANewFile) {
  const std::string all = bytes(3'000'017);
  const Answer answer = put("/a%20b.bin", all);
  EXPECT_EQ(answer.status, 201) << answer.body;
  EXPECT_EQ(answer.body, "");
  EXPECT_TRUE(content("a b.bin") == all);
  EXPECT_EQ(names(), (Names{"a b.bin"})) << "nothing else";
  EXPECT_EQ(ask("HEAD", "/a%20b.bin").header("etag"), answer.header("etag"));
  EXPECT_EQ(put("/empty", "").status, 201);
  EXPECT_TRUE(fs::is_regular_file(folder / "empty"));
}

TEST_P(HttpsWriting, PutsInPlaceOfAFile) {
  write("a.txt", "old");
  fs::permissions(folder / "a.txt", fs::perms{0640});
  const std::string before = get("/a.txt").header("etag");
  const Answer answer = put("/a.txt", "new");
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_NE(answer.header("etag"), before);
  EXPECT_EQ(content("a.txt"), "new");
  EXPECT_EQ(mode_of(folder / "a.txt"), 0640U) << "the permissions stay";
  EXPECT_EQ(names(), (Names{"a.txt"}));
}

TEST_P(HttpsWriting, ConditionsAreKept) {
  const auto refused = [&](const std::string& path, const raw_http::Pairs& headers) {
    expect_error(put(path, "refused", headers), 412, "precondition_failed");
  };
  refused("/a.txt", {{"If-Match", "*"}});
  EXPECT_EQ(names(), Names{});
  EXPECT_EQ(put("/a.txt", "1", {{"If-None-Match", "*"}}).status, 201);
  refused("/a.txt", {{"If-None-Match", "*"}});
  const std::string tag = ask("HEAD", "/a.txt").header("etag");
  refused("/a.txt", {{"If-Match", "\"x\""}});
  refused("/a.txt", {{"If-None-Match", tag}});
  refused("/a.txt", {{"If-Unmodified-Since", "Thu, 01 Jan 1970 00:00:00 GMT"}});
  EXPECT_EQ(content("a.txt"), "1");
  EXPECT_EQ(put("/a.txt", "2", {{"If-Match", tag}}).status, 200);
  refused("/a.txt", {{"If-Match", tag}});
  EXPECT_EQ(content("a.txt"), "2");
  expect_error(ask("DELETE", "/a.txt", {{"If-Match", tag}}), 412, "precondition_failed");
  EXPECT_EQ(ask("DELETE", "/a.txt", {{"If-Match", "*"}}).status, 204);
  EXPECT_EQ(names(), Names{});
}

TEST_P(HttpsWriting, MakesNoFolders) {
  expect_error(put("/nowhere/a.txt", "a"), 404, "not_found");
  write("a.txt", "a");
  expect_error(put("/a.txt/b.txt", "b"), 404, "not_found");
  fs::create_directory(folder / "there");
  for (const char* path : {"", "/", "/there", "/there/", "/new/"})
    expect_error(put(path, "a"), 409, "not_a_file");
  EXPECT_EQ(put("/there/a.txt", "a").status, 201);
  EXPECT_EQ(names(), (Names{"a.txt", "there"}));
}

TEST_P(HttpsWriting, TakesWholeFilesOnly) {
  expect_error(put("/a.txt", "a", {{"Content-Range", "bytes 0-0/5"}}), 400, "bad_request");
  expect_error(put("/a.txt", "a", {{"Content-Encoding", "gzip"}}), 415, "unsupported_media_type");
  EXPECT_EQ(names(), Names{});
}

TEST_P(HttpsWriting, WhatMayNotBeWrittenTo) {
  write("read-only.txt", "old");
  fs::permissions(folder / "read-only.txt", fs::perms{0444});
  expect_error(put("/read-only.txt", "new"), 403, "permission_denied");
  fs::create_directory(folder / "closed");
  fs::permissions(folder / "closed", fs::perms{0555});
  expect_error(put("/closed/a.txt", "a"), 403, "permission_denied");
  expect_error(ask("DELETE", "/closed/a.txt"), 403, "permission_denied");
  fs::permissions(folder / "closed", fs::perms{0755});
  EXPECT_EQ(content("read-only.txt"), "old");
}

TEST_P(HttpsWriting, AFullDiskLeavesTheOldFile) {
  const globus_sdk_test::SmallFileSystem disk(folder / "disk");
  if (!disk) GTEST_SKIP() << "only root may mount a file system";
  write("disk/a.bin", "old");
  expect_error(put("/disk/a.bin", bytes(1'000'000)), 507, "insufficient_storage");
  EXPECT_EQ(content("disk/a.bin"), "old");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder / "disk"), {}), 1) << "nothing is left";
  EXPECT_EQ(put("/disk/a.bin", "new").status, 200);
}

TEST_P(HttpsWriting, Removes) {
  write("folder/a.txt", "a");
  EXPECT_EQ(ask("DELETE", "/folder/a.txt").status, 204);
  expect_error(ask("DELETE", "/folder/a.txt"), 404, "not_found");
  for (const char* path : {"", "/", "/folder", "/folder/"})
    expect_error(ask("DELETE", path), 409, "not_a_file");
  EXPECT_EQ(names(), (Names{"folder"}));
  EXPECT_EQ(get("/folder/a.txt").status, 404);
}

TEST_P(HttpsWriting, OtherMethods) {
  write("a.txt", "a");
  for (const char* method : {"POST", "PATCH"}) {
    const Answer answer = ask(method, "/a.txt", {}, "b");
    expect_error(answer, 405, "method_not_allowed");
    EXPECT_EQ(answer.header("allow"), "GET, HEAD, PUT, DELETE");
  }
  expect_error(ask("OPTIONS", "/a.txt"), 501, "not_implemented");
  EXPECT_EQ(content("a.txt"), "a");
}

/// What no HTTP client sends, over a bare connection.
class HttpsConnection : public HttpsFixture {
 protected:
  std::string head(const std::string& method, const std::string& target,
                   const std::string& more = {}) const {
    return method + ' ' + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " +
           token + "\r\n" + more + "\r\n";
  }
  std::string path_of(const std::string& path) const { return "/https/" + source + path; }
  /// The whole answer to a request whose connection then closes.
  std::string asked(const std::string& method, const std::string& target) const {
    const LoopbackSocket socket(sandbox->port());
    socket.write(head(method, target, "Connection: close\r\nContent-Length: 0\r\n"));
    return socket.read_all();
  }
  /// Waits until there are that many names in the collection's root.
  void wait_for_names(std::size_t count) const {
    for (int i = 0; i < 2000 && names().size() != count; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    EXPECT_EQ(names().size(), count);
  }
};

TEST_F(HttpsConnection, ABrokenUploadLeavesTheOldFile) {
  write("a.txt", "old");
  {
    const LoopbackSocket socket(sandbox->port());
    socket.write(head("PUT", path_of("/a.txt"), "Content-Length: 1000000\r\n") + bytes(500'000));
    wait_for_names(2);
    EXPECT_EQ(get("/a.txt").body, "old") << "while the new one comes";
  }
  wait_for_names(1);
  EXPECT_EQ(content("a.txt"), "old");
}

TEST_F(HttpsConnection, ConditionsHoldAtTheEndOfAnUpload) {
  const LoopbackSocket socket(sandbox->port());
  socket.write(head("PUT", path_of("/a.txt"),
                    "Connection: close\r\nIf-None-Match: *\r\nContent-Length: 3\r\n") +
               "ne");
  wait_for_names(1);
  write("a.txt", "first");
  socket.write("w");
  EXPECT_TRUE(socket.read_all().starts_with("HTTP/1.1 412 "));
  EXPECT_EQ(content("a.txt"), "first");
  wait_for_names(1);
}

TEST_F(HttpsConnection, ARefusedUploadIsNotRead) {
  const LoopbackSocket socket(sandbox->port());
  socket.write(head("PUT", path_of("/nowhere/a.txt"),
                    "Content-Length: 1000000000\r\nExpect: 100-continue\r\n"));
  EXPECT_TRUE(socket.read_some().starts_with("HTTP/1.1 404 "));
  EXPECT_EQ(names(), Names{});
}

TEST_F(HttpsConnection, NothingOutsideOfTheFolderIsReached) {
  const fs::path outside = folder.parent_path() / "outside.txt";
  std::ofstream(outside) << "outside";
  fs::create_directory(folder / "folder");
  fs::create_symlink(outside, folder / "absolute");
  fs::create_symlink("../outside.txt", folder / "relative");
  fs::create_directory_symlink("..", folder / "up");
  const std::vector<std::pair<std::string, std::string>> targets{
      {"/../outside.txt", "400"},
      {"/%2e%2e/outside.txt", "400"},
      {"/.%2E/outside.txt", "400"},
      {"/folder/../../outside.txt", "400"},
      {"/folder/%2e%2e/%2e%2e/outside.txt", "400"},
      {"/..%2foutside.txt", "400"},
      {"/folder%2Fa.txt", "400"},
      {"/%2foutside.txt", "400"},
      {"/a%00.txt", "400"},
      {"/%00", "400"},
      {"/%FF", "400"},
      {"/absolute", "403"},
      {"/relative", "403"},
      {"/up/outside.txt", "403"}};
  for (const auto& [target, status] : targets) {
    for (const char* method : {"GET", "HEAD", "PUT", "DELETE"}) {
      const std::string answer = asked(method, path_of(target));
      EXPECT_TRUE(answer.starts_with("HTTP/1.1 " + status + ' '))
          << method << ' ' << target << ": " << answer;
      EXPECT_EQ(answer.find("outside\n"), std::string::npos);
    }
  }
  std::ostringstream text;
  text << std::ifstream(outside).rdbuf();
  EXPECT_EQ(text.str(), "outside");
  EXPECT_EQ(names(), (Names{"absolute", "folder", "relative", "up"}));
}

TEST_F(HttpsConnection, WaysThatStayInsideAreFollowed) {
  write("folder/a.txt", "inside");
  fs::create_symlink("folder/a.txt", folder / "link");
  for (const char* path :
       {"/folder/../folder/./a.txt", "//folder//a.txt", "/~/folder/a.txt", "/link"})
    EXPECT_TRUE(asked("GET", path_of(path)).ends_with("\r\n\r\ninside")) << path;
  EXPECT_EQ(put("/link", "new").status, 200);
  EXPECT_EQ(content("link"), "new");
  EXPECT_EQ(content("folder/a.txt"), "inside") << "the link is replaced, not what it leads to";
  EXPECT_EQ(put("/new", "new").status, 201);
  EXPECT_EQ(mode_of(folder / "link"), mode_of(folder / "new")) << "the link had no permissions";
}

}  // namespace
