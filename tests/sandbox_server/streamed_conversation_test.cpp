// SPDX-License-Identifier: Apache-2.0
// Bodies from and to files as they go over one connection, byte by byte, and the memory they take.
#include "sandbox_server/file_server_fixture.hpp"
#include "support/sanitized.hpp"

namespace {

using globus_sandbox::Treatment;
using globus_sandbox::testing::bytes_of;
using globus_sandbox::testing::Conversation;
using globus_sandbox::testing::FileServerFixture;
using globus_sandbox::testing::in_chunks;
using globus_sandbox::testing::open_files;
using globus_sandbox::testing::with_length;

class PlainServer : public FileServerFixture {
 protected:
  PlainServer() { start(false); }
};

class StreamedConversation : public PlainServer {
 protected:
  Conversation conversation{server->port()};
};

constexpr const char* expects = "Expect: 100-continue\r\n";

/// The peak of this process' memory in KiB, since it was last forgotten.
long peak_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::stol(line.substr(6));
  return 0;
}
void forget_peak_memory() {
  std::ofstream("/proc/self/clear_refs") << '5';
}

constexpr long much_memory = 48L * 1024;

}  // namespace

TEST_F(StreamedConversation, AConnectionIsKeptWhateverTheBodies) {
  const std::string content = bytes_of(400000);
  make_file("a", content);
  EXPECT_TRUE(conversation.ask("GET", "/files/a").body == content);
  EXPECT_EQ(conversation.ask("GET", "/files/a?ranges=0-9,100000-200000").status, 206);
  EXPECT_EQ(conversation.ask("HEAD", "/files/a").status, 200);
  EXPECT_EQ(conversation.ask("GET", "/files/none").status, 404);
  EXPECT_EQ(conversation.ask("PUT", "/files/b", with_length(content)).status, 201);
  EXPECT_EQ(conversation.ask("PUT", "/files/c", in_chunks(content, 1000)).status, 201);
  EXPECT_EQ(conversation.ask("PUT", "/files/d", with_length("")).status, 201);
  EXPECT_EQ(conversation.ask("PUT", "/files/e").status, 201) << "without any length";
  EXPECT_EQ(conversation.ask("PUT", "/files/refused", with_length("small")).status, 403);
  EXPECT_EQ(conversation.ask("POST", "/files/a", with_length("text")).body, "text");
  EXPECT_TRUE(conversation.ask("GET", "/files/b").body == content);
  EXPECT_TRUE(conversation.ask("GET", "/files/c").body == content);
  EXPECT_EQ(conversation.ask("GET", "/files/d").body, "");
  EXPECT_EQ(conversation.ask("GET", "/files/e").body, "");
}

TEST_F(StreamedConversation, RequestsMayComeAllAtOnce) {
  const std::string content = bytes_of(1000000);
  make_file("a", content);
  const std::string host = " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
  conversation.socket.write("GET /files/a" + host + "\r\nPUT /files/b" + host +
                            with_length(content.substr(0, 5000)) + "HEAD /files/a" + host +
                            "\r\nPUT /files/c" + host + in_chunks("chunked", 3) +
                            "GET /files/a?ranges=0-4" + host + "\r\n");
  EXPECT_TRUE(conversation.read().body == content);
  EXPECT_EQ(conversation.read().body, "5000");
  EXPECT_NE(conversation.read(false).head.find("Content-Length: 1000000\r\n"), std::string::npos);
  EXPECT_EQ(conversation.read().body, "7");
  EXPECT_EQ(conversation.read().body, "ranges:\n0-4\n" + content.substr(0, 5) + "\nend");
  EXPECT_TRUE(content_of("b") == content.substr(0, 5000));
  EXPECT_EQ(content_of("c"), "chunked");
}

TEST_F(StreamedConversation, ChunksMayBeOfAnySizeAndComeInAnyPieces) {
  const std::string content = bytes_of(200000);
  for (const std::size_t size : {1UL, 777UL, 65536UL, 200000UL}) {
    EXPECT_EQ(conversation.ask("PUT", "/files/a", in_chunks(content, size)).body, "200000");
    EXPECT_TRUE(content_of("a") == content) << size;
  }
  const std::string request =
      "PUT /files/a HTTP/1.1\r\nHost: localhost\r\n" + in_chunks("0123456789", 4);
  for (const char c : request) conversation.socket.write({&c, 1});
  EXPECT_EQ(conversation.read().body, "10");
  EXPECT_EQ(content_of("a"), "0123456789");
}

TEST_F(StreamedConversation, MalformedChunksLeaveNothing) {
  const std::string head =
      "PUT /files/a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: "
      "chunked\r\n\r\n5\r\nhello\r\n";
  for (const std::string& next :
       {std::string("nonsense\r\n"), std::string("1;x=") + std::string(600000, 'x')}) {
    Conversation other(server->port());
    other.socket.write(head + next);
    EXPECT_EQ(other.read().status, 400);
    EXPECT_TRUE(comes_true([&] { return names().empty(); }));
  }
}

