// SPDX-License-Identifier: Apache-2.0
// One pool, many users: what is renewed when, how many at once, and what becomes of failures. The
// token server is a function here; the sandbox's is in tests/sandbox/token_pool_test.cpp.
#include "globus_sdk/token_storage/token_pool.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <iostream>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "core/base/now_seconds.hpp"
#include "globus_sdk/authorizers/errors.hpp"
#include "globus_sdk/authorizers/finish_renewals.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/literals.hpp"
#include "globus_sdk/token_storage/errors.hpp"
#include "globus_sdk/token_storage/memory_token_storage.hpp"
#include "support/child_process.hpp"
#include "support/message_of.hpp"
#include "support/sanitized.hpp"

namespace globus_sdk {
namespace {

using detail::now_seconds;
using globus_sdk_test::start_child;
using globus_sdk_test::status_of;
using testing::HasSubstr;

constexpr const char* transfer = "transfer.api.globus.org";

GlobusHTTPResponse answer_with(int status, const std::string& body) {
  Answer answer;
  answer.status = status;
  answer.body = body;
  return GlobusHTTPResponse(answer);
}

/// A token server whose refresh tokens are good once: `USER/1` gives `USER/2`.
struct TokenServer {
  std::mutex mutex;
  std::condition_variable changed;
  std::map<std::string, int> redeemed;  // by user
  std::map<std::string, std::string> good;
  std::vector<std::string> stalled;  // users whose answers do not come
  int refused = 0;
  int under_way = 0;
  int most_under_way = 0;
  std::chrono::milliseconds takes{0};
  int expires_in = 3600;
  bool is_down = false;
  std::atomic<int> asked = 0;

  static std::string user_of(const std::string& token) { return token.substr(0, token.find('/')); }

  OAuthTokenResponse redeem(const std::string& token) {
    const std::string user = user_of(token);
    std::unique_lock lock(mutex);
    ++asked;
    most_under_way = std::max(most_under_way, ++under_way);
    changed.notify_all();
    if (takes.count() > 0) {
      lock.unlock();
      std::this_thread::sleep_for(takes);
      lock.lock();
    }
    changed.wait(lock, [&] { return std::ranges::find(stalled, user) == stalled.end(); });
    --under_way;
    if (is_down)
      throw GlobusConnectionError("the token server is down", "POST", "https://auth/token", true);
    if (good.contains(user) && good[user] != token) {
      ++refused;
      throw GlobusAPIError({.status = 400, .body = R"({"error": "invalid_grant"})"});
    }
    const int number = ++redeemed[user];
    good[user] = user + "/" + std::to_string(number + 1);
    return OAuthTokenResponse(
        answer_with(200, R"({"access_token": "access-)" + user + "-" + std::to_string(number) +
                             R"(", "refresh_token": ")" + good[user] + R"(", "expires_in": )" +
                             std::to_string(expires_in) + R"(, "resource_server": ")" + transfer +
                             R"(", "scope": "s", "token_type": "Bearer"})"));
  }
  void release() {
    const std::lock_guard lock(mutex);
    stalled.clear();
    changed.notify_all();
  }
  void await_asked(int number) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return asked >= number; });
  }
  int count(const std::string& user) {
    const std::lock_guard lock(mutex);
    return redeemed[user];
  }
};

/// A login client for it.
struct LoginClient {
  std::shared_ptr<TokenServer> server;
  OAuthTokenResponse oauth2_refresh_token(std::string_view token) const {
    return server->redeem(std::string(token));
  }
};

TokenStorageData stored_token(const std::string& user, std::int64_t expires_at) {
  TokenStorageData data;
  data.resource_server = transfer;
  data.scope = "s";
  data.access_token = "stored-" + user;
  data.refresh_token = user + "/1";
  data.expires_at_seconds = expires_at;
  return data;
}

std::string user_name(int number) {
  return "user-" + std::to_string(number);
}

struct TokenPoolTest : testing::Test {
  std::shared_ptr<TokenServer> server = std::make_shared<TokenServer>();
  MemoryTokenStorage storage;
  LoginClient client{server};

