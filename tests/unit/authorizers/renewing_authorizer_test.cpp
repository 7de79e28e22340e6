// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <chrono>
#include <filesystem>
#include <iterator>
#include <thread>
#include <vector>

#include "globus_sdk/auth/auth_client.hpp"
#include "globus_sdk/auth/confidential_app_auth_client.hpp"
#include "globus_sdk/auth/errors.hpp"
#include "globus_sdk/auth/native_app_auth_client.hpp"
#include "globus_sdk/authorizers/client_credentials_authorizer.hpp"
#include "globus_sdk/authorizers/finish_renewals.hpp"
#include "globus_sdk/authorizers/refresh_token_authorizer.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/literals.hpp"
#include "support/no_more_threads.hpp"
#include "support/recording_server.hpp"

namespace globus_sdk {
namespace {

OAuthTokenResponse tokens(const std::string& access_token, int expires_in = 3600,
                          const std::string& more = "") {
  Answer answer;
  answer.status = 200;
  answer.body =
      R"({"access_token": ")" + access_token + R"(", "expires_in": )" + std::to_string(expires_in) +
      R"(, "resource_server": "transfer.api.globus.org", "scope": "s", "token_type": "Bearer")" +
      more + "}";
  return OAuthTokenResponse(GlobusHTTPResponse(answer));
}

std::int64_t now() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

/// Counts renewals; each gives a token of its own.
struct Issuer {
  std::atomic<int> renewals{0};
  std::chrono::milliseconds takes{0};
  int expires_in = 3600;

