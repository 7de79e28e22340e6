// SPDX-License-Identifier: Apache-2.0
// What a tracer is told of calls over sockets, in both modes.
#include <gmock/gmock.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <set>
#include <thread>

#include "support/recording_server.hpp"
#include "support/recording_tracer.hpp"
#include "transport/both_modes.hpp"

namespace globus_sdk_test {
namespace {

using globus_sdk::ClientOptions;
using globus_sdk::SpanKind;

struct Tracing : InBothModes {
  PlainClient client(const std::string& url, std::int64_t max_retries = 0) const {
    ClientOptions options = options_for(url, max_retries);
    options.tracer = tracer;
    return PlainClient(options);
  }
  std::shared_ptr<RecordingTracer> tracer = std::make_shared<RecordingTracer>();
};
INSTANTIATE_TEST_SUITE_P(Mode, Tracing, testing::Bool(), mode_of);

TEST_P(Tracing, SendsTheContextOfEachAttempt) {
  int requests = 0;
  RecordingServer server([&](const RecordedRequest&) {
    return RecordedAnswer{.status = ++requests == 1 ? 503 : 200};
  });
  EXPECT_EQ(get(client(server.url(), 1), "/x").http_status(), 200);
  const auto spans = tracer->spans();
  ASSERT_EQ(spans.size(), 3U);
  EXPECT_EQ(spans[0].number("globus.attempts"), 2);
  EXPECT_EQ(server.requests().at(0).header("traceparent"), "00-" + std::to_string(spans[1].id));
  EXPECT_EQ(server.requests().at(1).header("traceparent"), "00-" + std::to_string(spans[2].id));
  EXPECT_EQ(spans[1].text("url.full"), server.url() + "/x");
  for (const auto& span : spans) EXPECT_EQ(span.ends, 1) << span.name;
}

TEST_P(Tracing, TellsOfAFailure) {
  RecordingServer server([](const RecordedRequest&) { return RecordedAnswer{.status = 0}; });
  EXPECT_THROW(get(client(server.url()), "/x"), globus_sdk::GlobusConnectionError);
  const auto spans = tracer->spans();
  ASSERT_EQ(spans.size(), 2U);
  EXPECT_EQ(spans[0].text("error.type"), "GlobusConnectionError");
  EXPECT_EQ(spans[1].text("error.type"), "GlobusConnectionError");
}

TEST_P(Tracing, OfManyCallsAtOnceKeepsThemApart) {
  RecordingServer server([](const RecordedRequest&) { return RecordedAnswer{}; });
  const auto mine = client(server.url());
  std::vector<std::jthread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int k = 0; k < 5; ++k) get(mine, "/x");
    });
  }
  threads.clear();
  const auto spans = tracer->spans();
  EXPECT_EQ(spans.size(), 80U);
  std::set<int> parents;
  for (const auto& span : spans) {
    EXPECT_EQ(span.ends, 1);
    if (span.kind != SpanKind::attempt) continue;
    EXPECT_TRUE(parents.insert(span.parent).second);
  }
}

boost::asio::awaitable<void> get_x(PlainClient client) {
  auto getting = client.async().get("/x");
  co_await std::move(getting);
}

/// An operation that is given up is destroyed, and throws nothing to anybody.
TEST(TracingAsync, EndsTheSpansOfACallThatIsGivenUp) {
  RecordingServer server([](const RecordedRequest&) {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    return RecordedAnswer{};
  });
  const auto tracer = std::make_shared<RecordingTracer>();
  ClientOptions options = options_for(server.url());
  options.tracer = tracer;
  const PlainClient client(options);
  {
    boost::asio::io_context context;
    boost::asio::co_spawn(context, get_x(client), boost::asio::detached);
    context.run_for(std::chrono::milliseconds(50));
  }  // with the coroutine in the middle of its call
  for (const auto& span : tracer->spans()) {
    EXPECT_EQ(span.ends, 1) << span.name;
    EXPECT_EQ(span.text("error.type"), "CancelledError");
  }
  EXPECT_EQ(tracer->spans().size(), 2U);
}

TEST(TracingAsync, EndsTheSpansOfACallThatIsCancelled) {
  RecordingServer server([](const RecordedRequest&) {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    return RecordedAnswer{};
  });
  const auto tracer = std::make_shared<RecordingTracer>();
  ClientOptions options = options_for(server.url());
  options.tracer = tracer;
  const PlainClient client(options);
  boost::asio::io_context context;
  boost::asio::cancellation_signal signal;
  std::exception_ptr thrown;
  boost::asio::co_spawn(
      context, get_x(client),
      boost::asio::bind_cancellation_slot(
          signal.slot(), [&](const std::exception_ptr& failure) { thrown = failure; }));
  boost::asio::steady_timer timer(context, std::chrono::milliseconds(50));
  timer.async_wait([&](const auto&) { signal.emit(boost::asio::cancellation_type::terminal); });
  context.run();
  EXPECT_NE(thrown, nullptr);
  for (const auto& span : tracer->spans()) {
    EXPECT_EQ(span.ends, 1) << span.name;
    EXPECT_EQ(span.text("error.type"), "CancelledError");
  }
}

}  // namespace
}  // namespace globus_sdk_test
