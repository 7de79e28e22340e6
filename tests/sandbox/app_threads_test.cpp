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
#include <mutex>
#include <thread>
#include <vector>

#include "globus_sdk/async.hpp"
#include "globus_sdk/auth/auth_client.hpp"
#include "globus_sdk/core/literals.hpp"
#include "globus_sdk/token_storage/memory_token_storage.hpp"
#include "sandbox/app_world.hpp"
#include "support/run_async.hpp"

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

/// What a call of the app's own throws within a login that others wait for.
struct CallWithinALogin : testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(AppThreads, CallWithinALogin,
                         testing::Values("unlimited", "deadline", "async", "async_with_deadline"),
                         [](const auto& parameter) { return std::string(parameter.param); });

TEST_P(CallWithinALogin, IsAMistakeAtOnce) {
  const std::string kind = GetParam();
  AppWorld world;
  const UserApp app = world.user_app();
  const TransferClient client = world.transfer_of(app);
  const TransferClient hurried = client.with({.deadline = std::chrono::seconds(2)});
  std::string thrown;
  std::atomic<bool> is_inside{false};
  world.login.before_login([&] {
    is_inside = true;
    // the others have begun to wait
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    try {
      if (kind == "unlimited") client.task_list();
      if (kind == "deadline") hurried.task_list();
      if (kind == "async") globus_sdk_test::run_async(client.async().get_task("x"));
      if (kind == "async_with_deadline") globus_sdk_test::run_async(hurried.async().get_task("x"));
      thrown = "nothing";
    } catch (const GlobusSDKUsageError&) {
      thrown = "usage error";
    } catch (const GlobusError& error) {
      thrown = error.what();
    }
  });
  std::atomic<int> good{0};
  std::jthread other([&] {
    while (!is_inside) std::this_thread::yield();
    const auto patient = client.with({.deadline = std::chrono::seconds(30)});
    if (patient.task_list().http_status() == 200) ++good;
  });
  app.login();
  other.join();
  EXPECT_EQ(thrown, "usage error");
  EXPECT_EQ(good, 1);
  EXPECT_EQ(world.login.logins(), 1U);
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

/// A storage without locks, which takes its time to store, once for each time it is told to.
class SlowStorage final : public TokenStorage {
 public:
  void store_token_data_by_resource_server(
      const TokenStorageDataByResourceServer& data) const override {
    for (const auto& [resource_server, token] : data) {
      const std::lock_guard lock(shared_->mutex);
      if (token.refresh_token) shared_->refresh_tokens.push_back(*token.refresh_token);
    }
    if (!data.empty() && shared_->is_slow.exchange(false)) {
      shared_->is_storing = true;
      std::this_thread::sleep_for(std::chrono::milliseconds(300));
    }
    inner_.store_token_data_by_resource_server(data);
  }
  TokenStorageDataByResourceServer get_token_data_by_resource_server() const override {
    return inner_.get_token_data_by_resource_server();
  }
  bool remove_token_data(Text resource_server) const override {
    return inner_.remove_token_data(resource_server);
  }

  void be_slow() const { shared_->is_slow = true; }
  void await_store() const {
    while (!shared_->is_storing) std::this_thread::yield();
  }
  /// That was ever stored.
  std::vector<std::string> refresh_tokens() const {
    const std::lock_guard lock(shared_->mutex);
    return shared_->refresh_tokens;
  }

 private:
  struct Shared {
    std::atomic<bool> is_slow{false};
    std::atomic<bool> is_storing{false};
    std::mutex mutex;
    std::vector<std::string> refresh_tokens;
  };
  MemoryTokenStorage inner_;
  std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
};

/// An app whose token for Transfer is being renewed: what came is about to be stored.
struct AppThatRenews {
  AppThatRenews() {
    client.task_list();
    world.sandbox.expire(
        storage.get_token_data(std::string(TransferScopes.resource_server))->access_token);
    storage.be_slow();
    caller = std::jthread([this] {
      try {
        client.with({.deadline = std::chrono::seconds(20)}).task_list();
      } catch (const GlobusError&) {  // what it gets may be revoked before it is used
      }
    });
    storage.await_store();
  }

  AppWorld world{globus_sandbox::SandboxOptions{.rotate_refresh_tokens = true}};
  SlowStorage storage;
  UserApp app = world.user_app({.token_storage = storage, .request_refresh_tokens = true});
  TransferClient client = world.transfer_of(app);
  std::jthread caller;
};

TEST(AppThreads, ALogoutDuringARenewalLeavesNothing) {
  AppThatRenews renewing;
  renewing.app.logout();
  renewing.caller.join();
  EXPECT_TRUE(renewing.storage.get_token_data_by_resource_server().empty());
  EXPECT_EQ(renewing.world.login.logins(), 1U)
      << "a call that came before the logout asks nobody to log in again";
  for (const std::string& token : renewing.storage.refresh_tokens()) {
    EXPECT_THROW(renewing.world.native_client().oauth2_refresh_token(token), AuthAPIError);
  }
  EXPECT_EQ(renewing.client.task_list().http_status(), 200) << "and a later one does";
}

TEST(AppThreads, ALogoutDuringARenewalOfAServiceLeavesNothing) {
  AppWorld world;
  const SlowStorage storage;
  const ClientApp app = world.client_app({.token_storage = storage});
  const TransferClient client = world.transfer_of(app);
  client.task_list();
  const std::string resource_server(TransferScopes.resource_server);
  world.sandbox.expire(storage.get_token_data(resource_server)->access_token);
  storage.be_slow();
  std::jthread caller([&] {
    try {
      client.task_list();
    } catch (const GlobusError&) {  // what it got is revoked
    }
  });
  storage.await_store();
  app.logout();
  caller.join();
  EXPECT_TRUE(storage.get_token_data_by_resource_server().empty());
  EXPECT_EQ(client.task_list().http_status(), 200) << "the next call gets a token as the first did";
}

TEST(AppThreads, ARenewalStoresNothingOverANewLogin) {
  AppThatRenews renewing;
  renewing.app.login({.force = true});
  renewing.caller.join();
  const auto stored = renewing.storage.get_token_data_by_resource_server();
  std::vector<std::string> newest = renewing.storage.refresh_tokens();
  for (const auto& [resource_server, token] : stored) {
    EXPECT_THAT(std::vector<std::string>(newest.end() - static_cast<std::ptrdiff_t>(stored.size()),
                                         newest.end()),
                testing::Contains(*token.refresh_token))
        << resource_server;
  }
}

}  // namespace
}  // namespace globus_sdk
