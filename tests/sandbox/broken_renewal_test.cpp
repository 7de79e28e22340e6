// SPDX-License-Identifier: Apache-2.0
// A token endpoint that fails while a refresh token is redeemed: nobody can tell whether it was
// spent, and it is redeemed once more.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "globus_sdk/authorizers/client_credentials_authorizer.hpp"
#include "globus_sdk/authorizers/errors.hpp"
#include "globus_sdk/authorizers/refresh_token_authorizer.hpp"
#include "globus_sdk/token_storage/memory_token_storage.hpp"
#include "globus_sdk/token_storage/stored_token_authorizer.hpp"
#include "support/sandbox_world.hpp"
#include "token_storage/stored_tokens.hpp"

namespace globus_sdk {
namespace {

using globus_sandbox::SandboxOptions;
using globus_sdk_test::SandboxWorld;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* transfer = "transfer.api.globus.org";
constexpr const char* token_path = "/v2/oauth2/token$";

/// How an authorizer comes by its refresh token.
enum class Kind { alone, stored };

struct World : SandboxWorld {
  explicit World(Kind kind, const SandboxOptions& options = {}) : SandboxWorld(options) {
    TokenStorageData data = stored_token(transfer);
    data.scope = "urn:globus:auth:scope:transfer.api.globus.org:all";
    data.refresh_token = sandbox.value("TRANSFER_REFRESH_TOKEN");
    data.expires_at_seconds = 1;
    storage.store_token_data_by_resource_server({{transfer, data}});
    if (kind == Kind::alone) {
      authorizer =
          std::make_shared<const RefreshTokenAuthorizer>(*data.refresh_token, login_client());
    } else {
      authorizer = std::make_shared<const StoredTokenAuthorizer>(storage, transfer, login_client());
    }
  }
  int call() const { return transfer_client(authorizer).task_list().http_status(); }

  MemoryTokenStorage storage{};
  std::shared_ptr<const GlobusAuthorizer> authorizer{};
};

class BrokenRenewal : public testing::TestWithParam<Kind> {};
INSTANTIATE_TEST_SUITE_P(Sandbox, BrokenRenewal, testing::Values(Kind::alone, Kind::stored),
                         [](const auto& parameter) {
                           return parameter.param == Kind::alone ? "Alone" : "Stored";
                         });

SandboxOptions rotating(std::chrono::seconds grace = std::chrono::seconds(0)) {
  SandboxOptions options;
  options.rotate_refresh_tokens = true;
  options.refresh_token_grace = grace;
  return options;
}

TEST_P(BrokenRenewal, OneAnswerOfAServerInTroubleIsNobodysFailure) {
  for (const SandboxOptions& options : {SandboxOptions(), rotating()}) {
    World world(GetParam(), options);
    int requests = 0;
    for (const int status : {500, 502, 503, 504}) {
      world.sandbox.add_fault({.path = token_path, .status = status});
      EXPECT_EQ(world.call(), 200) << status;
      EXPECT_EQ(world.count("/v2/oauth2/token"), requests += 2) << status;
      world.authorizer->handle_missing_authorization(
          world.authorizer->get_authorization_header({}));
    }
  }
}

TEST_P(BrokenRenewal, AConnectionThatBreaksOffIsNobodysFailure) {
  for (const SandboxOptions& options : {SandboxOptions(), rotating()}) {
    World world(GetParam(), options);
    world.sandbox.add_fault({.path = token_path, .drop_before = true});
    EXPECT_EQ(world.call(), 200);
    EXPECT_EQ(world.count("/v2/oauth2/token"), 2);
  }
}

TEST_P(BrokenRenewal, AnAnswerThatIsLostIsNobodysFailureWhereTheTokenIsGoodAgain) {
  for (const SandboxOptions& options : {SandboxOptions(), rotating(std::chrono::seconds(60))}) {
    World world(GetParam(), options);
    world.sandbox.add_fault({.path = token_path, .drop_after = true});
    EXPECT_EQ(world.call(), 200);
    EXPECT_EQ(world.count("/v2/oauth2/token"), 2);
  }
}

TEST_P(BrokenRenewal, AnAnswerThatNobodyCanReadIsAsGoodAsLost) {
  for (const char* body :
       {"", "<html>Please log in to this network</html>",
        R"({"access_token": "the-next-one-was-cut-)", R"({"token_type": "x"})"}) {
    World world(GetParam(), rotating());
    world.sandbox.add_fault({.path = token_path, .status = 200, .body = body});
    EXPECT_EQ(world.call(), 200) << body;
    EXPECT_EQ(world.count("/v2/oauth2/token"), 2) << body;
  }
}

TEST_P(BrokenRenewal, AnAnswerThatIsLostWithTheOnlyTokenTakesALogin) {
  World world(GetParam(), rotating());
  world.sandbox.add_fault({.path = token_path, .drop_after = true});
  EXPECT_THROW(world.call(), LoginRequiredError);
  EXPECT_EQ(world.count("/v2/oauth2/token"), 2);
}

TEST_P(BrokenRenewal, ThereIsOneRepeat) {
  World world(GetParam());
  world.sandbox.add_fault({.path = token_path, .count = 2, .status = 502});
  try {
    world.call();
    FAIL() << "no exception";
  } catch (const AuthAPIError& error) {
    EXPECT_EQ(error.http_status(), 502);
  }
  EXPECT_EQ(world.count("/v2/oauth2/token"), 2);
  EXPECT_EQ(world.call(), 200) << "the next call tries again";
}

TEST_P(BrokenRenewal, OtherErrorsAreNotRepeated) {
  World world(GetParam());
  world.sandbox.add_fault(
      {.path = token_path, .status = 400, .body = R"({"error": "invalid_request"})"});
  EXPECT_THROW(world.call(), AuthAPIError);
  EXPECT_EQ(world.count("/v2/oauth2/token"), 1);
}

TEST_P(BrokenRenewal, ARefusedRefreshTokenIsALoginThatIsRequired) {
  World world(GetParam());
  const std::string token = world.sandbox.value("TRANSFER_REFRESH_TOKEN");
  world.sandbox.revoke(token);
  try {
    world.call();
    FAIL() << "no exception";
  } catch (const LoginRequiredError& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr("login required"), HasSubstr("refuses"),
                                    HasSubstr("log in again"), Not(HasSubstr(token))));
  }
  EXPECT_EQ(world.count("/v2/oauth2/token"), 1);
}

