// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <chrono>
#include <thread>
#include <vector>

#include "globus_sdk/auth/auth_client.hpp"
#include "globus_sdk/auth/confidential_app_auth_client.hpp"
#include "globus_sdk/auth/native_app_auth_client.hpp"
#include "globus_sdk/authorizers/client_credentials_authorizer.hpp"
#include "globus_sdk/authorizers/refresh_token_authorizer.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/literals.hpp"

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
    EXPECT_EQ(authorizer.get_authorization_header({}), "Bearer old");
  }
  EXPECT_EQ(renewals, 1);
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
