// SPDX-License-Identifier: Apache-2.0
// Name servers that are silent hold nobody up but the call that asked, and that one not beyond its
// limits. A look-up takes 20 s here; half of that is a generous bound.
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <optional>
#include <stop_token>
#include <thread>

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/literals.hpp"
#include "support/curl_version.hpp"
#include "support/recording_server.hpp"
#include "support/slow_look_up.hpp"
#include "transport/both_modes.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;
using Clock = std::chrono::steady_clock;

constexpr auto bound = slow_look_up_takes / 2;
constexpr const char* slow_url = "http://a.slow.example:9/";

class NameLookUp : public InBothModes {
 protected:
  ~NameLookUp() override { SlowLookUps::all().end(); }
  void SetUp() override {
    if (const auto reason = why_look_ups_are_waited_for(); !reason.empty()) GTEST_SKIP() << reason;
  }

  void expect_soon() const { EXPECT_LT(Clock::now() - begun_, bound); }

 private:
  const Clock::time_point begun_ = Clock::now();
};
INSTANTIATE_TEST_SUITE_P(Transport, NameLookUp, testing::Values(false, true), mode_of);

TEST_P(NameLookUp, EndsWithTheDeadline) {
  {
    const PlainClient client(options_for(slow_url));
    EXPECT_THROW(get(client.with({.deadline = 200ms}), "/x"), GlobusTimeoutError);
    expect_soon();
  }
  expect_soon();  // nor does a client that goes wait for it
}

TEST_P(NameLookUp, EndsWithTheTimeout) {
  {
    const PlainClient client(options_for(slow_url));
    EXPECT_THROW(get(client.with({.timeout = 200ms}), "/x"), GlobusConnectionTimeoutError);
    expect_soon();
  }
  expect_soon();
}

TEST_P(NameLookUp, EndsWithAStop) {
  {
    const PlainClient client(options_for(slow_url));
    std::stop_source source;
    std::jthread stopper([&source] {
      SlowLookUps::all().await_one();
      source.request_stop();
    });
    EXPECT_THROW(get(client.with({.stop = source.get_token()}), "/x"), CancelledError);
    expect_soon();
  }
  expect_soon();
}

TEST_P(NameLookUp, HoldsUpNoOtherCallOfTheSameTransport) {
  RecordingServer server([](const RecordedRequest&) { return RecordedAnswer(); });
  ClientOptions slow = options_for(slow_url);
  slow.transport = Transport();
  ClientOptions healthy = options_for(server.url());
  healthy.transport = slow.transport;
  const PlainClient waiting(slow);
  const PlainClient client(healthy);
  std::jthread other(
      [&] { EXPECT_THROW(get(waiting.with({.deadline = 300ms}), "/x"), GlobusTimeoutError); });
  SlowLookUps::all().await_one();
  // some while the look-up is waited for, some when it is given up, and some after that
  const auto until = Clock::now() + 600ms;
  while (Clock::now() < until) EXPECT_EQ(get(client, "/y").http_status(), 200);
  expect_soon();
}

TEST_P(NameLookUp, LeavesTheHandleGoodForOtherCalls) {
  RecordingServer server([](const RecordedRequest&) { return RecordedAnswer(); });
  ClientOptions slow = options_for(slow_url);
  slow.transport = Transport();
  ClientOptions healthy = options_for(server.url());
  healthy.transport = slow.transport;
  const PlainClient client(slow);
  EXPECT_THROW(get(client.with({.deadline = 100ms}), "/x"), GlobusTimeoutError);
  for (int call = 0; call < 3; ++call) {
    EXPECT_EQ(get(PlainClient(healthy), "/y").http_status(), 200);
  }
  expect_soon();
}

boost::asio::awaitable<void> ask(PlainClient client) {
  auto asking = client.async().get("/x");
  co_await std::move(asking);
}

TEST_F(NameLookUp, IsNotWaitedForWhenTheTransportGoes) {
  {
    boost::asio::io_context context;  // has the coroutine, and that the last handle of the client
    boost::asio::co_spawn(context, ask(PlainClient(options_for(slow_url))),
                          [](const std::exception_ptr&) {});
    context.poll();
    SlowLookUps::all().await_one();
  }
  expect_soon();
}

}  // namespace
}  // namespace globus_sdk_test