  RenewingAuthorizer::Renew renew() {
    return [this] {
      const int number = ++renewals;
      std::this_thread::sleep_for(takes);
      return tokens("token-" + std::to_string(number), expires_in);
    };
  }
};

template <class Work> void in_threads(int count, Work work) {
  std::barrier start(count);
  std::vector<std::jthread> threads;
  for (int index = 0; index < count; ++index) {
    threads.emplace_back([&start, work] {
      start.arrive_and_wait();
      work();
    });
  }
}

TEST(RenewingAuthorizer, SendsNothingWhenMade) {
  Issuer issuer;
  RenewingAuthorizer authorizer(issuer.renew());
  EXPECT_EQ(issuer.renewals, 0);
  EXPECT_EQ(authorizer.get_authorization_header({}), "Bearer token-1");
  EXPECT_EQ(authorizer.get_authorization_header({}), "Bearer token-1");
  EXPECT_EQ(issuer.renewals, 1);
}

TEST(RenewingAuthorizer, AnAccessTokenComesWithItsExpiry) {
  Issuer issuer;
  RenewingAuthorizerOptions options;
  options.access_token = "secret-token";
  try {
    RenewingAuthorizer authorizer(issuer.renew(), options);
    FAIL() << "no exception";
  } catch (const GlobusSDKUsageError& error) {
    EXPECT_NE(std::string(error.what()).find("expires_at"), std::string::npos);
    EXPECT_EQ(std::string(error.what()).find("secret-token"), std::string::npos);
  }
  options.access_token.reset();
  options.expires_at = 1;
  EXPECT_THROW(RenewingAuthorizer(issuer.renew(), options), GlobusSDKUsageError);
}

TEST(RenewingAuthorizer, UsesAFirstTokenWhileItIsGood) {
  Issuer issuer;
  RenewingAuthorizer authorizer(issuer.renew(),
                                {.access_token = "first", .expires_at = now() + 3600});
  EXPECT_EQ(authorizer.get_authorization_header({}), "Bearer first");
  EXPECT_EQ(issuer.renewals, 0);
}

TEST(RenewingAuthorizer, RenewsSixtySecondsBeforeTheExpiry) {
  Issuer issuer;
  RenewingAuthorizer early(issuer.renew(), {.access_token = "first", .expires_at = now() + 55});
  early.ensure_valid_token();
  EXPECT_EQ(early.get_authorization_header({}), "Bearer token-1");
  RenewingAuthorizer late(issuer.renew(), {.access_token = "first", .expires_at = now() + 90});
  EXPECT_EQ(late.get_authorization_header({}), "Bearer first");
}

TEST(RenewingAuthorizer, AShortLivedTokenIsNotRenewedAtOnce) {
  Issuer issuer;
  issuer.expires_in = 30;  // a tenth is 3 s: with 60 s it would be renewed for each call
  RenewingAuthorizer authorizer(issuer.renew());
  for (int call = 0; call < 5; ++call) authorizer.ensure_valid_token();
  EXPECT_EQ(issuer.renewals, 1);
}

TEST(RenewingAuthorizer, OneExpiryIsOneRenewalForSixtyFourThreads) {
  Issuer issuer;
  issuer.takes = std::chrono::milliseconds(50);
  RenewingAuthorizer authorizer(issuer.renew(), {.access_token = "old", .expires_at = now() - 1});
  in_threads(
      64, [authorizer] { EXPECT_EQ(authorizer.get_authorization_header({}), "Bearer token-1"); });
  EXPECT_EQ(issuer.renewals, 1);
}

TEST(RenewingAuthorizer, SixtyFourSimultaneous401sAreOneRenewal) {
  Issuer issuer;
  issuer.takes = std::chrono::milliseconds(20);
  RenewingAuthorizer authorizer(issuer.renew(),
                                {.access_token = "old", .expires_at = now() + 3600});
  in_threads(64, [authorizer] {
    EXPECT_TRUE(authorizer.handle_missing_authorization("Bearer old"));
    EXPECT_EQ(authorizer.get_authorization_header({}), "Bearer token-1");
  });
  EXPECT_EQ(issuer.renewals, 1);
}

TEST(RenewingAuthorizer, A401TakesOnlyItsOwnTokenOutOfUse) {
  Issuer issuer;
  RenewingAuthorizer authorizer(issuer.renew());
  authorizer.ensure_valid_token();
  EXPECT_TRUE(authorizer.handle_missing_authorization("Bearer some-older-one"));
  EXPECT_EQ(authorizer.get_authorization_header({}), "Bearer token-1");
  EXPECT_TRUE(authorizer.handle_missing_authorization("Bearer token-1"));
  EXPECT_EQ(authorizer.get_authorization_header({}), "Bearer token-2");
}

TEST(RenewingAuthorizer, OthersGoOnWithTheTokenThatIsStillGood) {
  std::atomic<bool> renewing{false};
  std::atomic<bool> release{false};
  RenewingAuthorizer authorizer(
      [&] {
        renewing = true;
        while (!release) std::this_thread::yield();
        return tokens("new");
      },
      {.access_token = "old", .expires_at = now() + 30});
  std::jthread renewer([&authorizer] { authorizer.ensure_valid_token(); });
  while (!renewing) std::this_thread::yield();
  EXPECT_EQ(authorizer.get_authorization_header({}), "Bearer old");
  EXPECT_EQ(authorizer.try_get_authorization_header(), "Bearer old");
  release = true;
  renewer.join();
  EXPECT_EQ(authorizer.get_authorization_header({}), "Bearer new");
}

TEST(RenewingAuthorizer, AFailedRenewalReachesEveryoneAndTheNextWorks) {
  std::atomic<int> renewals{0};
  std::atomic<int> arrived{0};
  std::atomic<bool> broken{true};
  RenewingAuthorizer authorizer([&]() -> OAuthTokenResponse {
    ++renewals;
    while (arrived < 8) std::this_thread::yield();
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    if (broken) throw GlobusConnectionError("down", "POST", "https://auth.example/");
    return tokens("good");
  });
  std::atomic<int> failures{0};
  in_threads(8, [&, authorizer] {
    ++arrived;
    try {
      authorizer.ensure_valid_token();
    } catch (const GlobusConnectionError&) {
      ++failures;
    }
  });
  EXPECT_EQ(failures, 8);
  EXPECT_LE(renewals, 2);  // a thread that came late may have begun the second
  broken = false;
  EXPECT_EQ(authorizer.get_authorization_header({}), "Bearer good");
}

TEST(RenewingAuthorizer, AFailedEarlyRenewalIsNobodysFailure) {
  int renewals = 0;
  RenewingAuthorizer authorizer(
      [&]() -> OAuthTokenResponse {
        ++renewals;
        throw GlobusConnectionError("down", "POST", "https://auth.example/");
      },
      {.access_token = "old", .expires_at = now() + 30});
  for (int call = 0; call < 5; ++call) {
    authorizer.ensure_valid_token();
    EXPECT_EQ(authorizer.get_authorization_header({}), "Bearer old");
  }
  EXPECT_EQ(renewals, 1);
}

/// Lets whoever waits go on when it goes.
class Gate {
 public:
  ~Gate() { open(); }
  void open() { open_ = true; }
  void wait() const {
    while (!open_) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }

