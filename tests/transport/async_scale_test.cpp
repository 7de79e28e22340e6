// SPDX-License-Identifier: Apache-2.0
// Many asynchronous calls: whose turn it is, on which threads they run, and how they end early.
#include <gmock/gmock.h>

#include <array>
#include <atomic>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <future>
#include <latch>
#include <set>
#include <thread>

#include "globus_sdk/authorizers/renewing_authorizer.hpp"
#include "support/nginx_server.hpp"
#include "support/recording_server.hpp"
#include "transport/both_modes.hpp"

namespace globus_sdk_test {
namespace {

namespace asio = boost::asio;
using globus_sdk::CallLimits;
using globus_sdk::CallSettings;
using globus_sdk::ClientOptions;
using globus_sdk::GlobusAuthorizer;
using globus_sdk::GlobusTimeoutError;
using globus_sdk::Transport;
using globus_sdk::TransportSettings;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// Runs one call to its end.
asio::awaitable<int> status_of(PlainClient client, std::string path) {
  auto getting = client.async().get(path);
  const auto response = co_await std::move(getting);
  co_return response.http_status();
}

/// The same, and then a note.
asio::awaitable<void> note_end(PlainClient client, std::string path,
                               std::vector<std::string>* ends) {
  co_await status_of(std::move(client), path);
  ends->push_back(path);
}

/// A server that counts how many requests it has at the same time, by their first path element.
class CountingServer {
 public:
  explicit CountingServer(milliseconds each = milliseconds(20))
      : server_([this, each](const RecordedRequest& request) {
          const char client = request.target.at(1);
          int now = ++at_once_.at(static_cast<std::size_t>(client - 'a'));
          auto& most = most_.at(static_cast<std::size_t>(client - 'a'));
          for (int before = most; before < now && !most.compare_exchange_weak(before, now);) {}
          std::this_thread::sleep_for(each);
          --at_once_.at(static_cast<std::size_t>(client - 'a'));
          return RecordedAnswer{};
        }) {}

  std::string url() const { return server_.url(); }
  int connections() const { return server_.connections(); }
  int most_of(char client) const { return most_.at(static_cast<std::size_t>(client - 'a')); }

