// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <csignal>
#include <latch>
#include <stop_token>
#include <thread>

#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "support/no_more_threads.hpp"
#include "support/recording_server.hpp"
#include "support/scoped_variable.hpp"
#include "transport/both_modes.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;
using Clock = std::chrono::steady_clock;

INSTANTIATE_TEST_SUITE_P(Transport, InBothModes, testing::Values(false, true), mode_of);

TEST_P(InBothModes, KeepsAConnection) {
  RecordingServer server([](const RecordedRequest&) { return RecordedAnswer{}; });
  PlainClient client(options_for(server.url()));
  for (int call = 0; call < 20; ++call) get(client, "/x");
  EXPECT_EQ(server.requests().size(), 20u);
  EXPECT_EQ(server.connections(), 1);
}

TEST_P(InBothModes, SendsBodiesOfEveryEncoding) {
  RecordingServer server([](const RecordedRequest&) { return RecordedAnswer{}; });
  PlainClient client(options_for(server.url()));
  RequestOptions options;
  options.data = {{"a", 1}};
  post(client, "/json", options);
  options.encoding = "form";
  post(client, "/form", options);
  options.data = "plain text";
  options.encoding = "text";
  post(client, "/text", options);
  const auto requests = server.requests();
  ASSERT_EQ(requests.size(), 3u);
  EXPECT_EQ(requests[0].body, R"({"a":1})");
  EXPECT_EQ(requests[0].header("content-type"), "application/json");
  EXPECT_EQ(requests[1].body, "a=1");
  EXPECT_EQ(requests[1].header("content-type"), "application/x-www-form-urlencoded");
  EXPECT_EQ(requests[2].body, "plain text");
  EXPECT_EQ(requests[2].header("content-type"), "text/plain");
  EXPECT_TRUE(requests[0].header("expect").empty());
}

TEST_P(InBothModes, ALargeBodyArrivesWhole) {
  RecordingServer server([](const RecordedRequest&) { return RecordedAnswer{}; });
  PlainClient client(options_for(server.url()));
  RequestOptions options;
  const std::string large(3'000'000, 'x');
  options.data = large;
  post(client, "/large", options);
  EXPECT_EQ(server.requests().at(0).body, large);
}

TEST_P(InBothModes, AServerThatIsSilentTooLongIsATimeout) {
  std::atomic<bool> release{false};
  RecordingServer server([&release](const RecordedRequest&) {
    while (!release) std::this_thread::sleep_for(5ms);
    return RecordedAnswer{};
  });
  PlainClient client = PlainClient(options_for(server.url())).with({.timeout = 100ms});
  const auto begun = Clock::now();
  EXPECT_THROW(get(client, "/x"), GlobusTimeoutError);
  EXPECT_LT(Clock::now() - begun, 5s);
  release = true;
}

TEST_P(InBothModes, TheDeadlineEndsACall) {
  std::atomic<bool> release{false};
  RecordingServer server([&release](const RecordedRequest&) {
    while (!release) std::this_thread::sleep_for(5ms);
    return RecordedAnswer{};
  });
  PlainClient client = PlainClient(options_for(server.url(), 5)).with({.deadline = 150ms});
  const auto begun = Clock::now();
  EXPECT_THROW(get(client, "/x"), GlobusTimeoutError);
  EXPECT_LT(Clock::now() - begun, 5s);
  EXPECT_EQ(server.requests().size(), 1u);
  release = true;
}

TEST_P(InBothModes, AStopEndsATransferAtOnce) {
  std::atomic<bool> release{false};
  std::stop_source source;
  RecordingServer server([&](const RecordedRequest&) {
    source.request_stop();
    while (!release) std::this_thread::sleep_for(5ms);
    return RecordedAnswer{};
  });
  PlainClient client = PlainClient(options_for(server.url(), 5)).with({.stop = source.get_token()});
  const auto begun = Clock::now();
  EXPECT_THROW(get(client, "/x"), CancelledError);
  EXPECT_LT(Clock::now() - begun, 5s);
  EXPECT_THROW(get(client, "/x"), CancelledError);
  EXPECT_EQ(server.requests().size(), 1u);
  release = true;
}

