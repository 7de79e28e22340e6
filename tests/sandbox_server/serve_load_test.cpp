// SPDX-License-Identifier: Apache-2.0
// The server itself: many connections, odd requests, and its end.
#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "sandbox_server/auth_fixture.hpp"
#include "support/loopback_socket.hpp"

namespace {

using Clock = std::chrono::steady_clock;
using raw_http::Answer;

using globus_sdk_test::LoopbackSocket;

class ServeLoad : public AuthFixture {
 protected:
  std::string host() const { return "Host: localhost:" + std::to_string(sandbox->port()) + "\r\n"; }
  std::string nothing_wanted() const { return "GET /auth/nothing HTTP/1.1\r\n" + host() + "\r\n"; }
  std::string speak(const std::string& bytes) const {
    const LoopbackSocket socket(sandbox->port());
    socket.write(bytes);
    return socket.read_all();
  }
};

}  // namespace

TEST_F(ServeLoad, KeepsConnectionsAlive) {
  const LoopbackSocket socket(sandbox->port());
  for (int i = 0; i < 3; ++i) {
    socket.write(nothing_wanted());
    EXPECT_TRUE(socket.read_some().starts_with("HTTP/1.1 501 Not Implemented\r\n"));
  }
}

TEST_F(ServeLoad, AnswersWhatIsNoRequest) {
  EXPECT_TRUE(speak("nonsense\r\n\r\n").starts_with("HTTP/1.1 400 "));
  EXPECT_TRUE(speak("GET / HTTP/1.1\r\nx: " + std::string(300000, 'x') + "\r\n\r\n")
                  .starts_with("HTTP/1.1 431 "));
  EXPECT_TRUE(speak("POST /auth/v2/oauth2/token HTTP/1.1\r\n" + host() +
                    "Content-Length: 99999999999\r\n\r\n")
                  .starts_with("HTTP/1.1 413 "));
  EXPECT_EQ(userinfo_status(value("AUTH_TOKEN")), 200);
}

TEST_F(ServeLoad, ClosesWhenAskedTo) {
  const std::string answer = speak("GET /auth/nothing HTTP/1.0\r\n\r\n");
  EXPECT_NE(answer.find("Connection: close\r\n"), std::string::npos);
}

TEST_F(ServeLoad, SaysContinueBeforeALargeBody) {
  const LoopbackSocket socket(sandbox->port());
  socket.write("POST /auth/v2/oauth2/token HTTP/1.1\r\n" + host() +
               "Expect: 100-continue\r\nContent-Type: application/x-www-form-urlencoded\r\n"
               "Content-Length: 3\r\n\r\n");
  EXPECT_EQ(socket.read_some(), "HTTP/1.1 100 Continue\r\n\r\n");
  socket.write("a=b");
  EXPECT_TRUE(socket.read_some().starts_with("HTTP/1.1 401 "));
}

TEST_F(ServeLoad, TakesProxyStyleTargetsAndLargeBodies) {
  EXPECT_TRUE(
      speak("GET " + auth("/jwk.json?x=1") + " HTTP/1.1\r\n" + host() + "Connection: close\r\n\r\n")
          .starts_with("HTTP/1.1 200 "));
  const Answer large = http.post_form(auth("/v2/oauth2/token"), {{"a", std::string(5000000, 'x')}});
  EXPECT_EQ(large.status, 401);
}

TEST_F(ServeLoad, HeadHasNoBody) {
  raw_http::Request request;
  request.method = "HEAD";
  request.url = auth("/jwk.json");
  const Answer answer = http.send(request);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "");
  EXPECT_NE(answer.header("content-length"), "0");
}