 private:
  std::array<std::atomic<int>, 3> at_once_{};
  std::array<std::atomic<int>, 3> most_{};
  RecordingServer server_;
};

ClientOptions sharing(const std::string& url, const Transport& transport,
                      std::int64_t max_concurrent_requests = 0) {
  ClientOptions options = options_for(url);
  options.transport = transport;
  if (max_concurrent_requests > 0) options.max_concurrent_requests = max_concurrent_requests;
  return options;
}

TEST(AsyncTurns, AClientHasNoMoreRequestsUnderWayThanItMay) {
  CountingServer server;
  const Transport transport;
  const PlainClient limited(sharing(server.url(), transport, 2));
  const PlainClient free(sharing(server.url(), transport));
  asio::io_context context;
  std::vector<std::string> ends;
  for (int i = 0; i < 12; ++i) {
    asio::co_spawn(context, note_end(limited, "/a", &ends), asio::detached);
    asio::co_spawn(context, note_end(limited.with({.max_retries = 0}), "/a", &ends),
                   asio::detached);
  }
  for (int i = 0; i < 12; ++i) asio::co_spawn(context, note_end(free, "/b", &ends), asio::detached);
  context.run();
  EXPECT_EQ(ends.size(), 36U);
  EXPECT_EQ(server.most_of('a'), 2) << "copies with other settings count as the client itself";
  EXPECT_GT(server.most_of('b'), 4);
}

TEST(AsyncTurns, OneWithManyRequestsHoldsNoOtherClientUp) {
  CountingServer server(milliseconds(5));
  const Transport transport({.max_connections = 1});
  const PlainClient many(sharing(server.url(), transport));
  const PlainClient few(sharing(server.url(), transport));
  asio::io_context context;
  std::vector<std::string> ends;
  for (int i = 0; i < 40; ++i) asio::co_spawn(context, note_end(many, "/a", &ends), asio::detached);
  for (int i = 0; i < 2; ++i) asio::co_spawn(context, note_end(few, "/b", &ends), asio::detached);
  context.run();
  ASSERT_EQ(ends.size(), 42U);
  const auto last_of_few = std::ranges::find(ends.rbegin(), ends.rend(), "/b").base();
  EXPECT_LE(last_of_few - ends.begin(), 8) << "of 42";
}

TEST(AsyncTurns, AnAnswerThatIsLateHoldsNoOtherRequestUp) {
  std::promise<void> other_came;
  const auto other = other_came.get_future().share();
  std::atomic<bool> other_came_meanwhile = false;
  RecordingServer server([&, other](const RecordedRequest& request) {
    if (request.target == "/other") {
      other_came.set_value();
    } else {
      other_came_meanwhile = other.wait_for(seconds(10)) == std::future_status::ready;
    }
    return RecordedAnswer{};
  });
  const Transport transport;
  asio::io_context context;
  std::vector<std::string> ends;
  asio::co_spawn(context, note_end(PlainClient(sharing(server.url(), transport)), "/late", &ends),
                 asio::detached);
  asio::co_spawn(context, note_end(PlainClient(sharing(server.url(), transport)), "/other", &ends),
                 asio::detached);
  context.run();
  EXPECT_THAT(ends, testing::UnorderedElementsAre("/late", "/other"));
  EXPECT_TRUE(other_came_meanwhile);
}

TEST(AsyncTurns, OfACallThatEndsWhileItWaitsGoToTheNext) {
  CountingServer server(milliseconds(100));
  const PlainClient client(sharing(server.url(), Transport(), 1));
  const CallSettings soon{.deadline = milliseconds(30)};
  asio::io_context context;
  int timeouts = 0;
  std::vector<std::string> ends;
  asio::co_spawn(context, note_end(client, "/a/first", &ends), asio::detached);
  for (int i = 0; i < 5; ++i) {
    asio::co_spawn(context, status_of(client.with(soon), "/a/late"),
                   [&timeouts](const std::exception_ptr& failure, int) {
                     try {
                       if (failure) std::rethrow_exception(failure);
                     } catch (const GlobusTimeoutError&) {
                       ++timeouts;
                     }
                   });
  }
  asio::co_spawn(context, note_end(client, "/a/last", &ends), asio::detached);
  context.run();
  EXPECT_EQ(timeouts, 5);
  EXPECT_THAT(ends, testing::ElementsAre("/a/first", "/a/last"));
}

TEST(AsyncTurns, OfCallsThatAreGivenUpAreForgotten) {
  CountingServer server(milliseconds(50));
  const PlainClient client(sharing(server.url(), Transport(), 1));
  std::vector<std::string> ends;
  {
    asio::io_context context;
    for (int i = 0; i < 20; ++i)
      asio::co_spawn(context, note_end(client, "/a", &ends), asio::detached);
    context.run_for(milliseconds(20));
  }
  EXPECT_EQ(run_async(status_of(client, "/b")), 200);
}

TEST(AsyncThreads, SendOnSeveral) {
  CountingServer server;
  const Transport transport({.io_threads = 3});
  const PlainClient client(sharing(server.url(), transport));
  const PlainClient limited(sharing(server.url(), transport, 2));
  asio::thread_pool pool(4);
  std::atomic<int> right = 0;
  for (int i = 0; i < 120; ++i) {
    asio::co_spawn(pool, status_of(i % 2 == 0 ? client : limited, i % 2 == 0 ? "/a" : "/b"),
                   [&right](const std::exception_ptr& failure, int status) {
                     if (!failure && status == 200) ++right;
                   });
  }
  pool.join();
  EXPECT_EQ(right, 120);
  EXPECT_EQ(server.most_of('b'), 2) << "on whatever thread";
}

TEST(AsyncThreads, AreAllOfUseToClientsOfManyUsersWithSeveralEach) {
  CountingServer server;
  const Transport transport({.max_connections = 2, .io_threads = 2});
  asio::io_context context;
  std::vector<std::string> ends;
  for (int user = 0; user < 8; ++user) {
    const PlainClient busy(sharing(server.url(), transport, 1));
    const PlainClient idle(sharing(server.url(), transport, 1));
    asio::co_spawn(context, note_end(busy, "/a", &ends), asio::detached);
  }
  context.run();
  EXPECT_EQ(ends.size(), 8U);
  EXPECT_EQ(server.most_of('a'), 2) << "one on each thread";
}

TEST(AsyncThreads, OfWhichOneIsEnoughShareItsConnections) {
  CountingServer server(milliseconds(0));
  const PlainClient client(sharing(server.url(), Transport({.io_threads = 4})));
  for (int i = 0; i < 10; ++i) EXPECT_EQ(run_async(status_of(client, "/a")), 200);
  EXPECT_EQ(server.connections(), 1);
}

TEST(AsyncThreads, AreBounded) {
  for (const std::int64_t threads : {0, -1, 65}) {
    EXPECT_THROW(Transport({.io_threads = threads}), globus_sdk::GlobusSDKUsageError);
  }
  EXPECT_THROW(
      PlainClient(ClientOptions{.base_url = "https://a.example", .max_concurrent_requests = 0}),
      globus_sdk::GlobusSDKUsageError);
}

/// Notes on which thread it goes on.
asio::awaitable<void> note_threads(PlainClient client, std::set<std::thread::id>* threads) {
  for (int i = 0; i < 5; ++i) {
    threads->insert(std::this_thread::get_id());
    co_await status_of(client, "/a");
  }
  threads->insert(std::this_thread::get_id());
}

TEST(AsyncExecutors, EachCallGoesOnOnItsOwn) {
  CountingServer server(milliseconds(1));
  const PlainClient client(sharing(server.url(), Transport()));
  std::vector<std::set<std::thread::id>> threads(4);
  {
    std::vector<std::jthread> running;
    for (auto& own : threads) {
      running.emplace_back([&client, &own] {
        asio::io_context context;
        asio::co_spawn(context, note_threads(client, &own), asio::detached);
        context.run();
      });
    }
  }
  std::set<std::thread::id> all;
  for (const auto& own : threads) {
    EXPECT_EQ(own.size(), 1U);
    all.insert(own.begin(), own.end());
  }
  EXPECT_EQ(all.size(), 4U);
}

TEST(AsyncExecutors, StrandsOfAPoolAreKept) {
  CountingServer server(milliseconds(1));
  const PlainClient client(sharing(server.url(), Transport()));
  asio::thread_pool pool(4);
  const auto strand = asio::make_strand(pool);
  std::vector<std::string> ends;  // not guarded: the strand's
  for (int i = 0; i < 60; ++i)
    asio::co_spawn(strand, note_end(client, "/a", &ends), asio::detached);
  pool.join();
  EXPECT_EQ(ends.size(), 60U);
}

TEST(AsyncExecutors, GiveFutures) {
  CountingServer server(milliseconds(1));
  const PlainClient client(sharing(server.url(), Transport()));
  asio::thread_pool pool(2);
  std::future<int> status = asio::co_spawn(pool, status_of(client, "/a"), asio::use_future);
  EXPECT_EQ(status.get(), 200);
  const PlainClient nowhere(options_for("http://127.0.0.1:1"));
  std::future<int> failure = asio::co_spawn(pool, status_of(nowhere, "/a"), asio::use_future);
  EXPECT_THROW(failure.get(), globus_sdk::GlobusConnectionError);
  pool.join();
}

/// What comes first.
asio::awaitable<std::size_t> first_of(PlainClient client, std::string path, milliseconds patience) {
  using asio::experimental::awaitable_operators::operator||;
  asio::steady_timer timer(co_await asio::this_coro::executor, patience);
  auto call = status_of(std::move(client), path);
  auto waiting = timer.async_wait(asio::use_awaitable);
  auto either = std::move(call) || std::move(waiting);
  const auto first = co_await std::move(either);
  co_return first.index();
}

TEST(AsyncCancellation, IsWhatOperatorsOfAsioDo) {
  CountingServer server(milliseconds(300));
  const PlainClient client(sharing(server.url(), Transport()));
  EXPECT_EQ(run_async(first_of(client, "/a", milliseconds(30))), 1U);
  EXPECT_EQ(run_async(first_of(client, "/a", seconds(20))), 0U);
}

/// Gives a token when it is told to.
class HeldAuthorizer final : public GlobusAuthorizer {
 public:
  std::string get_authorization_header(const CallLimits& /*limits*/) const override {
    asked.count_down();
    let_go.wait();
    return "Bearer late";
  }
  mutable std::latch asked{1};
  mutable std::latch let_go{1};
};

/// The stages of a call that an operation may be cancelled in.
enum class Stage { token, queue, answer, pause };

struct CancelledIn : testing::TestWithParam<std::tuple<Stage, asio::cancellation_type>> {};

std::string name_of(
    const testing::TestParamInfo<std::tuple<Stage, asio::cancellation_type>>& of_test) {
  static constexpr std::array<const char*, 4> stages{"Token", "Queue", "Answer", "Pause"};
  const auto [stage, type] = of_test.param;
  std::string name = stages.at(static_cast<std::size_t>(stage));
  if (type == asio::cancellation_type::terminal) return name + "Terminal";
  return name + (type == asio::cancellation_type::partial ? "Partial" : "Total");
}

INSTANTIATE_TEST_SUITE_P(EachStage, CancelledIn,
                         testing::Combine(testing::Values(Stage::token, Stage::queue, Stage::answer,
                                                          Stage::pause),
                                          testing::Values(asio::cancellation_type::terminal,
                                                          asio::cancellation_type::partial,
                                                          asio::cancellation_type::total)),
                         name_of);

/// A coroutine that takes part in every kind of cancellation: by itself Asio lets through the
/// terminal one alone.
asio::awaitable<void> get_until_cancelled(PlainClient client) {
  co_await asio::this_coro::reset_cancellation_state(asio::enable_total_cancellation());
  co_await status_of(std::move(client), "/x");
}

TEST_P(CancelledIn, EndsAtOnce) {
  const auto [stage, type] = GetParam();
  std::atomic<int> requests = 0;
  std::latch held(1);
  const bool is_held = stage == Stage::answer;
  RecordingServer server([&requests, &held, is_held](const RecordedRequest& request) {
    ++requests;
    if (request.target == "/first" || is_held) held.wait();
    return RecordedAnswer{.status = 503, .headers = {{"Retry-After", "60"}}};
  });
  const auto authorizer = std::make_shared<const HeldAuthorizer>();
  if (stage != Stage::token) authorizer->let_go.count_down();
  ClientOptions options = sharing(server.url(), Transport({.max_connections = 1}));
  options.retry_config->max_retries = 1;
  options.retry_config->max_sleep = seconds(60);
  const PlainClient client(authorizer, options);

  asio::io_context context;
  asio::cancellation_signal signal;
  std::string error;
  if (stage == Stage::queue)
    asio::co_spawn(context, status_of(client, "/first"), [](const std::exception_ptr&, int) {});
  asio::co_spawn(
      context, get_until_cancelled(client),
      asio::bind_cancellation_slot(signal.slot(), [&error](const std::exception_ptr& failure) {
        try {
          if (failure) std::rethrow_exception(failure);
        } catch (const std::exception& thrown) {
          error = thrown.what();
        }
      }));
  // until it is there
  const int expected = stage == Stage::token ? 0 : 1;
  while (requests < expected) context.run_for(milliseconds(5));
  context.run_for(milliseconds(60));
  EXPECT_EQ(error, "") << "it waits";
  signal.emit(type);
  for (int waits = 0; waits < 2000 && error.empty(); ++waits) context.run_for(milliseconds(5));
  EXPECT_NE(error, "");
  EXPECT_EQ(requests, expected) << "nothing was sent any more";
  held.count_down();
  if (stage == Stage::token) authorizer->let_go.count_down();
}

/// A renewal that would hold its executor up could never end.
asio::awaitable<void> let_go(std::shared_ptr<const HeldAuthorizer> authorizer) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  for (int ticks = 0; ticks < 5 || !authorizer->asked.try_wait(); ++ticks) {
    timer.expires_after(milliseconds(2));
    co_await timer.async_wait(asio::use_awaitable);
  }
  authorizer->let_go.count_down();
}

TEST(AsyncRenewal, NeverHoldsAnExecutorUp) {
  CountingServer server(milliseconds(0));
  const auto authorizer = std::make_shared<const HeldAuthorizer>();
  const PlainClient client(authorizer, sharing(server.url(), Transport()));
  asio::io_context context;
  std::vector<std::string> ends;
  asio::co_spawn(context, note_end(client, "/a", &ends), asio::detached);
  asio::co_spawn(context, let_go(authorizer), asio::detached);
  context.run();
  EXPECT_THAT(ends, testing::ElementsAre("/a"));
}

TEST(AsyncHttp2, ABurstGoesOverFewConnections) {
  if (!NginxServer::is_installed()) GTEST_SKIP() << "nginx is not installed";
  const NginxServer server("    location /answer { return 200 '{}'; }\n");
  TransportSettings settings;
  settings.verify_ssl = server.ca_file();
  settings.proxy = nullptr;
  const PlainClient client(sharing(server.url(), Transport(settings)));
  asio::io_context context;
  std::vector<std::string> ends;
  for (int i = 0; i < 200; ++i)
    asio::co_spawn(context, note_end(client, "/answer", &ends), asio::detached);
  context.run();
  EXPECT_EQ(ends.size(), 200U);
  std::set<std::string> connections;
  for (const auto& request : server.requests()) {
    EXPECT_EQ(request.protocol, "HTTP/2.0");
    connections.insert(request.connection);
  }
  EXPECT_LE(connections.size(), 3U);
  RecordProperty("connections", static_cast<int>(connections.size()));
}

}  // namespace
}  // namespace globus_sdk_test
