// SPDX-License-Identifier: Apache-2.0
// Bodies that go from and to files, plain and under TLS, whatever becomes of them on the way.
#include <chrono>
#include <functional>

#include "sandbox_server/file_server_fixture.hpp"

namespace {

using globus_sandbox::Interruption;
using globus_sandbox::Treatment;
using globus_sandbox::testing::bytes_of;
using globus_sandbox::testing::FileServerFixture;
using globus_sandbox::testing::open_files;
using raw_http::Answer;
using Clock = std::chrono::steady_clock;

class StreamedBodies : public FileServerFixture, public ::testing::WithParamInterface<bool> {
 protected:
  void SetUp() override { start(GetParam()); }

  double seconds_of(const std::function<void()>& action) {
    const auto begin = Clock::now();
    action();
    return std::chrono::duration<double>(Clock::now() - begin).count();
  }
};

INSTANTIATE_TEST_SUITE_P(Server, StreamedBodies, ::testing::Bool(), [](const auto& tls) {
  return tls.param ? std::string("Tls") : std::string("Plain");
});

}  // namespace

TEST_P(StreamedBodies, AFileComesWhole) {
  for (const std::size_t size : {0UL, 1UL, 4096UL, 65535UL, 65536UL, 262144UL, 5000001UL}) {
    const std::string content = bytes_of(size);
    make_file("a", content);
    const Answer answer = get("a");
    EXPECT_EQ(answer.code, CURLE_OK) << size;
    EXPECT_EQ(answer.status, 200) << size;
    EXPECT_EQ(answer.header("content-length"), std::to_string(size));
    EXPECT_TRUE(answer.body == content) << size;
  }
}

TEST_P(StreamedBodies, PartsComeInTheirOrder) {
  const std::string content = bytes_of(3000000);
  make_file("a", content);
  const Answer answer = get("a?ranges=5-9,1000000-2999999,0-0,100000-400000,7-8");
  EXPECT_EQ(answer.code, CURLE_OK);
  EXPECT_EQ(answer.status, 206);
  const auto part = [&](std::size_t first, std::size_t last) {
    return '\n' + std::to_string(first) + '-' + std::to_string(last) + '\n' +
           content.substr(first, last - first + 1);
  };
  EXPECT_TRUE(answer.body == "ranges:" + part(5, 9) + part(1000000, 2999999) + part(0, 0) +
                                 part(100000, 400000) + part(7, 8) + "\nend");
}

TEST_P(StreamedBodies, ManySmallPartsCome) {
  const std::string content = bytes_of(70000);
  make_file("a", content);
  std::string query;
  std::string expected = "ranges:";
  for (std::size_t i = 0; i < 3000; ++i) {
    const std::string range = std::to_string(i * 20) + '-' + std::to_string(i * 20 + 299);
    query += (i == 0 ? "" : ",") + range;
    expected += '\n' + range + '\n' + content.substr(i * 20, 300);
  }
  EXPECT_TRUE(get("a?ranges=" + query).body == expected + "\nend");
}

TEST_P(StreamedBodies, HeadTellsTheSizeOfAll) {
  make_file("a", bytes_of(300000));
  const Answer whole = send("HEAD", "a");
  EXPECT_EQ(whole.status, 200);
  EXPECT_EQ(whole.header("content-length"), "300000");
  EXPECT_EQ(whole.body, "");
  const Answer parts = send("HEAD", "a?ranges=0-9,100-199");
  EXPECT_EQ(parts.header("content-length"),
            std::to_string(get("a?ranges=0-9,100-199").body.size()));
  EXPECT_EQ(parts.body, "");
}