  void store(const std::string& user, std::int64_t expires_in) const {
    storage.in_namespace(user)->store_token_data_by_resource_server(
        {{transfer, stored_token(user, now_seconds() + expires_in)}});
  }
  TokenStorageData stored(const std::string& user) const {
    return storage.in_namespace(user)->get_token_data(transfer).value();
  }
  static std::string header(const TokenPool& pool, const std::string& user) {
    return pool.authorizer(user, transfer).get_authorization_header({});
  }
  /// Waits, with a generous bound.
  template <class Condition> static bool comes_true(Condition condition) {
    const auto end = std::chrono::steady_clock::now() + 60s;
    while (!condition()) {
      if (std::chrono::steady_clock::now() > end) return false;
      std::this_thread::sleep_for(2ms);
    }
    return true;
  }
  ~TokenPoolTest() override {
    server->release();
    finish_renewals(60s);
  }
};

TEST_F(TokenPoolTest, BadInputNamesTheParameterAndTheRemedy) {
  using globus_sdk_test::message_of;
  const auto with = [&](const TokenPoolOptions& options) {
    return message_of<GlobusSDKUsageError>([&] { TokenPool(storage, client, options); });
  };
  EXPECT_THAT(with({.renew_ahead = -1ms}), HasSubstr("renew_ahead must not be negative"));
  EXPECT_THAT(with({.max_renewals = 0}), HasSubstr("max_renewals must be 1 or more"));
  EXPECT_THAT(with({.max_renewals = 5000}), HasSubstr("max_renewals must be 1024 or less"));
  EXPECT_THAT(with({.max_cached_tokens = -5}), HasSubstr("max_cached_tokens must be 1 or more"));
  EXPECT_THAT(with({.lock_timeout = -1ms}), HasSubstr("lock_timeout"));
  const TokenPool pool(storage, client);
  const auto usage = [&](auto action) { return message_of<GlobusSDKUsageError>(action); };
  EXPECT_THAT(usage([&] { pool.authorizer("", transfer); }), HasSubstr("user_namespace"));
  EXPECT_THAT(usage([&] { pool.authorizer("u", ""); }), HasSubstr("resource_server"));
  EXPECT_THAT(usage([&] { pool.remove_user(""); }), HasSubstr("user_namespace"));
  const auto response = server->redeem("u/1");
  EXPECT_THAT(usage([&] { pool.store_token_response("", response); }), HasSubstr("user_namespace"));
  EXPECT_THAT(usage([&] { TokenPool(std::shared_ptr<MultiUserTokenStorage>(), client); }),
              HasSubstr("storage must not be null"));
}

TEST_F(TokenPoolTest, AStoredTokenThatIsGoodIsUsed) {
  store("ada", 3600);
  const TokenPool pool(storage, client);
  const auto authorizer = pool.authorizer("ada", transfer);
  EXPECT_EQ(pool.statistics().threads, 0U);
  EXPECT_FALSE(authorizer.try_get_authorization_header());
  EXPECT_EQ(authorizer.get_authorization_header({}), "Bearer stored-ada");
  EXPECT_EQ(authorizer.try_get_authorization_header(), "Bearer stored-ada");
  EXPECT_EQ(server->asked, 0);
}

TEST_F(TokenPoolTest, ManyThreadsAndUsersAreOneRenewalEach) {
  constexpr int users = 50;
  for (int user = 0; user < users; ++user) store(user_name(user), -1);
  const TokenPool pool(storage, client);
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 32; ++thread) {
      threads.emplace_back([&pool, thread] {
        for (int call = 0; call < users; ++call) {
          const std::string user = user_name((call + thread) % users);
          EXPECT_EQ(header(pool, user), "Bearer access-" + user + "-1");
        }
      });
    }
  }
  EXPECT_EQ(server->asked, users);
  EXPECT_EQ(server->refused, 0);
  EXPECT_EQ(pool.statistics().renewed, static_cast<std::uint64_t>(users));
  for (int user = 0; user < users; ++user) {
    EXPECT_EQ(stored(user_name(user)).refresh_token, user_name(user) + "/2");
  }
}

