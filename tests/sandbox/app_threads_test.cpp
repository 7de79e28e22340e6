// SPDX-License-Identifier: Apache-2.0
// An app that many threads, and calls with deadlines, use at once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <thread>
#include <vector>

#include "globus_sdk/async.hpp"
#include "globus_sdk/auth/auth_client.hpp"
#include "globus_sdk/core/literals.hpp"
#include "globus_sdk/token_storage/memory_token_storage.hpp"
#include "sandbox/app_world.hpp"

namespace globus_sdk {
namespace {

using globus_sdk_test::AppWorld;

constexpr int threads = 32;

/// Runs something in many threads at once; returns how often it went well.
template <class Action> int in_threads(Action action) {
  std::atomic<int> good{0};
  std::barrier start(threads);
  {
    std::vector<std::jthread> all;
    for (int thread = 0; thread < threads; ++thread) {
      all.emplace_back([&] {
        start.arrive_and_wait();
        try {
          action();
          ++good;
        } catch (const GlobusError&) {}
      });
    }
  }
  return good;
}

TEST(AppThreads, OneLoginIsForAll) {
  AppWorld world;
  const UserApp app = world.user_app();
  world.login.before_login([] { std::this_thread::sleep_for(std::chrono::milliseconds(50)); });
  const TransferClient transfer = world.transfer_of(app);
  const AuthClient auth(app, world.options("auth"));
  std::atomic<int> number{0};
  EXPECT_EQ(in_threads([&] {
              if (number++ % 2 == 0) {
                transfer.task_list();
              } else {
                auth.userinfo();
              }
            }),
            threads);
  EXPECT_EQ(world.login.logins(), 1U);
}

TEST(AppThreads, ALoginThatFailsFailsForAllWhoWaited) {
  AppWorld world;
  const UserApp app = world.user_app();
  const TransferClient client = world.transfer_of(app);
  std::atomic<int> waiting{0};
  world.login.before_login([&] {
    while (waiting < threads) std::this_thread::yield();
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    throw LoginFlowError("nobody is at home");
  });
  EXPECT_EQ(in_threads([&] {
              ++waiting;
              client.task_list();
            }),
            0);
  EXPECT_EQ(world.login.logins(), 1U) << "not one for each";
  world.login.before_login({});
  EXPECT_EQ(client.task_list().http_status(), 200) << "and the app is as good as before";
}

TEST(AppThreads, ARefusedRefreshTokenIsOneLogin) {
  AppWorld world;
  const UserApp app = world.user_app({.request_refresh_tokens = true});
  const TransferClient client = world.transfer_of(app);
  client.task_list();
  const auto data = app.token_storage().token_storage()->get_token_data(
      std::string(TransferScopes.resource_server));
  world.sandbox.revoke(*data->refresh_token);
  world.sandbox.expire(data->access_token);
  EXPECT_EQ(in_threads([&] { client.task_list(); }), threads);
  EXPECT_EQ(world.login.logins(), 2U);
}

TEST(AppThreads, ExplicitLoginsTakeTurns) {
  AppWorld world;
  const UserApp app = world.user_app();
  std::atomic<int> at_once{0};
  std::atomic<bool> overlapped{false};
  world.login.before_login([&] {
    if (++at_once > 1) overlapped = true;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    --at_once;
  });
  EXPECT_EQ(in_threads([&] { app.login(); }), threads);
  EXPECT_EQ(world.login.logins(), 1U) << "who waited finds that no login is required any more";
  EXPECT_EQ(in_threads([&] { app.login({.force = true}); }), threads);
  EXPECT_EQ(world.login.logins(), 1U + threads);
  EXPECT_FALSE(overlapped);
}

TEST(AppThreads, ACallWaitsForALoginToItsOwnDeadline) {
  AppWorld world;
  const UserApp app = world.user_app();
  std::atomic<bool> at_home{false};
  world.login.before_login([&] {
    while (!at_home) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  });
  const TransferClient client = world.transfer_of(app);
  const auto hurried = client.with({.deadline = std::chrono::milliseconds(50)});
  EXPECT_THROW(hurried.task_list(), GlobusTimeoutError);
  std::stop_source stop;
  std::jthread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    stop.request_stop();
  });
  EXPECT_THROW(client.with({.stop = stop.get_token()}).task_list(), CancelledError);
  at_home = true;
  EXPECT_EQ(client.task_list().http_status(), 200);
  EXPECT_EQ(world.login.logins(), 1U) << "the login went on for who came later";
}

boost::asio::awaitable<void> call_once(TransferClient client, int* good) {
  TaskListOptions options;
  auto call = client.async().task_list(options);
  const auto response = co_await std::move(call);
  if (response.http_status() == 200) ++*good;
}

TEST(AppThreads, ALoginHoldsUpNoExecutor) {
  AppWorld world;
  const UserApp app = world.user_app();
  std::atomic<bool> ticked{false};
  world.login.before_login([&] {
    while (!ticked) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  });
  const TransferClient client = world.transfer_of(app);
  boost::asio::io_context context;
  int good = 0;
  for (int call = 0; call < threads; ++call) {
    boost::asio::co_spawn(context, call_once(client, &good), boost::asio::detached);
  }
  boost::asio::steady_timer tick(context, std::chrono::milliseconds(20));
  tick.async_wait([&](const auto&) { ticked = true; });
  context.run();
  EXPECT_EQ(good, threads);
  EXPECT_EQ(world.login.logins(), 1U);
}

}  // namespace
}  // namespace globus_sdk