TEST_P(InBothModes, AStopEndsABackoffAtOnce) {
  std::stop_source source;
  RecordingServer server(
      [](const RecordedRequest&) { return RecordedAnswer{503, "{}", {{"Retry-After", "50"}}}; });
  PlainClient client = PlainClient(options_for(server.url(), 5)).with({.stop = source.get_token()});
  std::jthread stopper([&source] {
    std::this_thread::sleep_for(150ms);
    source.request_stop();
  });
  const auto begun = Clock::now();
  EXPECT_THROW(get(client, "/x"), CancelledError);
  EXPECT_LT(Clock::now() - begun, 10s);
}

TEST_P(InBothModes, ARefusedConnectionIsAConnectionError) {
  std::string url;
  {
    url = RecordingServer([](const RecordedRequest&) { return RecordedAnswer{}; }).url();
  }
  PlainClient client(options_for(url));
  EXPECT_THROW(get(client, "/x"), GlobusConnectionError);
}

TEST_P(InBothModes, APostIsSeenOnceByAServerThatClosesAfterIt) {
  std::atomic<int> number{0};
  RecordingServer server([&number](const RecordedRequest& request) {
    ++number;
    return RecordedAnswer{request.method == "POST" ? 0 : 200};
  });
  PlainClient client(options_for(server.url(), 5));
  get(client, "/warm");  // so that the POST goes over a connection that was used before
  RequestOptions options;
  options.data = {{"a", 1}};
  EXPECT_THROW(post(client, "/x", options), GlobusConnectionError);
  EXPECT_EQ(number, 2);
  get(client, "/warm");
  EXPECT_THROW(post(client, "/empty", {}), GlobusConnectionError);
  EXPECT_EQ(number, 4);
}

TEST_P(InBothModes, AGetIsRepeatedWhenTheConnectionCloses) {
  std::atomic<int> number{0};
  RecordingServer server(
      [&number](const RecordedRequest&) { return RecordedAnswer{++number <= 2 ? 0 : 200}; });
  PlainClient client(options_for(server.url(), 5));
  EXPECT_EQ(get(client, "/x").http_status(), 200);
  EXPECT_EQ(number, 3);
}

TEST_P(InBothModes, FollowsRedirectsAndKeepsTheTokenAtItsHost) {
  RecordingServer other(
      [](const RecordedRequest&) { return RecordedAnswer{200, R"({"at": "other"})"}; });
  RecordingServer server([&other](const RecordedRequest& request) {
    if (request.target == "/here") return RecordedAnswer{302, "", {{"Location", "/there"}}};
    if (request.target == "/away") {
      return RecordedAnswer{307, "", {{"Location", other.url() + "/x"}}};
    }
    return RecordedAnswer{200, R"({"at": "there"})"};
  });
  PlainClient client(AccessTokenAuthorizer("token"), options_for(server.url()));
  EXPECT_EQ(get(client, "/here")["at"], "there");
  EXPECT_EQ(server.requests().at(1).header("authorization"), "Bearer token");
  EXPECT_EQ(get(client, "/away")["at"], "other");
  EXPECT_EQ(other.requests().at(0).header("authorization"), "");
}

TEST_P(InBothModes, AnEndlessRedirectEnds) {
  RecordingServer server(
      [](const RecordedRequest&) { return RecordedAnswer{302, "", {{"Location", "/again"}}}; });
  PlainClient client(options_for(server.url()));
  EXPECT_THROW(get(client, "/x"), NetworkError);
}