TEST_F(TokenPoolTest, ARestartRenewsAllStoredTokensAFewAtATime) {
  constexpr int users = 2000;
  for (int user = 0; user < users; ++user) store(user_name(user), -10);
  server->takes = 1ms;
  const TokenPool pool(storage, client, {.max_renewals = 4, .renew_stored = true});
  EXPECT_TRUE(comes_true([&] { return pool.statistics().renewed >= users; }));
  EXPECT_LE(server->most_under_way, 3) << "three quarters of them, as nobody waits";
  EXPECT_LE(pool.statistics().threads, 5U);
  EXPECT_EQ(server->asked, users);
  for (int user = 0; user < users; ++user) EXPECT_EQ(server->count(user_name(user)), 1);
}

TEST_F(TokenPoolTest, WhoComesBackAtOnceIsRenewedAFewAtATimeToo) {
  constexpr int users = 64;
  for (int user = 0; user < users; ++user) store(user_name(user), -10);
  server->takes = 2ms;
  const TokenPool pool(storage, client, {.max_renewals = 4});
  {
    std::vector<std::jthread> threads;
    for (int user = 0; user < users; ++user) {
      threads.emplace_back([&pool, user] { header(pool, user_name(user)); });
    }
  }
  EXPECT_LE(server->most_under_way, 4);
  EXPECT_EQ(server->asked, users);
}

TEST_F(TokenPoolTest, TokensThatNobodyUsesAreNotRenewed) {
  store("ada", -1);
  store("unused", -1);
  const TokenPool pool(storage, client);
  header(pool, "ada");
  EXPECT_EQ(server->count("unused"), 0);
  EXPECT_EQ(pool.statistics().cached_tokens, 1U);
}

TEST_F(TokenPoolTest, ACallGoesAheadOfRenewalsThatNobodyWaitsFor) {
  constexpr int users = 400;
  for (int user = 0; user < users; ++user) store(user_name(user), -users + user);
  server->takes = 5ms;
  const TokenPool pool(storage, client, {.max_renewals = 2, .renew_stored = true});
  server->await_asked(1);
  header(pool, user_name(users - 1));  // the last to expire
  const int asked = server->asked;
  EXPECT_LT(asked, users / 2);
}

TEST_F(TokenPoolTest, ATokenInUseIsRenewedAheadSoThatNobodyWaits) {
  store("ada", -1);
  server->expires_in = 3;
  std::mutex mutex;
  std::vector<TokenPoolEvent> events;
  const TokenPool pool(storage, client, {.on_event = [&](const TokenPoolEvent& event) {
                         const std::lock_guard lock(mutex);
                         events.push_back(event);
                       }});
  const auto authorizer = pool.authorizer("ada", transfer);
  EXPECT_EQ(authorizer.get_authorization_header({}), "Bearer access-ada-1");
  EXPECT_TRUE(comes_true(
      [&] { return authorizer.try_get_authorization_header() == "Bearer access-ada-2"; }));
  EXPECT_EQ(pool.statistics().waits, 1U);
  EXPECT_TRUE(comes_true([&] {
    const std::lock_guard lock(mutex);
    return events.size() >= 5;
  }));
  const std::lock_guard lock(mutex);
  const TokenPoolEvent& ahead = events[4];
  EXPECT_EQ(ahead.kind, TokenPoolEventKind::renewal_ended);
  EXPECT_EQ(ahead.namespace_, "ada");
  EXPECT_EQ(ahead.resource_server, transfer);
  EXPECT_EQ(ahead.outcome, TokenRenewalOutcome::renewed);
  EXPECT_TRUE(ahead.is_ahead_of_need);
  ASSERT_TRUE(ahead.token_age);
  EXPECT_GT(ahead.token_age->count(), 1000);
}

