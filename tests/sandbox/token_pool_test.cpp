// SPDX-License-Identifier: Apache-2.0
// A pool of many users' tokens against a server that rotates refresh tokens: one renewal an expiry,
// in both modes, in several processes, and a few at once after a restart.
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <thread>
#include <vector>

#include "globus_sdk/async.hpp"
#include "globus_sdk/core/literals.hpp"
#include "globus_sdk/token_storage/memory_token_storage.hpp"
#include "globus_sdk/token_storage/sqlite_token_storage.hpp"
#include "globus_sdk/token_storage/token_pool.hpp"
#include "support/browser.hpp"
#include "support/child_process.hpp"
#include "support/run_async.hpp"
#include "support/sandbox_world.hpp"
#include "support/scoped_folder.hpp"
#include "support/served_sandbox.hpp"

namespace globus_sdk {
namespace {

using globus_sdk_test::code_from;
using globus_sdk_test::now_seconds;
using globus_sdk_test::SandboxWorld;
using globus_sdk_test::ScopedFolder;
using globus_sdk_test::ServedSandbox;
using globus_sdk_test::start_child;
using globus_sdk_test::status_of;

constexpr const char* transfer = "transfer.api.globus.org";
constexpr const char* scope = "urn:globus:auth:scope:transfer.api.globus.org:all";

std::string user_name(int number) {
  return "user-" + std::to_string(number);
}

/// Users who have logged in, each in a namespace; their access tokens have expired since then.
struct TokenPoolWorld : testing::Test {
  SandboxWorld world{[] {
    globus_sandbox::SandboxOptions options;
    options.auto_consent = true;
    options.rotate_refresh_tokens = true;
    return options;
  }()};
  MemoryTokenStorage storage;

  void log_in(int users) const {
    for (int user = 0; user < users; ++user) {
      const auto client = world.native_client();
      client.oauth2_start_flow(scope, {.refresh_tokens = true});
      const auto tokens =
          client.oauth2_exchange_code_for_tokens(code_from(client.oauth2_get_authorize_url()));
      const auto mine = storage.in_namespace(user_name(user));
      mine->store_token_response(tokens);
      auto data = mine->get_token_data(transfer).value();
      data.expires_at_seconds = now_seconds() - 1;
      mine->store_token_data_by_resource_server({{transfer, data}});
    }
    logins = world.count("/v2/oauth2/token");
  }
  std::ptrdiff_t renewals() const { return world.count("/v2/oauth2/token") - logins; }
  TransferClient client_of(const TokenPool& pool, int user) const {
    return world.transfer_client(pool.authorizer(user_name(user), transfer));
  }