TEST_P(InBothModes, ATooLargeAnswerIsRefused) {
  RecordingServer server([](const RecordedRequest&) {
    return RecordedAnswer{200, "\"" + std::string(100'000, 'x') + "\""};
  });
  ClientOptions options = options_for(server.url());
  TransportSettings settings;
  settings.max_response_size = 50'000;
  settings.proxy = nullptr;
  options.transport = Transport(settings);
  PlainClient client(options);
  try {
    get(client, "/x");
    FAIL() << "no exception";
  } catch (const NetworkError& error) {
    EXPECT_NE(std::string(error.what()).find("max_response_size"), std::string::npos);
  }
}

TEST_P(InBothModes, UnpacksCompressedAnswers) {
  // gzip of {"a":"b"}
  const unsigned char packed[] = {0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0xff,
                                  0xab, 0x56, 0x4a, 0x54, 0xb2, 0x52, 0x4a, 0x52, 0xaa, 0x05,
                                  0x00, 0x9c, 0x5c, 0xf6, 0x6b, 0x09, 0x00, 0x00, 0x00};
  RecordingServer server([&packed](const RecordedRequest&) {
    return RecordedAnswer{200,
                          std::string(reinterpret_cast<const char*>(packed), sizeof packed),
                          {{"Content-Encoding", "gzip"}}};
  });
  PlainClient client(options_for(server.url()));
  EXPECT_EQ(get(client, "/x").text(), R"({"a":"b"})");
  EXPECT_NE(server.requests().at(0).header("accept-encoding").find("gzip"), std::string::npos);
}

TEST_P(InBothModes, GoesThroughAProxyThatIsSet) {
  RecordingServer proxy(
      [](const RecordedRequest&) { return RecordedAnswer{200, R"({"via": 1})"}; });
  ClientOptions options = options_for("http://127.0.0.1:1/");
  TransportSettings settings;
  settings.proxy = proxy.url();
  options.transport = Transport(settings);
  EXPECT_EQ(get(PlainClient(options), "/x")["via"], 1);
  EXPECT_EQ(proxy.requests().at(0).target, "http://127.0.0.1:1/x");
}

TEST_P(InBothModes, NullIsNoProxyWhateverTheEnvironmentSays) {
  RecordingServer server([](const RecordedRequest&) { return RecordedAnswer{}; });
  RecordingServer proxy([](const RecordedRequest&) { return RecordedAnswer{500}; });
  const ScopedVariable variable("http_proxy", proxy.url());
  ClientOptions options = options_for("http://service.example");
  EXPECT_THROW(get(PlainClient(options), "/x"), GlobusAPIError);
  TransportSettings settings;
  settings.proxy = nullptr;
  settings.connect_to = "service.example:80:" + server.url().substr(7);
  options.transport = Transport(settings);
  EXPECT_EQ(get(PlainClient(options), "/x").http_status(), 200);
}

TEST_P(InBothModes, ConnectsElsewhereUnderTheSameName) {
  RecordingServer server([](const RecordedRequest&) { return RecordedAnswer{}; });
  const std::string port = server.url().substr(server.url().rfind(':') + 1);
  ClientOptions options = options_for("http://transfer.example/");
  TransportSettings settings;
  settings.connect_to = "transfer.example:80:127.0.0.1:" + port;
  options.transport = Transport(settings);
  EXPECT_EQ(get(PlainClient(options), "/x").http_status(), 200);
  EXPECT_EQ(server.requests().at(0).header("host"), "transfer.example");
}

TEST_P(InBothModes, SignalsDoNotDisturbACall) {
  RecordingServer server([](const RecordedRequest&) {
    std::this_thread::sleep_for(2ms);
    return RecordedAnswer{};
  });
  struct sigaction action{};
  action.sa_handler = [](int) {};
  sigaction(SIGUSR1, &action, nullptr);
  const pthread_t self = pthread_self();
  std::jthread storm([self](std::stop_token stop) {
    while (!stop.stop_requested()) {
      pthread_kill(self, SIGUSR1);
      std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
  });
  PlainClient client(options_for(server.url()));
  for (int call = 0; call < 50; ++call) EXPECT_EQ(get(client, "/x").http_status(), 200);
}

TEST(Transport, AHundredClientsComeAndGo) {
  RecordingServer server([](const RecordedRequest&) { return RecordedAnswer{}; });
  for (int round = 0; round < 100; ++round) {
    PlainClient client(options_for(server.url()));
    client.get("/x");
    if (round % 10 == 0) run_async(client.async().get("/x"));
  }
}

TEST(Transport, ManyThreadsOnOneClientWhenEveryRequestFails) {
  std::string url;
  {
    url = RecordingServer([](const RecordedRequest&) { return RecordedAnswer{}; }).url();
  }
  PlainClient client(options_for(url));
  std::atomic<int> failures{0};
  {
    std::vector<std::jthread> threads;
    for (int index = 0; index < 64; ++index) {
      threads.emplace_back([client, &failures] {
        for (int call = 0; call < 5; ++call) {
          try {
            client.get("/x");
          } catch (const GlobusConnectionError&) {
            ++failures;
          }
        }
      });
    }
  }
  EXPECT_EQ(failures, 320);
}

TEST(Transport, AnOperationDroppedWithItsContextIsClean) {
  std::atomic<bool> release{false};
  RecordingServer server([&release](const RecordedRequest&) {
    while (!release) std::this_thread::sleep_for(5ms);
    return RecordedAnswer{};
  });
  {
    boost::asio::io_context context;
    PlainClient client(options_for(server.url()));
    boost::asio::co_spawn(
        context,
        [](PlainClient waiting) -> boost::asio::awaitable<void> {
          auto call = waiting.async().get("/x");
          co_await std::move(call);
        }(client),
        [](std::exception_ptr) {});
    context.run_for(100ms);
  }
  release = true;
}

TEST(Transport, AThreadThatCannotBeStartedIsAnErrorAndNoMore) {
  const RecordingServer server([](const RecordedRequest&) { return RecordedAnswer{}; });
  const PlainClient client(options_for(server.url()));
  {
    const globus_sdk_test::NoMoreThreads none;
    for (int call = 0; call < 2; ++call) {
      try {
        run_async(client.async().get("/x"));
        ADD_FAILURE() << "a thread was started";
      } catch (const GlobusError& error) {
        EXPECT_NE(std::string(error.what()).find("no thread can be started"), std::string::npos)
            << error.what();
      }
    }
    EXPECT_TRUE(server.requests().empty());
  }
  EXPECT_EQ(run_async(client.async().get("/x")).http_status(), 200);
}

TEST(Transport, NothingThatWasPassedNeedsToLiveOn) {
  RecordingServer server([](const RecordedRequest&) { return RecordedAnswer{}; });
  boost::asio::io_context context;
  auto begin = [&server] {
    PlainClient client(options_for(server.url()));
    std::string path = "/a-path-that-is-long-enough-to-be-on-the-heap-of-the-caller";
    RequestOptions options;
    options.data = std::string(1000, 'x');
    auto call = client.async().post(path, options);
    path.assign(path.size(), '#');
    return call;
  };
  EXPECT_EQ(run_async(begin()).http_status(), 200);
  EXPECT_EQ(server.requests().at(0).target,
            "/a-path-that-is-long-enough-to-be-on-the-heap-of-the-caller");
  EXPECT_EQ(server.requests().at(0).body, std::string(1000, 'x'));
}

/// Has no token until it is let go.
class HeldAuthorizer final : public GlobusAuthorizer {
 public:
  std::string get_authorization_header(const CallLimits&) const override {
    asked.count_down();
    let_go.wait();
    return "Bearer late";
  }
  mutable std::latch asked{1};
  mutable std::latch let_go{1};
};

boost::asio::awaitable<void> get_x(PlainClient client) {
  auto getting = client.async().get("/x");
  co_await std::move(getting);
}

TEST(AsyncCancellation, AWaitForAuthorizationThatAsioCancelsSaysSo) {
  RecordingServer server([](const RecordedRequest&) { return RecordedAnswer{}; });
  const auto authorizer = std::make_shared<const HeldAuthorizer>();
  boost::asio::io_context context;
  boost::asio::cancellation_signal signal;
  std::string said;
  boost::asio::co_spawn(context, get_x(PlainClient(authorizer, options_for(server.url()))),
                        boost::asio::bind_cancellation_slot(
                            signal.slot(), [&said](const std::exception_ptr& failure) {
                              try {
                                if (failure) std::rethrow_exception(failure);
                              } catch (const CancelledError& error) {
                                said = error.what();
                              } catch (const std::exception& error) {
                                said = std::string("another error: ") + error.what();
                              }
                            }));
  context.poll();
  authorizer->asked.wait();
  signal.emit(boost::asio::cancellation_type::terminal);
  context.run();
  authorizer->let_go.count_down();
  EXPECT_EQ(said, "GET " + server.url() +
                      "/x: the operation was cancelled while it waited for its authorization");
}

}  // namespace
}  // namespace globus_sdk_test