TEST_F(TokenPoolTest, ARefusedUserIsToldAndNoOtherOneNotices) {
  store("bad", -1);
  store("ada", -1);
  server->good["bad"] = "another";
  std::atomic<int> told{0};
  const TokenPool pool(storage, client, {.on_event = [&](const TokenPoolEvent& event) {
                         if (event.outcome == TokenRenewalOutcome::login_required) ++told;
                         throw std::runtime_error("the callback is broken");
                       }});
  for (int call = 0; call < 5; ++call) {
    EXPECT_THROW(header(pool, "bad"), LoginRequiredError);
  }
  EXPECT_EQ(server->asked, 1) << "what was refused is not sent again";
  EXPECT_GE(told, 1);
  EXPECT_EQ(header(pool, "ada"), "Bearer access-ada-1");
  // a new login, stored by somebody who does not know this pool
  auto data = stored_token("bad", now_seconds() + 3600);
  data.refresh_token = "another";
  storage.in_namespace("bad")->store_token_data_by_resource_server({{transfer, data}});
  EXPECT_EQ(header(pool, "bad"), "Bearer stored-bad");
}

TEST_F(TokenPoolTest, ANewLoginByThePoolIsUsedAtOnce) {
  store("ada", 3600);
  const TokenPool pool(storage, client);
  EXPECT_EQ(header(pool, "ada"), "Bearer stored-ada");
  pool.store_token_response("ada", server->redeem("ada/1"));
  EXPECT_EQ(header(pool, "ada"), "Bearer access-ada-1");
  EXPECT_EQ(pool.remove_user("ada"), 1U);
  EXPECT_THROW(header(pool, "ada"), LoginRequiredError);
  EXPECT_EQ(pool.remove_user("ada"), 0U);
}

TEST_F(TokenPoolTest, ARemovedUserIsNotStoredAgainByARenewalUnderWay) {
  store("ada", -1);
  server->stalled = {"ada"};
  const TokenPool pool(storage, client);
  std::jthread caller([&] { header(pool, "ada"); });
  server->await_asked(1);
  std::jthread releaser([&] {
    std::this_thread::sleep_for(20ms);
    server->release();
  });
  EXPECT_EQ(pool.remove_user("ada"), 1U);
  caller.join();
  EXPECT_THAT(storage.iter_namespaces(), testing::IsEmpty());
}

TEST_F(TokenPoolTest, AServerThatIsDownIsNotStormedAndGoodTokensAreUsed) {
  store("ada", -1);
  store("bob", 3600);
  server->is_down = true;
  const TokenPool pool(storage, client);
  EXPECT_THROW(header(pool, "ada"), GlobusConnectionError);
  for (int call = 0; call < 200; ++call) EXPECT_THROW(header(pool, "ada"), GlobusConnectionError);
  EXPECT_LE(server->asked, 3) << "between tries there are pauses";
  EXPECT_EQ(header(pool, "bob"), "Bearer stored-bob");
  server->is_down = false;
  EXPECT_TRUE(comes_true([&] {
    try {
      return header(pool, "ada") == "Bearer access-ada-1";
    } catch (const GlobusConnectionError&) {
      return false;
    }
  }));
}

TEST_F(TokenPoolTest, AUserWhoseAnswerDoesNotComeHoldsUpNobodyElse) {
  store("slow", -1);
  for (int user = 0; user < 50; ++user) store(user_name(user), -1);
  server->stalled = {"slow"};
  const TokenPool pool(storage, client, {.max_renewals = 2});
  const auto slow = pool.authorizer("slow", transfer);
  CallLimits limits;
  limits.deadline = std::chrono::steady_clock::now() + 50ms;
  EXPECT_THROW(slow.get_authorization_header(limits), GlobusTimeoutError);
  std::stop_source stop;
  stop.request_stop();
  CallLimits stopped;
  stopped.stop = stop.get_token();
  EXPECT_THROW(slow.get_authorization_header(stopped), CancelledError);
  EXPECT_FALSE(slow.try_get_authorization_header()) << "this never blocks";
  for (int user = 0; user < 50; ++user) header(pool, user_name(user));
  server->release();
  EXPECT_EQ(slow.get_authorization_header({}), "Bearer access-slow-1");
  EXPECT_EQ(server->count("slow"), 1) << "the deadline of a call does not end the renewal";
}