TEST_F(StreamedConversation, ABodyIsAskedForOnceItIsAgreedTo) {
  EXPECT_EQ(conversation.ask("PUT", "/files/a", std::string(expects) + "Content-Length: 3\r\n\r\n")
                .status,
            100);
  conversation.socket.write("abc");
  EXPECT_EQ(conversation.read().status, 201);
  EXPECT_EQ(content_of("a"), "abc");
  for (const char* path : {"/files/refused", "/files/redirected"}) {
    Conversation other(server->port());
    const auto refused = other.ask("PUT", path, std::string(expects) + "Content-Length: 3\r\n\r\n");
    EXPECT_EQ(refused.status, path == std::string("/files/refused") ? 403 : 302);
    EXPECT_NE(refused.head.find("Connection: close\r\n"), std::string::npos);
  }
  Treatment instead;
  instead.instead = globus_sandbox::HttpResponse{503, {}, {}};
  treat(instead);
  EXPECT_EQ(conversation.ask("PUT", "/files/b", std::string(expects) + "Content-Length: 3\r\n\r\n")
                .status,
            503);
}

TEST_F(StreamedConversation, WhatGoesIntoMemoryIsLimited) {
  const std::string large = std::string(expects) + "Content-Length: 67108865\r\n\r\n";
  EXPECT_EQ(conversation.ask("POST", "/files/a", large).status, 413);
  Conversation other(server->port());
  EXPECT_EQ(other.ask("POST", "/files/a", "Transfer-Encoding: chunked\r\n\r\n4000001\r\n").status,
            413);
  Conversation third(server->port());
  EXPECT_EQ(third.ask("PUT", "/files/a", large).status, 100) << "files are not";
}

TEST_F(StreamedConversation, ABrokenUploadLeavesNothing) {
  EXPECT_EQ(conversation.ask("GET", "/files/none").status, 404);
  const std::size_t before = open_files();
  for (const bool orderly : {true, false}) {
    const int number = service().received;
    Conversation other(server->port());
    other.socket.write(
        "PUT /files/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\n" +
        std::string(300000, 'x'));
    EXPECT_TRUE(comes_true([&] { return service().received > number; }));
    if (orderly)
      other.socket.close();
    else
      other.socket.reset();
    EXPECT_TRUE(comes_true([&] { return names().empty(); })) << orderly;
  }
  EXPECT_TRUE(comes_true([&] { return open_files() <= before; }));
  EXPECT_EQ(conversation.ask("PUT", "/files/a", with_length("whole")).status, 201);
  EXPECT_EQ(names(), std::vector<std::string>{"a"});
}

TEST_F(StreamedConversation, AnUploadTakesLittleMemory) {
  if (globus_sdk_test::is_sanitized) GTEST_SKIP() << "a sanitizer has memory of its own";
  constexpr std::size_t pieces = 200;
  const std::string piece = bytes_of(1000000);
  for (const bool chunked : {false, true}) {
    forget_peak_memory();
    const long before = peak_memory();
    conversation.socket.write(
        std::string("PUT /files/a HTTP/1.1\r\nHost: localhost\r\n") +
        (chunked ? "Transfer-Encoding: chunked\r\n\r\n" : "Content-Length: 200000000\r\n\r\n"));
    for (std::size_t i = 0; i < pieces; ++i) {
      if (chunked) conversation.socket.write("f4240\r\n");
      conversation.socket.write(piece);
      if (chunked) conversation.socket.write("\r\n");
    }
    if (chunked) conversation.socket.write("0\r\n\r\n");
    EXPECT_EQ(conversation.read().body, "200000000");
    EXPECT_LT(peak_memory() - before, much_memory) << chunked;
    EXPECT_EQ(std::filesystem::file_size(folder.path / "a"), pieces * piece.size());
    std::ifstream stored(folder.path / "a", std::ios::binary);
    std::string read(piece.size(), '\0');
    for (std::size_t i = 0; i < pieces; ++i) {
      stored.read(read.data(), static_cast<std::streamsize>(read.size()));
      ASSERT_TRUE(read == piece) << i;
    }
  }
}

TEST_F(StreamedConversation, ADownloadTakesLittleMemory) {
  if (globus_sdk_test::is_sanitized) GTEST_SKIP() << "a sanitizer has memory of its own";
  constexpr std::size_t size = 200UL << 20U;
  make_file("a", "");
  std::filesystem::resize_file(folder.path / "a", size);
  forget_peak_memory();
  const long before = peak_memory();
  conversation.socket.write(
      "GET /files/a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  std::size_t came = 0;
  for (std::string some = conversation.socket.read_some(); !some.empty();
       some = conversation.socket.read_some())
    came += some.size();
  EXPECT_GT(came, size);
  EXPECT_LT(came, size + 1000);
  EXPECT_LT(peak_memory() - before, much_memory);
}

TEST_F(StreamedConversation, ASlowReaderHoldsNobodyUp) {
  make_file("a", std::string(32UL << 20U, 'x'));
  make_file("b", "quick");
  std::vector<Conversation> slow;  // more than the server has threads
  for (int i = 0; i < 40; ++i) {
    slow.emplace_back(server->port());
    slow.back().socket.write("GET /files/a HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }
  EXPECT_EQ(conversation.ask("GET", "/files/b").body, "quick");
  for (auto& one : slow) EXPECT_NE(one.socket.read_some(), "");
  EXPECT_EQ(conversation.ask("GET", "/files/b").body, "quick");
}