TEST_F(ServeLoad, ServesManyThreads) {
  constexpr int threads = 64;
  constexpr int calls = 20;
  std::atomic<int> good{0};
  std::vector<std::thread> all;
  for (int i = 0; i < threads; ++i)
    all.emplace_back([&, i] {
      raw_http::Client client;
      for (int call = 0; call < calls; ++call) {
        const Answer answer = (i + call) % 2 == 0
                                  ? client.get_as(value("AUTH_TOKEN"), auth("/v2/oauth2/userinfo"))
                                  : client.post_form(auth("/v2/oauth2/token"),
                                                     {{"grant_type", "client_credentials"},
                                                      {"scope", transfer_scope}},
                                                     value("CLIENT_ID"), value("CLIENT_SECRET"));
        if (answer.status == 200) ++good;
      }
    });
  for (auto& thread : all) thread.join();
  EXPECT_EQ(good, threads * calls);
  EXPECT_EQ(sandbox->requests().size(), static_cast<std::size_t>(threads * calls));
}

TEST_F(ServeLoad, RotatesOnceUnderARace) {
  globus_sandbox::SandboxOptions options;
  options.rotate_refresh_tokens = true;
  start(options);
  std::atomic<int> good{0};
  std::vector<std::thread> all;
  for (int i = 0; i < 16; ++i)
    all.emplace_back([&] {
      raw_http::Client client;
      const Answer answer = client.post_form(
          auth("/v2/oauth2/token"),
          {{"grant_type", "refresh_token"}, {"refresh_token", value("TRANSFER_REFRESH_TOKEN")}},
          value("CLIENT_ID"), value("CLIENT_SECRET"));
      if (answer.status == 200) ++good;
    });
  for (auto& thread : all) thread.join();
  EXPECT_EQ(good, 1);
}

TEST_F(ServeLoad, HoldsThousandsOfConnections) {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  // Both ends are this process'; beyond a third of the limit the server keeps none alive.
  const std::size_t count = std::min<std::size_t>(5000, limit.rlim_cur / 4);
  std::vector<LoopbackSocket> sockets;
  for (std::size_t i = 0; i < count; ++i) sockets.emplace_back(sandbox->port());
  std::size_t good = 0;
  for (int round = 0; round < 2; ++round) {
    for (const auto& socket : sockets) socket.write(nothing_wanted());
    for (const auto& socket : sockets)
      good += socket.read_some().starts_with("HTTP/1.1 501 ") ? 1U : 0U;
  }
  EXPECT_EQ(good, 2 * count);
}

TEST_F(ServeLoad, StopsAtOnceWithRequestsInFlight) {
  globus_sandbox::Fault fault;
  fault.delay = 30;
  fault.count = 100;
  sandbox->add_fault(fault);
  std::vector<LoopbackSocket> sockets;
  for (int i = 0; i < 50; ++i) {
    sockets.emplace_back(sandbox->port());
    sockets.back().write("GET /auth/jwk.json HTTP/1.1\r\n" + host() + "\r\n");
  }
  while (sandbox->requests().size() < 50) std::this_thread::yield();
  const auto begin = Clock::now();
  sandbox.reset();
  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(2));
  for (const auto& socket : sockets) EXPECT_EQ(socket.read_some(), "");
}

TEST_F(ServeLoad, StartsAndStopsAgainAndAgain) {
  for (int i = 0; i < 20; ++i) {
    start();
    EXPECT_EQ(userinfo_status(value("AUTH_TOKEN")), 200);
  }
}

TEST_F(ServeLoad, AnswersQuickly) {
  const std::string me = http.get_as(value("AUTH_TOKEN"), auth("/v2/oauth2/userinfo")).text("sub");
  constexpr int calls = 500;
  const auto begin = Clock::now();
  for (int i = 0; i < calls; ++i)
    ASSERT_EQ(http.get_as(value("AUTH_TOKEN"), auth("/v2/api/identities?ids=" + me)).status, 200);
  const std::chrono::duration<double, std::milli> each = (Clock::now() - begin) / calls;
  RecordProperty("milliseconds_a_call", std::to_string(each.count()));
  EXPECT_LT(each.count(), 20) << "even on a busy machine";
}