TEST_F(TokenPoolTest, AfterARefusalByAServiceThereIsOneNewToken) {
  store("ada", 3600);
  const TokenPool pool(storage, client);
  const auto authorizer = pool.authorizer("ada", transfer);
  const std::string first = authorizer.get_authorization_header({});
  EXPECT_TRUE(authorizer.handle_missing_authorization(first));
  EXPECT_FALSE(authorizer.try_get_authorization_header());
  const std::string second = authorizer.get_authorization_header({});
  EXPECT_EQ(second, "Bearer access-ada-1");
  EXPECT_TRUE(authorizer.handle_missing_authorization(first)) << "there is another one by now";
  EXPECT_EQ(authorizer.get_authorization_header({}), second);
  EXPECT_THAT(authorizer.explain_refusal(second), HasSubstr("the token is fresh"));
  EXPECT_FALSE(authorizer.handle_missing_authorization(second)) << "another one will hardly help";
  EXPECT_EQ(server->asked, 1);
}

TEST_F(TokenPoolTest, ATokenThatWasForgottenAndIsRefusedIsRenewed) {
  store("ada", 3600);
  store("bob", 3600);
  const TokenPool pool(storage, client, {.max_cached_tokens = 1});
  const std::string rejected = header(pool, "ada");
  header(pool, "bob");
  EXPECT_EQ(pool.statistics().cached_tokens, 1U);
  EXPECT_TRUE(pool.authorizer("ada", transfer).handle_missing_authorization(rejected));
  EXPECT_EQ(header(pool, "ada"), "Bearer access-ada-1");
}

TEST_F(TokenPoolTest, NoMoreTokensAreKeptThanAllowed) {
  for (int user = 0; user < 100; ++user) store(user_name(user), 3600);
  const TokenPool pool(storage, client, {.max_cached_tokens = 10});
  for (int user = 0; user < 100; ++user) header(pool, user_name(user));
  EXPECT_EQ(pool.statistics().cached_tokens, 10U);
  EXPECT_TRUE(pool.authorizer(user_name(99), transfer).try_get_authorization_header());
  EXPECT_FALSE(pool.authorizer(user_name(0), transfer).try_get_authorization_header());
}

/// A storage on a disk that is full while it is told to be.
class FullDisk final : public MultiUserTokenStorage {
 public:
  FullDisk(std::shared_ptr<const std::atomic<bool>> is_full,
           std::shared_ptr<const MultiUserTokenStorage> inner)
      : MultiUserTokenStorage(inner->namespace_()),
        is_full_(std::move(is_full)),
        inner_(std::move(inner)) {}

  void store_token_data_by_resource_server(
      const TokenStorageDataByResourceServer& data) const override {
    if (*is_full_ && !data.empty()) {
      throw TokenStorageError("tokens", "the disk is full");
    }
    inner_->store_token_data_by_resource_server(data);
  }
  TokenStorageDataByResourceServer get_token_data_by_resource_server() const override {
    return inner_->get_token_data_by_resource_server();
  }
  bool remove_token_data(Text resource_server) const override {
    return inner_->remove_token_data(resource_server);
  }
  std::shared_ptr<const MultiUserTokenStorage> in_namespace(Text namespace_) const override {
    return std::make_shared<FullDisk>(is_full_, inner_->in_namespace(namespace_));
  }
  std::vector<std::string> iter_namespaces(const NamespacePage& page) const override {
    return inner_->iter_namespaces(page);
  }
  std::size_t remove_namespace(Text namespace_) const override {
    return inner_->remove_namespace(namespace_);
  }
  std::vector<TokenExpiry> tokens_by_expiry(const ExpiryPage& page) const override {
    return inner_->tokens_by_expiry(page);
  }

 private:
  std::shared_ptr<const std::atomic<bool>> is_full_;
  std::shared_ptr<const MultiUserTokenStorage> inner_;
};

