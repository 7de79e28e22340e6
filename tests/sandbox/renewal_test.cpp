// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <future>
#include <thread>
#include <vector>

#include "globus_sdk/authorizers/client_credentials_authorizer.hpp"
#include "globus_sdk/authorizers/errors.hpp"
#include "globus_sdk/authorizers/refresh_token_authorizer.hpp"
#include "globus_sdk/core/literals.hpp"
#include "support/run_async.hpp"
#include "support/sandbox_world.hpp"

namespace globus_sdk {
namespace {

using globus_sdk_test::now_seconds;
using globus_sdk_test::SandboxWorld;

constexpr int callers = 64;

/// Calls get_task_list from many threads at once; returns how many calls worked.
int call_blocking(const TransferClient& client) {
  std::atomic<int> good{0};
  std::barrier start(callers);
  std::vector<std::jthread> threads;
  for (int index = 0; index < callers; ++index) {
    threads.emplace_back([&good, &start, client] {
      start.arrive_and_wait();
      if (client.task_list().http_status() == 200) ++good;
    });
  }
  threads.clear();
  return good;
}

boost::asio::awaitable<void> call_once(TransferClient client, std::atomic<int>* good) {
  TaskListOptions options;
  auto call = client.async().task_list(options);
  const IterableTransferResponse response = co_await std::move(call);
  if (response.http_status() == 200) ++*good;
}

/// The same from as many coroutines, on a pool of threads.
int call_async(const TransferClient& client) {
  std::atomic<int> good{0};
  boost::asio::thread_pool pool(4);
  for (int index = 0; index < callers; ++index) {
    boost::asio::co_spawn(pool, call_once(client, &good), boost::asio::detached);
  }
  pool.join();
  return good;
}

struct Renewal : testing::TestWithParam<bool> {
  int call(const TransferClient& client) const {
    return GetParam() ? call_async(client) : call_blocking(client);
  }
};
INSTANTIATE_TEST_SUITE_P(Mode, Renewal, testing::Values(false, true), [](const auto& parameter) {
  return parameter.param ? "Async" : "Blocking";
});

TEST_P(Renewal, OneExpiryIsOneTokenRequest) {
  SandboxWorld world;
  const TransferClient client = world.transfer_client(RefreshTokenAuthorizer(
      world.sandbox.value("TRANSFER_REFRESH_TOKEN"), world.login_client(),
      {.access_token = world.sandbox.value("TRANSFER_TOKEN"), .expires_at = now_seconds() - 1}));
  EXPECT_EQ(call(client), callers);
  EXPECT_EQ(world.count("/v2/oauth2/token"), 1);
  EXPECT_EQ(world.count("/task_list"), callers);
}

TEST_P(Renewal, SimultaneousUnauthorizedAnswersAreOneTokenRequest) {
  SandboxWorld world;
  const std::string token = world.sandbox.value("TRANSFER_TOKEN");
  world.sandbox.expire(token);
  const TransferClient client = world.transfer_client(
      RefreshTokenAuthorizer(world.sandbox.value("TRANSFER_REFRESH_TOKEN"), world.login_client(),
                             {.access_token = token, .expires_at = now_seconds() + 3600}));
  EXPECT_EQ(call(client), callers);
  EXPECT_EQ(world.count("/v2/oauth2/token"), 1);
}

TEST_P(Renewal, ARotatedRefreshTokenIsKept) {
  globus_sandbox::SandboxOptions options;
  options.rotate_refresh_tokens = true;
  SandboxWorld world(options);
  const RefreshTokenAuthorizer authorizer(world.sandbox.value("TRANSFER_REFRESH_TOKEN"),
                                          world.login_client());
  const TransferClient client = world.transfer_client(authorizer);
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(call(client), callers);
    world.sandbox.expire(*authorizer.access_token());
  }
  EXPECT_EQ(world.count("/v2/oauth2/token"), 3);
  EXPECT_NE(authorizer.refresh_token(), world.sandbox.value("TRANSFER_REFRESH_TOKEN"));
}

TEST_P(Renewal, ARefusedRefreshTokenReachesEveryone) {
  SandboxWorld world;
  world.sandbox.revoke(world.sandbox.value("TRANSFER_REFRESH_TOKEN"));
  const TransferClient client = world.transfer_client(
      RefreshTokenAuthorizer(world.sandbox.value("TRANSFER_REFRESH_TOKEN"), world.login_client()));
  for (int round = 0; round < 2; ++round) {
    try {
      if (GetParam()) {
        TaskListOptions options;
        globus_sdk_test::run_async(client.async().task_list(options));
      } else {
        client.task_list();
      }
      FAIL() << "no exception";
    } catch (const LoginRequiredError& error) {
      EXPECT_EQ(std::string(error.what()).find(world.sandbox.value("TRANSFER_REFRESH_TOKEN")),
                std::string::npos);
    }
  }
}

TEST_P(Renewal, ADeadlineHoldsWhileTheLoginServerIsSlow) {
  SandboxWorld world;
  globus_sandbox::Fault slow;
  slow.path = "/v2/oauth2/token$";
  slow.delay = 2;
  world.sandbox.add_fault(slow);
  const TransferClient client = world.transfer_client(
      RefreshTokenAuthorizer(world.sandbox.value("TRANSFER_REFRESH_TOKEN"), world.login_client()));
  const TransferClient hurried = client.with({.deadline = 200ms});
  const auto begun = std::chrono::steady_clock::now();
  if (GetParam()) {
    EXPECT_THROW(globus_sdk_test::run_async(hurried.async().get_task("x")), GlobusTimeoutError);
  } else {
    EXPECT_THROW(hurried.get_task("x"), GlobusTimeoutError);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 1500ms);
  // the renewal that was begun serves the next caller
  EXPECT_EQ(call(client), callers);
  EXPECT_EQ(world.count("/v2/oauth2/token"), 1);
}

TEST(Renewal, ANativeAppRenewsTheTokenThatTheSandboxGivesIt) {
  const SandboxWorld world;
  const RefreshTokenAuthorizer authorizer(world.sandbox.value("NATIVE_TRANSFER_REFRESH_TOKEN"),
                                          world.native_client());
  EXPECT_EQ(world.transfer_client(authorizer).task_list().http_status(), 200);
}

TEST(Renewal, ClientCredentials) {
  SandboxWorld world;
  const ClientCredentialsAuthorizer authorizer(world.login_client(),
                                               "urn:globus:auth:scope:transfer.api.globus.org:all");
  const TransferClient client = world.transfer_client(authorizer);
  EXPECT_EQ(client.task_list().http_status(), 200);
  EXPECT_EQ(client.task_list().http_status(), 200);
  EXPECT_EQ(world.count("/v2/oauth2/token"), 1);
}

/// A user's own authorizer, of plain blocking code: it blocks until the executor has had a turn.
class BlockingAuthorizer : public GlobusAuthorizer {
 public:
  explicit BlockingAuthorizer(std::string token) : token_(std::move(token)) {}