  mutable std::ptrdiff_t logins = 0;
};

TEST_F(TokenPoolWorld, ManyThreadsAndUsersAreOneRenewalAnExpiry) {
  constexpr int users = 20;
  log_in(users);
  const TokenPool pool(storage, world.native_client());
  for (int expiry = 1; expiry <= 3; ++expiry) {
    {
      std::vector<std::jthread> threads;
      for (int thread = 0; thread < 32; ++thread) {
        threads.emplace_back([&, thread] {
          for (int call = 0; call < users; ++call) {
            EXPECT_EQ(client_of(pool, (call + thread) % users).task_list().http_status(), 200);
          }
        });
      }
    }
    EXPECT_EQ(renewals(), users * expiry);
    for (int user = 0; user < users; ++user) {  // a 401, and not the clock, tells
      const auto stored = storage.in_namespace(user_name(user))->get_token_data(transfer);
      world.sandbox.expire(stored.value().access_token);
    }
  }
}

boost::asio::awaitable<int> call(TransferClient client) {
  auto listing = client.async().task_list();
  auto answer = co_await std::move(listing);
  co_return answer.http_status();
}

TEST_F(TokenPoolWorld, ARenewalHoldsUpNoExecutor) {
  log_in(2);
  const TokenPool pool(storage, world.native_client());
  EXPECT_EQ(client_of(pool, 1).task_list().http_status(), 200);
  world.sandbox.add_fault({.method = "POST", .path = "/v2/oauth2/token", .delay = 0.5});
  boost::asio::io_context executor;
  std::vector<std::string> order;
  const auto note = [&order](const std::string& who) {
    return [&order, who](std::exception_ptr failure, int status) {
      EXPECT_FALSE(failure);
      EXPECT_EQ(status, 200);
      order.push_back(who);
    };
  };
  boost::asio::co_spawn(executor, call(client_of(pool, 0)), note("renewed"));
  boost::asio::co_spawn(executor, call(client_of(pool, 1)), note("at hand"));
  executor.run();
  EXPECT_EQ(order, (std::vector<std::string>{"at hand", "renewed"}));
  EXPECT_EQ(renewals(), 2);
}

TEST_F(TokenPoolWorld, ARestartRenewsAFewAtATime) {
  constexpr int users = 200;
  log_in(users);
  const TokenPool pool(storage, world.native_client(), {.max_renewals = 4, .renew_stored = true});
  const auto end = std::chrono::steady_clock::now() + 60s;
  while (pool.statistics().renewed < users && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(2ms);
  }
  EXPECT_EQ(pool.statistics().renewed, static_cast<std::uint64_t>(users));
  EXPECT_LE(pool.statistics().most_under_way, 4U);
  EXPECT_EQ(renewals(), users);
  EXPECT_EQ(client_of(pool, users - 1).task_list().http_status(), 200);
  EXPECT_EQ(renewals(), users) << "nobody had to wait for one more";
}

TEST_F(TokenPoolWorld, AServerThatIsDownLogsNobodyOut) {
  log_in(3);
  const TokenPool pool(storage, world.native_client());
  world.sandbox.add_fault({.method = "POST",
                           .path = "/v2/oauth2/token",
                           .count = 1000,
                           .status = 503,
                           .headers = {{"Retry-After", "100"}}});
  EXPECT_THROW(client_of(pool, 0).task_list(), AuthAPIError);
  const auto asked = renewals();
  for (int again = 0; again < 20; ++again) {
    EXPECT_THROW(client_of(pool, 0).task_list(), AuthAPIError);
  }
  EXPECT_EQ(renewals(), asked) << "it asked for a pause";
  world.sandbox.clear_faults();
  EXPECT_EQ(client_of(pool, 1).task_list().http_status(), 200) << "another user is not put off";
}

TEST(TokenPoolProcesses, ShareOneRenewalAnExpiry) {
  const ServedSandbox world({"--rotate-refresh-tokens"});
  const ScopedFolder folder;
  const SQLiteTokenStorage storage((folder.path / "tokens.db").string());
  const auto ada = storage.in_namespace("ada");
  TokenStorageData data;
  data.resource_server = transfer;
  data.scope = scope;
  data.access_token = world.value("TRANSFER_TOKEN");
  data.refresh_token = world.value("TRANSFER_REFRESH_TOKEN");
  data.expires_at_seconds = now_seconds() - 1;
  ada->store_token_data_by_resource_server({{transfer, data}});
  for (int expiry = 1; expiry <= 3; ++expiry) {
    std::vector<pid_t> children;
    for (int process = 0; process < 4; ++process) {
      children.push_back(start_child([&] {
        const TokenPool pool(storage, world.login_client(), {.renew_stored = true});
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread) {
          threads.emplace_back([&] {
            EXPECT_EQ(
                world.transfer_client(pool.authorizer("ada", transfer)).task_list().http_status(),
                200);
          });
        }
        threads.clear();
        if (testing::Test::HasFailure()) throw std::runtime_error("a call failed");
      }));
    }
    for (const pid_t child : children) EXPECT_EQ(status_of(child), 0);
    EXPECT_EQ(world.count("/v2/oauth2/token"), expiry);
    world.expire(ada->get_token_data(transfer).value().access_token);
  }
}

}  // namespace
}  // namespace globus_sdk