TEST_F(TokenPoolTest, WhatCouldNotBeStoredIsUsedAndStoredLater) {
  store("ada", -1);
  const auto is_full = std::make_shared<std::atomic<bool>>(true);
  const auto disk = std::make_shared<FullDisk>(is_full, storage.in_namespace("DEFAULT"));
  const TokenPool pool(disk, client);
  EXPECT_EQ(header(pool, "ada"), "Bearer access-ada-1");
  EXPECT_EQ(stored("ada").refresh_token, "ada/1");
  EXPECT_EQ(pool.statistics().not_stored, 1U);
  *is_full = false;
  EXPECT_TRUE(comes_true([&] { return stored("ada").refresh_token == "ada/2"; }));
  EXPECT_EQ(server->asked, 1);
}

TEST_F(TokenPoolTest, WhatCouldNotBeStoredIsStoredWhenThePoolGoes) {
  store("ada", -1);
  const auto is_full = std::make_shared<std::atomic<bool>>(true);
  {
    const TokenPool pool(std::make_shared<FullDisk>(is_full, storage.in_namespace("DEFAULT")),
                         client);
    header(pool, "ada");
    *is_full = false;
  }
  EXPECT_TRUE(comes_true([&] { return stored("ada").refresh_token == "ada/2"; }));
}

TEST_F(TokenPoolTest, APoolThatGoesInTheMiddleLosesNoAnswer) {
  store("ada", -1);
  server->stalled = {"ada"};
  {
    const TokenPool pool(storage, client, {.renew_stored = true});
    server->await_asked(1);
  }
  EXPECT_EQ(stored("ada").refresh_token, "ada/1");
  server->release();
  EXPECT_TRUE(finish_renewals(60s));
  EXPECT_EQ(stored("ada").refresh_token, "ada/2");
}

TEST_F(TokenPoolTest, AChildOfAForkHasAPoolOfItsOwn) {
  if (globus_sdk_test::is_thread_sanitized) GTEST_SKIP() << "no threads in a child of a fork";
  store("ada", -1);
  const TokenPool pool(storage, client);
  header(pool, "ada");
  store("bob", -1);
  const pid_t child = start_child([&] {
    if (header(pool, "bob") != "Bearer access-bob-1") throw std::runtime_error("no token");
    if (pool.statistics().renewed != 1) throw std::runtime_error("not a pool of its own");
  });
  EXPECT_EQ(status_of(child), 0);
  EXPECT_EQ(header(pool, "bob"), "Bearer access-bob-1");
}

TEST_F(TokenPoolTest, AnIdleUserCostsLessThanAKibibyteAndNoThread) {
  constexpr int users = 10'000;
  for (int user = 0; user < users; ++user) store(user_name(user), 172'800);
  const std::size_t before = mallinfo2().uordblks;
  const TokenPool pool(storage, client);
  std::vector<TokenPoolAuthorizer> authorizers;
  authorizers.reserve(users);
  for (int user = 0; user < users; ++user) {
    authorizers.push_back(pool.authorizer(user_name(user), transfer));
  }
  const std::size_t with_authorizers = mallinfo2().uordblks;
  for (const auto& authorizer : authorizers) authorizer.get_authorization_header({});
  EXPECT_TRUE(comes_true([&] { return pool.statistics().threads <= 1; })) << "it keeps the time";
  const std::size_t loaded = mallinfo2().uordblks;
  const auto per_user = [](std::size_t from, std::size_t to) {
    return (to - from) / static_cast<std::size_t>(users);
  };
  std::cout << "bytes a user: authorizer " << per_user(before, with_authorizers)
            << ", with its token in memory " << per_user(before, loaded) << '\n';
  EXPECT_EQ(pool.statistics().cached_tokens, static_cast<std::size_t>(users));
  if (!globus_sdk_test::is_sanitized) {
    EXPECT_LT(per_user(before, loaded), 1024U);
  }
}

}  // namespace
}  // namespace globus_sdk