  std::string get_authorization_header(const CallLimits&) const override {
    ++shared_->calls;
    if (shared_->turn.wait_for(20s) != std::future_status::ready) ++shared_->missed;
    return "Bearer " + token_;
  }
  /// What the executor calls when it has a turn.
  void take_turn() const { shared_->gate.set_value(); }
  int calls() const { return shared_->calls; }
  /// Calls during which the executor had none.
  int missed() const { return shared_->missed; }

 private:
  struct Shared {
    std::promise<void> gate;
    std::shared_future<void> turn = gate.get_future().share();
    std::atomic<int> calls{0};
    std::atomic<int> missed{0};
  };
  std::string token_;
  std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
};

TEST(Renewal, AnAuthorizerOfOnesOwnNeverBlocksTheExecutor) {
  SandboxWorld world;
  const BlockingAuthorizer authorizer(world.sandbox.value("TRANSFER_TOKEN"));
  const TransferClient client = world.transfer_client(authorizer);
  std::atomic<int> good{0};
  boost::asio::io_context context;
  for (int index = 0; index < 100; ++index) {
    boost::asio::co_spawn(context, call_once(client, &good), boost::asio::detached);
  }
  boost::asio::post(context, [&authorizer] { authorizer.take_turn(); });
  context.run();
  EXPECT_EQ(good, 100);
  EXPECT_EQ(authorizer.missed(), 0);
  EXPECT_LT(authorizer.calls(), 20);  // those who wait share one answer
}

}  // namespace
}  // namespace globus_sdk
