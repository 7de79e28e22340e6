// SPDX-License-Identifier: Apache-2.0
// What docs/guide/authorizers.md shows beside its first program, compiled, and run where that sends
// nothing.
#include <gtest/gtest.h>

#include <globus_sdk/globus_sdk.hpp>
#include <memory>
#include <string>

using namespace globus_sdk;

namespace {

const std::string client_id = "a client";
const std::string access_token = "an access token";
const std::string refresh_token = "a refresh token";
const std::string transfer_scope{TransferScopes.all};
const NativeAppAuthClient login_client{client_id};
const ConfidentialAppAuthClient confidential_client{client_id, "a secret"};

void keep(const std::string&) {}

TEST(AuthorizersGuide, Kinds) {
  //! [kinds]
  TransferClient with_one_token{AccessTokenAuthorizer{access_token}};
  TransferClient of_a_user{RefreshTokenAuthorizer{refresh_token, login_client}};
  TransferClient of_a_service{ClientCredentialsAuthorizer{confidential_client, TransferScopes.all}};
  TransferClient of_nobody{NullAuthorizer{}};
  //! [kinds]
  EXPECT_EQ(of_nobody.base_url(), with_one_token.base_url());
}

TEST(AuthorizersGuide, ARotatingToken) {
  //! [rotating]
  RefreshTokenAuthorizer authorizer{
      refresh_token, login_client, {.on_refresh = [](const OAuthTokenResponse& response) {
        for (const auto& [resource_server, token] : response.by_resource_server())
          if (token.refresh_token) keep(*token.refresh_token);
      }}};
  //! [rotating]
  EXPECT_EQ(authorizer.refresh_token(), refresh_token);
  EXPECT_FALSE(authorizer.access_token());
}

[[maybe_unused]] void begin_with(const TokenData& token) {
  //! [begin-with]
  RefreshTokenAuthorizer authorizer{
      token.refresh_token.value(),
      login_client,
      {.access_token = token.access_token, .expires_at = token.expires_at_seconds}};
  authorizer.ensure_valid_token();  // each call does this by itself
  //! [begin-with]
}

TEST(AuthorizersGuide, Shared) {
  //! [shared]
  const RefreshTokenAuthorizer authorizer{refresh_token, login_client};
  const TransferClient first{authorizer};
  const TransferClient second{authorizer};  // one renewal serves both
  const TransferClient third{std::make_shared<const AccessTokenAuthorizer>(access_token)};
  //! [shared]
  EXPECT_EQ(first.base_url(), third.base_url());
}

}  // namespace