TEST_P(StreamedBodies, ACutEndsThemThere) {
  const std::string content = bytes_of(3000000);
  make_file("a", content);
  for (const std::size_t at : {0UL, 1UL, 100000UL, 2999999UL}) {
    interrupt(Interruption::Kind::cut, at);
    const Answer cut = get("a");
    EXPECT_NE(cut.code, CURLE_OK) << at;
    EXPECT_EQ(cut.status, 200) << at;
    EXPECT_TRUE(cut.body == content.substr(0, at)) << at << ' ' << cut.body.size();
  }
  const std::string parts = get("a?ranges=5-9,1000000-2999999,0-0").body;
  for (const std::size_t at : {3UL, 9UL, 14UL, 1500000UL, parts.size() - 2}) {
    interrupt(Interruption::Kind::cut, at);
    EXPECT_TRUE(get("a?ranges=5-9,1000000-2999999,0-0").body == parts.substr(0, at)) << at;
  }
  EXPECT_TRUE(get("a").body == content);
}

TEST_P(StreamedBodies, AResetComesAfterWhatWasSent) {
  const std::string content = bytes_of(3000000);
  make_file("a", content);
  for (const std::size_t at : {0UL, 1UL, 1000000UL}) {
    interrupt(Interruption::Kind::reset, at);
    const Answer answer = get("a");
    EXPECT_EQ(answer.code, CURLE_RECV_ERROR) << at;
    EXPECT_TRUE(answer.body == content.substr(0, at)) << at << ' ' << answer.body.size();
  }
  EXPECT_TRUE(get("a").body == content);
}

TEST_P(StreamedBodies, AStallGoesOn) {
  const std::string content = bytes_of(200000);
  make_file("a", content);
  for (const std::size_t at : {0UL, 100000UL}) {
    interrupt(Interruption::Kind::stall, at, 0.3);
    Answer answer;
    EXPECT_GE(seconds_of([&] { answer = get("a"); }), 0.29);
    EXPECT_EQ(answer.code, CURLE_OK);
    EXPECT_TRUE(answer.body == content);
  }
}

TEST_P(StreamedBodies, ARateIsKept) {
  const std::string content = bytes_of(200000);
  make_file("a", content);
  Answer answer;
  EXPECT_GE(seconds_of([&] { answer = get("a?rate=400000"); }), 0.4);
  EXPECT_TRUE(answer.body == content);
  Treatment slow;
  slow.bytes_per_second = 400000;
  treat(slow);
  EXPECT_GE(seconds_of([&] { answer = get("a"); }), 0.4);
  EXPECT_TRUE(answer.body == content);
  treat(slow);
  EXPECT_GE(seconds_of([&] { answer = send("POST", "a", content); }), 0.4) << "texts have it, too";
  EXPECT_TRUE(answer.body == content);
}

TEST_P(StreamedBodies, AFileThatBecameShorterEndsTheConnection) {
  const std::string content = bytes_of(300000);
  make_file("a", content);
  for (const char* size : {"300001", "400000", "90000000000"}) {
    const Answer answer = get(std::string("a?size=") + size);
    EXPECT_NE(answer.code, CURLE_OK) << size;
    EXPECT_NE(answer.code, CURLE_OPERATION_TIMEDOUT) << size;
    EXPECT_EQ(answer.header("content-length"), size);
    EXPECT_TRUE(content.starts_with(answer.body)) << size << ": nothing is made up";
  }
  EXPECT_TRUE(get("a").body == content);
}

TEST_P(StreamedBodies, ABodyIsStoredWhole) {
  for (const std::size_t size : {0UL, 1UL, 70000UL, 5000001UL}) {
    const std::string content = bytes_of(size);
    const Answer answer = send("PUT", "a", content);
    EXPECT_EQ(answer.status, 201) << size << answer.body;
    EXPECT_EQ(answer.body, std::to_string(size));
    EXPECT_TRUE(content_of("a") == content) << size;
    EXPECT_EQ(names(), std::vector<std::string>{"a"});
  }
  const std::string text = bytes_of(3000000);
  EXPECT_TRUE(send("POST", "a", text).body == text) << "in memory, since nothing else is said";
}

TEST_P(StreamedBodies, ARefusalNeedsNoBody) {
  for (const std::size_t size : {0UL, 1000UL, 8000000UL}) {
    const Answer refused = send("PUT", "refused", bytes_of(size));
    EXPECT_EQ(refused.status, 403) << size;
    EXPECT_EQ(refused.text("code"), "PermissionDenied");
    EXPECT_EQ(refused.text("resource"), "/refused");
    EXPECT_EQ(send("PUT", "redirected", bytes_of(size)).header("location"), "/elsewhere");
  }
  EXPECT_EQ(service().received.load(), 0);
  EXPECT_EQ(statuses, (std::vector<int>{403, 302, 403, 302, 403, 302}));
}

