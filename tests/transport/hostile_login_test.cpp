// SPDX-License-Identifier: Apache-2.0
// Answers of a login server that are JSON, but no tokens.
#include <gmock/gmock.h>

#include <atomic>

#include "globus_sdk/auth/confidential_app_auth_client.hpp"
#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "globus_sdk/authorizers/refresh_token_authorizer.hpp"
#include "support/recording_server.hpp"
#include "transport/both_modes.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

const std::vector<const char*>& no_tokens() {
  static const std::vector<const char*> documents{
      "",
      "null",
      "[]",
      "\"token\"",
      "{}",
      R"({"access_token": null, "expires_in": 1, "resource_server": "r", "scope": "s", "token_type": "Bearer"})",
      R"({"access_token": "", "expires_in": 1, "resource_server": "r", "scope": "s", "token_type": "Bearer"})",
      R"({"access_token": 7, "expires_in": 1, "resource_server": "r", "scope": "s", "token_type": "Bearer"})",
      R"({"access_token": "a", "expires_in": 1, "resource_server": "r", "scope": "s", "token_type": "Bearer", "other_tokens": [null]})",
      R"({"access_token": "a", "expires_in": 1, "resource_server": "r", "scope": "s", "token_type": "Bearer", "other_tokens": [{"access_token": 1}]})",
      R"({"access_token": "a\r\nX: y", "expires_in": 1, "resource_server": "r", "scope": "s", "token_type": "Bearer"})",
  };
  return documents;
}

constexpr const char* good_tokens =
    R"({"access_token": "a-good-token", "expires_in": 172800, "resource_server": "r", "scope": "s",
        "token_type": "Bearer", "refresh_token": null, "other_tokens": []})";

/// A login server that gives one document for tokens, and anything else for anything else.
struct LoginServer {
  explicit LoginServer(std::string document)
      : tokens(std::move(document)), server([this](const RecordedRequest& request) {
          return request.method == "POST" ? RecordedAnswer{200, tokens} : RecordedAnswer();
        }) {}

  ConfidentialAppAuthClient client() const {
    return {"client-id", "client-secret", options_for(server.url())};
  }

  std::string tokens;
  RecordingServer server;
};

TEST(HostileTokens, TokensThatAreNoneAreAnError) {
  for (const char* document : no_tokens()) {
    const LoginServer login(document);
    const ConfidentialAppAuthClient client = login.client();
    const auto use = [&client] {
      const OAuthTokenResponse response = client.oauth2_client_credentials_tokens("s");
      const TokenData tokens = response.by_resource_server().at("r");
      AccessTokenAuthorizer{tokens.access_token};
    };
    EXPECT_THROW(use(), GlobusError) << document;
  }
}

class HostileLogin : public InBothModes {};
INSTANTIATE_TEST_SUITE_P(Transport, HostileLogin, testing::Values(false, true), mode_of);

TEST_P(HostileLogin, ARenewalThatBringsNoTokenIsAnErrorAndTheNextWorks) {
  for (const char* document : no_tokens()) {
    LoginServer login(document);
    const PlainClient client(RefreshTokenAuthorizer("a-refresh-token", login.client()),
                             options_for(login.server.url()));
    try {
      get(client, "/x");
      ADD_FAILURE() << "no exception: " << document;
    } catch (const GlobusError& error) {
      EXPECT_THAT(error.what(), testing::Not(testing::HasSubstr("a-refresh-token")));
    }
    login.tokens = good_tokens;
    EXPECT_EQ(get(client, "/x").http_status(), 200) << document;
    EXPECT_EQ(login.server.requests().back().header("authorization"), "Bearer a-good-token");
  }
}

}  // namespace
}  // namespace globus_sdk_test