 private:
  std::atomic<bool> open_{false};
};

CallLimits within(std::chrono::milliseconds time) {
  CallLimits limits;
  limits.deadline = std::chrono::steady_clock::now() + time;
  return limits;
}

TEST(RenewingAuthorizer, NobodyWaitsForAnEarlyRenewal) {
  Gate gate;
  std::atomic<int> renewals{0};
  const RenewingAuthorizer authorizer(
      [&] {
        ++renewals;
        gate.wait();
        return tokens("new");
      },
      {.access_token = "old", .expires_at = now() + 52});
  EXPECT_EQ(authorizer.get_authorization_header(within(std::chrono::seconds(3))), "Bearer old");
  EXPECT_EQ(authorizer.try_get_authorization_header(), "Bearer old");
  EXPECT_EQ(authorizer.get_authorization_header({}), "Bearer old");
  gate.open();
  while (authorizer.get_authorization_header({}) == "Bearer old") std::this_thread::yield();
  EXPECT_EQ(authorizer.get_authorization_header({}), "Bearer new");
  EXPECT_EQ(renewals, 1);
}

TEST(RenewingAuthorizer, WhatAnEarlyRenewalsCallbackThrowsReachesTheNextCall) {
  RenewingAuthorizerOptions options{.access_token = "old", .expires_at = now() + 30};
  options.on_refresh = [](const OAuthTokenResponse&) { throw std::runtime_error("disk full"); };
  const RenewingAuthorizer authorizer([] { return tokens("new"); }, options);
  std::string told;
  while (told.empty()) {
    try {
      static_cast<void>(authorizer.get_authorization_header({}));
    } catch (const std::runtime_error& error) {
      told = error.what();
    }
  }
  EXPECT_EQ(told, "disk full");
  EXPECT_EQ(authorizer.get_authorization_header({}), "Bearer new");
}

/// What a call in a renewal of the authorizer's own throws.
template <class Ask> std::string thrown_within_a_renewal(const CallLimits& outer, Ask ask) {
  std::shared_ptr<RenewingAuthorizer> self;
  std::string thrown;
  self = std::make_shared<RenewingAuthorizer>([&] {
    try {
      ask(*self);
    } catch (const GlobusSDKUsageError& error) {
      thrown = error.what();
    } catch (const GlobusError& error) {
      thrown = std::string("another error: ") + error.what();
    }
    return tokens("new");
  });
  EXPECT_EQ(self->get_authorization_header(outer), "Bearer new");
  return thrown;
}

TEST(RenewingAuthorizer, ARenewalThatAsksItsOwnAuthorizerIsAMistake) {
  const auto hurried = [](const RenewingAuthorizer& own) {
    static_cast<void>(own.get_authorization_header(within(std::chrono::milliseconds(500))));
  };
  const auto patient = [](const RenewingAuthorizer& own) {
    static_cast<void>(own.get_authorization_header({}));
  };
  const auto explicitly = [](const RenewingAuthorizer& own) { own.ensure_valid_token(); };
  for (const CallLimits& outer : {CallLimits{}, within(std::chrono::seconds(20))}) {
    for (const std::string& thrown :
         {thrown_within_a_renewal(outer, hurried), thrown_within_a_renewal(outer, patient),
          thrown_within_a_renewal(outer, explicitly)}) {
      EXPECT_EQ(thrown.rfind("this call is part of a login, or of the renewal", 0), 0U) << thrown;
    }
  }
}

TEST(RenewingAuthorizer, RenewalsThatNeedEachOtherAreAMistake) {
  std::atomic<int> renewing{0};
  std::atomic<int> mistakes{0};
  std::vector<std::shared_ptr<RenewingAuthorizer>> both(2);
  for (std::size_t own = 0; own < 2; ++own) {
    both[own] = std::make_shared<RenewingAuthorizer>([&, own] {
      ++renewing;
      while (renewing < 2) std::this_thread::yield();
      try {
        static_cast<void>(
            both[1 - own]->get_authorization_header(within(std::chrono::seconds(20))));
      } catch (const GlobusSDKUsageError&) {
        ++mistakes;
      }
      return tokens("new");
    });
  }
  std::jthread other([&] { both[1]->ensure_valid_token(); });
  both[0]->ensure_valid_token();
  other.join();
  EXPECT_EQ(mistakes, 1) << "the other one gets what it waits for";
}

TEST(RenewingAuthorizer, CallbacksComeOneAtATimeAndTheNewestLast) {
  Issuer issuer;
  std::atomic<int> at_once{0};
  std::atomic<bool> overlapped{false};
  std::atomic<bool> first_is_told{false};
  Gate gate;
  std::vector<std::string> disk;
  RenewingAuthorizerOptions options;
  options.on_refresh = [&](const OAuthTokenResponse& response) {
    if (++at_once > 1) overlapped = true;
    const auto token = response.by_resource_server().begin()->second.access_token;
    if (token == "token-1") {
      first_is_told = true;
      gate.wait();
    }
    if (!overlapped) disk.push_back(token);
    --at_once;
  };
  const RenewingAuthorizer authorizer(issuer.renew(), options);
  std::jthread first([&] { authorizer.ensure_valid_token(); });
  while (!first_is_told) std::this_thread::yield();
  EXPECT_TRUE(authorizer.handle_missing_authorization("Bearer token-1"));
  EXPECT_EQ(authorizer.get_authorization_header({}), "Bearer token-2");
  gate.open();
  first.join();
  EXPECT_FALSE(overlapped);
  EXPECT_EQ(disk, (std::vector<std::string>{"token-1", "token-2"}));
}

std::ptrdiff_t number_of_threads() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/task"), {});
}

/// Those that are idle would do what is to be done. Sanitizers have a thread of their own, so that
/// there may be one more.
void await_end_of_helper_threads() {
  const auto longest = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  while (number_of_threads() > 1 && std::chrono::steady_clock::now() < longest) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

TEST(RenewingAuthorizer, AThreadThatCannotBeStartedIsAnErrorAndNoMore) {
  Issuer issuer;
  const RenewingAuthorizer authorizer(issuer.renew());
  await_end_of_helper_threads();
  {
    const globus_sdk_test::NoMoreThreads none;
    for (int call = 0; call < 2; ++call) {
      try {
        static_cast<void>(authorizer.get_authorization_header(within(std::chrono::seconds(5))));
        ADD_FAILURE() << "a thread was started";
      } catch (const GlobusError& error) {
        EXPECT_NE(std::string(error.what()).find("no thread can be started"), std::string::npos)
            << error.what();
      }
    }
  }
  EXPECT_EQ(authorizer.get_authorization_header(within(std::chrono::seconds(5))), "Bearer token-1");
}

TEST(RenewingAuthorizer, AnEarlyRenewalWithoutAThreadIsNobodysFailure) {
  Issuer issuer;
  const RenewingAuthorizer authorizer(issuer.renew(),
                                      {.access_token = "old", .expires_at = now() + 30});
  await_end_of_helper_threads();
  {
    const globus_sdk_test::NoMoreThreads none;
    EXPECT_EQ(authorizer.get_authorization_header({}), "Bearer old");
    EXPECT_EQ(authorizer.try_get_authorization_header(), "Bearer old");
  }
  EXPECT_EQ(issuer.renewals, 0);
  EXPECT_TRUE(authorizer.handle_missing_authorization("Bearer old"));
  EXPECT_EQ(authorizer.get_authorization_header({}), "Bearer token-1");
}

TEST(RenewingAuthorizer, RenewalsUnderWayAreWaitedFor) {
  EXPECT_THROW(finish_renewals(std::chrono::milliseconds(-1)), GlobusSDKUsageError);
  Gate gate;
  std::atomic<bool> is_told{false};
  RenewingAuthorizerOptions options;
  options.on_refresh = [&](const OAuthTokenResponse&) {
    EXPECT_THROW(finish_renewals(std::chrono::milliseconds(0)), GlobusSDKUsageError);
    is_told = true;
  };
  const RenewingAuthorizer authorizer(
      [&] {
        EXPECT_THROW(finish_renewals(std::chrono::milliseconds(0)), GlobusSDKUsageError);
        gate.wait();
        return tokens("new");
      },
      options);
  EXPECT_THROW(static_cast<void>(
                   authorizer.get_authorization_header(within(std::chrono::milliseconds(100)))),
               GlobusTimeoutError);
  EXPECT_FALSE(finish_renewals(std::chrono::milliseconds(10)));
  gate.open();
  EXPECT_TRUE(finish_renewals(std::chrono::seconds(20)));
  EXPECT_TRUE(is_told);
  EXPECT_EQ(authorizer.get_authorization_header({}), "Bearer new");
  RenewingAuthorizer([] { return tokens("new"); }, options).ensure_valid_token();
}

TEST(RenewingAuthorizer, AServiceThatRefusesFreshTokensIsNotAskedWithOneAfterAnother) {
  Issuer issuer;
  const globus_sdk_test::RecordingServer server([](const globus_sdk_test::RecordedRequest&) {
    return globus_sdk_test::RecordedAnswer{401, "{}"};
  });
  ClientOptions options;
  options.base_url = server.url();
  const AuthClient client(RenewingAuthorizer(issuer.renew()), options);
  for (int call = 0; call < 20; ++call) {
    try {
      client.userinfo();
      ADD_FAILURE() << "401 is an error";
    } catch (const AuthAPIError& error) {
      EXPECT_EQ(error.http_status(), 401);
      EXPECT_NE(std::string(error.what()).find("the token is fresh"), std::string::npos)
          << error.what();
      EXPECT_EQ(std::string(error.what()).find("token-"), std::string::npos);
    }
  }
  EXPECT_LE(issuer.renewals, 5);
  EXPECT_LE(server.requests().size(), 24U);
}

TEST(RenewingAuthorizer, ManyRenewalsTakeFewThreads) {
  constexpr int users = 300;
  Gate gate;
  std::atomic<int> done{0};
  std::vector<RenewingAuthorizer> authorizers;
  for (int user = 0; user < users; ++user) {
    authorizers.emplace_back([&] {
      gate.wait();
      ++done;
      return tokens("new");
    });
  }
  const auto before = number_of_threads();
  for (const auto& authorizer : authorizers) {
    try {
      static_cast<void>(authorizer.get_authorization_header(within(std::chrono::milliseconds(1))));
    } catch (const GlobusTimeoutError&) {}
  }
  EXPECT_LE(number_of_threads() - before, 40);
  gate.open();
  while (done < users) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  for (const auto& authorizer : authorizers) {
    EXPECT_EQ(authorizer.get_authorization_header({}), "Bearer new");
  }
}

TEST(RenewingAuthorizer, ASlowRenewalHoldsUpNoOther) {
  Gate gate;
  std::vector<RenewingAuthorizer> slow;
  for (int user = 0; user < 8; ++user) {
    slow.emplace_back([&] {
      gate.wait();
      return tokens("new");
    });
    EXPECT_THROW(static_cast<void>(
                     slow.back().get_authorization_header(within(std::chrono::milliseconds(1)))),
                 GlobusTimeoutError);
  }
  const RenewingAuthorizer quick([] { return tokens("quick"); });
  EXPECT_EQ(quick.get_authorization_header(within(std::chrono::seconds(20))), "Bearer quick");
  gate.open();
  for (const auto& authorizer : slow) authorizer.ensure_valid_token();
}

/// Renewals that ask for other renewals, within limits, more of them than there are threads.
TEST(RenewingAuthorizer, RenewalsWithinRenewalsWaitForNoThread) {
  constexpr int users = 80;
  std::atomic<int> begun{0};
  std::vector<RenewingAuthorizer> inner;
  std::vector<RenewingAuthorizer> outer;
  for (int user = 0; user < users; ++user) {
    inner.emplace_back([] { return tokens("inner"); });
    outer.emplace_back([&, user] {
      ++begun;
      while (begun < 32) std::this_thread::yield();
      EXPECT_EQ(inner[static_cast<std::size_t>(user)].get_authorization_header(
                    within(std::chrono::seconds(20))),
                "Bearer inner");
      return tokens("outer");
    });
  }
  for (const auto& authorizer : outer) {
    try {
      static_cast<void>(authorizer.get_authorization_header(within(std::chrono::milliseconds(1))));
    } catch (const GlobusTimeoutError&) {}
  }
  for (const auto& authorizer : outer) authorizer.ensure_valid_token();
}

TEST(RenewingAuthorizer, OnRefreshRunsOnceOutsideAnyLock) {
  Issuer issuer;
  issuer.takes = std::chrono::milliseconds(20);
  std::atomic<int> told{0};
  std::shared_ptr<RenewingAuthorizer> self;
  RenewingAuthorizerOptions options;
  options.on_refresh = [&](const OAuthTokenResponse& response) {
    ++told;
    EXPECT_EQ(response.by_resource_server().at("transfer.api.globus.org").access_token, "token-1");
    EXPECT_EQ(self->get_authorization_header({}), "Bearer token-1");  // would hang under a lock
  };
  self = std::make_shared<RenewingAuthorizer>(issuer.renew(), options);
  in_threads(16, [&] { self->ensure_valid_token(); });
  EXPECT_EQ(told, 1);
  EXPECT_EQ(issuer.renewals, 1);
}

TEST(RenewingAuthorizer, WhatOnRefreshThrowsReachesTheOneWhoRenewed) {
  Issuer issuer;
  issuer.takes = std::chrono::milliseconds(50);
  RenewingAuthorizerOptions options;
  options.on_refresh = [](const OAuthTokenResponse&) { throw std::runtime_error("disk full"); };
  RenewingAuthorizer authorizer(issuer.renew(), options);
  std::atomic<int> failures{0};
  in_threads(8, [&, authorizer] {
    try {
      EXPECT_EQ(authorizer.get_authorization_header({}), "Bearer token-1");
    } catch (const std::runtime_error&) {
      ++failures;
    }
  });
  EXPECT_EQ(failures, 1);
  EXPECT_EQ(authorizer.get_authorization_header({}), "Bearer token-1");
  EXPECT_EQ(issuer.renewals, 1);
}

TEST(RenewingAuthorizer, AWaiterKeepsItsOwnDeadlineAndTheRenewalGoesOn) {
  std::atomic<bool> release{false};
  std::atomic<int> renewals{0};
  RenewingAuthorizer authorizer([&] {
    ++renewals;
    while (!release) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return tokens("new");
  });
  CallLimits limits;
  limits.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(50);
  EXPECT_THROW(static_cast<void>(authorizer.get_authorization_header(limits)), GlobusTimeoutError);
  std::stop_source source;
  std::jthread stopper([&source] {
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    source.request_stop();
  });
  EXPECT_THROW(static_cast<void>(authorizer.get_authorization_header({{}, source.get_token()})),
               CancelledError);
  release = true;
  EXPECT_EQ(authorizer.get_authorization_header({}), "Bearer new");
  EXPECT_EQ(renewals, 1);
}

TEST(RenewingAuthorizer, MoreThanOneResourceServerIsAnError) {
  RenewingAuthorizer authorizer([] {
    return tokens(
        "a", 3600,
        R"(, "other_tokens": [{"access_token": "b", "expires_in": 1, "resource_server": "x"}])");
  });
  EXPECT_THROW(authorizer.ensure_valid_token(), ValidationError);
}

/// A login client that rotates its refresh tokens.
struct RotatingClient {
  std::shared_ptr<std::vector<std::string>> redeemed = std::make_shared<std::vector<std::string>>();

  OAuthRefreshTokenResponse oauth2_refresh_token(std::string_view token) const {
    redeemed->emplace_back(token);
    const std::string number = std::to_string(redeemed->size());
    const OAuthTokenResponse response =
        tokens("access-" + number, 3600, R"(, "refresh_token": "refresh-)" + number + "\"");
    return OAuthRefreshTokenResponse(response);
  }
};

TEST(RefreshTokenAuthorizer, KeepsARotatedRefreshToken) {
  RotatingClient client;
  RefreshTokenAuthorizer authorizer("refresh-0", client);
  EXPECT_EQ(authorizer.get_authorization_header({}), "Bearer access-1");
  authorizer.handle_missing_authorization("Bearer access-1");
  EXPECT_EQ(authorizer.get_authorization_header({}), "Bearer access-2");
  EXPECT_EQ(*client.redeemed, (std::vector<std::string>{"refresh-0", "refresh-1"}));
  EXPECT_EQ(authorizer.refresh_token(), "refresh-2");
}

TEST(RefreshTokenAuthorizer, TakesLoginClientsOnly) {
  static_assert(std::is_constructible_v<RefreshTokenAuthorizer, const char*, NativeAppAuthClient>);
  static_assert(
      std::is_constructible_v<RefreshTokenAuthorizer, const char*, ConfidentialAppAuthClient>);
  static_assert(!std::is_constructible_v<RefreshTokenAuthorizer, const char*, AuthClient>);
  static_assert(!std::is_constructible_v<ClientCredentialsAuthorizer, AuthClient, const char*>);
  RotatingClient client;
  EXPECT_THROW(RefreshTokenAuthorizer("", client), GlobusSDKUsageError);
}

TEST(OAuthTokenResponse, IndexesTokens) {
  const OAuthTokenResponse response = tokens(
      "a", 100,
      R"(, "id_token": "x.y.z", "other_tokens": [{"access_token": "b", "expires_in": 200, "resource_server": "auth.globus.org", "scope": "openid profile", "refresh_token": "r", "token_type": "Bearer"}])");
  EXPECT_EQ(response.by_resource_server().size(), 2u);
  const TokenData& auth = response.by_resource_server().at("auth.globus.org");
  EXPECT_EQ(auth.access_token, "b");
  EXPECT_EQ(auth.refresh_token, "r");
  EXPECT_NEAR(static_cast<double>(auth.expires_at_seconds), static_cast<double>(now() + 200), 2);
  EXPECT_EQ(response.by_scopes()["profile openid"].access_token, "b");
  EXPECT_FALSE(response.by_scopes().contains("openid s"));
  EXPECT_EQ(response.id_token(), "x.y.z");
  std::ostringstream printed;
  printed << response;
  EXPECT_EQ(printed.str().find("x.y.z"), std::string::npos);
}

}  // namespace
}  // namespace globus_sdk