/// A login client whose first answer is lost, while somebody else who uses the storage renews.
struct Overtaken {
  OAuthRefreshTokenResponse oauth2_refresh_token(std::string_view token) const {
    redeemed->emplace_back(token);
    if (redeemed->size() == 1) {
      meanwhile();
      throw GlobusConnectionError("the connection broke", "POST", "https://auth.example/token");
    }
    return OAuthRefreshTokenResponse(
        token_answer(Json::parse(R"({"access_token": "ours", "resource_server": "r"})")));
  }

  std::function<void()> meanwhile;
  std::shared_ptr<std::vector<std::string>> redeemed = std::make_shared<std::vector<std::string>>();
};

TEST(OvertakenRenewal, TheStoreIsReadAgainBeforeTheRepeat) {
  const MemoryTokenStorage storage;
  TokenStorageData data = stored_token("r");
  data.expires_at_seconds = 1;
  storage.store_token_data_by_resource_server({{"r", data}});
  TokenStorageData theirs = stored_token("r", "second");
  const Overtaken client{[&] { storage.store_token_data_by_resource_server({{"r", theirs}}); }};
  const StoredTokenAuthorizer authorizer(storage, "r", client);
  EXPECT_EQ(authorizer.get_authorization_header({}), "Bearer " + theirs.access_token);
  EXPECT_EQ(client.redeemed->size(), 1U) << "theirs is good: nothing is redeemed again";
}

TEST(OvertakenRenewal, TheRepeatIsWithTheRefreshTokenThatIsStoredByThen) {
  const MemoryTokenStorage storage;
  TokenStorageData data = stored_token("r");
  data.expires_at_seconds = 1;
  storage.store_token_data_by_resource_server({{"r", data}});
  TokenStorageData theirs = data;
  theirs.refresh_token = "their-next";
  const Overtaken client{[&] { storage.store_token_data_by_resource_server({{"r", theirs}}); }};
  const StoredTokenAuthorizer authorizer(storage, "r", client);
  EXPECT_EQ(authorizer.get_authorization_header({}), "Bearer ours");
  EXPECT_EQ(*client.redeemed, (std::vector<std::string>{*data.refresh_token, "their-next"}));
}

TEST(OvertakenRenewal, WhatWasNeverSentIsLeftToTheRetryPolicy) {
  auto redeemed = std::make_shared<int>(0);
  struct Unreachable {
    OAuthRefreshTokenResponse oauth2_refresh_token(std::string_view) const {
      ++*redeemed;
      throw GlobusConnectionError("refused", "POST", "https://auth.example/token", true);
    }
    std::shared_ptr<int> redeemed;
  };
  const RefreshTokenAuthorizer authorizer("a-refresh-token", Unreachable{redeemed});
  EXPECT_THROW(authorizer.get_authorization_header({}), GlobusConnectionError);
  EXPECT_EQ(*redeemed, 1);
}

}  // namespace
}  // namespace globus_sdk