TEST_P(StreamedBodies, FaultsOfUploadsLetNothingTakeEffect) {
  const std::string content = bytes_of(2000000);
  Treatment cut;
  for (const std::int64_t at : {0, 1, 1000000, 1999999, 2000000, 3000000}) {
    cut.cut_body_at = at;
    treat(cut);
    EXPECT_NE(send("PUT", "a", content).code, CURLE_OK) << at;
    treat(cut);
    EXPECT_NE(send("POST", "a", content).code, CURLE_OK) << at;
  }
  cut.cut_body_at = 5;
  treat(cut);
  EXPECT_NE(send("PUT", "a", "").code, CURLE_OK) << "at its end, which is the beginning";
  Treatment drop;
  drop.drop_before = true;
  treat(drop);
  EXPECT_NE(send("PUT", "a", content).code, CURLE_OK);
  Treatment instead;
  instead.instead = globus_sandbox::HttpResponse{503, {{"Retry-After", "1"}}, "busy"};
  for (const std::size_t size : {0UL, 1000UL, 2000000UL}) {
    treat(instead);
    const Answer answer = send("PUT", "a", content.substr(0, size));
    EXPECT_EQ(answer.status, 503) << size;
    EXPECT_EQ(answer.body, "busy");
  }
  EXPECT_TRUE(comes_true([&] { return names().empty(); }));
  EXPECT_EQ(send("PUT", "a", content).status, 201);
  EXPECT_TRUE(content_of("a") == content);
}

TEST_P(StreamedBodies, AFullDiskIsSaid) {
  for (const std::size_t size : {1UL, 1000000UL}) {
    const Answer answer = send("PUT", "full", bytes_of(size));
    EXPECT_EQ(answer.status, 507) << size;
    EXPECT_EQ(answer.text("code"), "InsufficientStorage");
    EXPECT_NE(answer.text("message").find("No space left on device"), std::string::npos);
    EXPECT_EQ(answer.header("connection"), "close");
  }
  EXPECT_EQ(send("PUT", "a", "x").status, 201);
  EXPECT_EQ(names(), std::vector<std::string>{"a"});
}

TEST_P(StreamedBodies, ClientsThatGoAwayLeaveNothingOpen) {
  make_file("a", "");
  std::filesystem::resize_file(folder.path / "a", 2UL << 30U);
  make_file("b", bytes_of(10));
  get("b");
  const std::size_t before = open_files();
  for (int i = 0; i < 30; ++i) {
    raw_http::Request request;
    request.url = base + (i % 2 == 0 ? "a" : "a?rate=1000000");
    request.timeout = 0.05;
    if (is_encrypted) request.ca_file = ca_file();
    raw_http::Client client;
    EXPECT_NE(client.send(request).code, CURLE_OK);
  }
  EXPECT_TRUE(comes_true([&] { return open_files() <= before; })) << open_files() << ' ' << before;
  EXPECT_EQ(get("b").status, 200);
}

TEST_P(StreamedBodies, AServerThatEndsLeavesNothingOpen) {
  make_file("a", bytes_of(1000000));
  server.reset();
  http = raw_http::Client();
  const std::size_t before = open_files();
  start(GetParam());
  std::vector<std::thread> clients;
  for (const char* path : {"a?rate=1000", "a?rate=1000", "a?rate=1000"})
    clients.emplace_back([this, path] {
      raw_http::Request request;
      request.url = base + path;
      if (is_encrypted) request.ca_file = ca_file();
      raw_http::Client client;
      EXPECT_NE(client.send(request).code, CURLE_OK);
    });
  EXPECT_TRUE(comes_true([&] {
    const std::lock_guard lock(mutex);
    return statuses.size() == clients.size();
  }));
  server.reset();
  for (auto& client : clients) client.join();
  EXPECT_EQ(open_files(), before);
}
