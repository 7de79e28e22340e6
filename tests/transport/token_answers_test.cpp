// SPDX-License-Identifier: Apache-2.0
// Answers of a token endpoint that leave out what they may leave out, or have it in another form.
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "core/base/now_seconds.hpp"
#include "globus_sdk/auth/confidential_app_auth_client.hpp"
#include "globus_sdk/authorizers/refresh_token_authorizer.hpp"
#include "globus_sdk/token_storage/json_token_storage.hpp"
#include "globus_sdk/token_storage/memory_token_storage.hpp"
#include "globus_sdk/token_storage/stored_token_authorizer.hpp"
#include "support/recording_server.hpp"
#include "support/scoped_folder.hpp"
#include "token_storage/stored_tokens.hpp"
#include "transport/both_modes.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;
using testing::HasSubstr;

/// A token endpoint that gives `document`, beside a service that takes every token but `refused`.
struct TokenServer {
  explicit TokenServer(std::string first)
      : document(std::move(first)), server([this](const RecordedRequest& request) {
          if (request.target.starts_with("/v2/oauth2/token")) return RecordedAnswer{200, document};
          const bool is_refused = request.header("authorization") == "Bearer " + refused;
          return RecordedAnswer{is_refused ? 401 : 200};
        }) {}

  ConfidentialAppAuthClient client() const {
    return {"client-id", "client-secret", options_for(server.url())};
  }
  PlainClient service(const AnyAuthorizer& authorizer) const {
    return PlainClient(authorizer, options_for(server.url()));
  }
  /// The bodies of the requests for tokens.
  std::vector<std::string> grants() const {
    std::vector<std::string> bodies;
    for (const RecordedRequest& request : server.requests()) {
      if (request.method == "POST") bodies.push_back(request.body);
    }
    return bodies;
  }

  std::string document;
  std::string refused = "nothing";
  RecordingServer server;
};

/// An answer with an access token, a refresh token, and other members as they are given.
std::string answer_with(const std::string& members) {
  return R"({"access_token": "fresh", "refresh_token": "next")" +
         (members.empty() ? "" : ", " + members) + "}";
}

/// Members that an answer may leave out, in forms that tell nothing.
const std::vector<std::string>& untelling() {
  static const std::vector<std::string> all{
      "",
      R"("expires_in": null)",
      R"("expires_in": "soon")",
      R"("expires_in": "")",
      R"("expires_in": {})",
      R"("expires_in": [3600])",
      R"("expires_in": true)",
      R"("expires_in": -1)",
      R"("expires_in": 1e300)",
      R"("expires_in": 9223372036854775807)",
      R"("expires_in": 18446744073709551615)",
      R"("scope": null)",
      R"("scope": 5)",
      R"("scope": ["a"])",
      R"("token_type": null)",
      R"("token_type": {})",
      R"("resource_server": null)",
      R"("resource_server": 5)",
      R"("other_tokens": null)",
      R"("other_tokens": 7)",
      R"("other_tokens": "none")",
      R"("other_tokens": {})",
      R"("id_token": null)",
      R"("id_token": 3)",
      R"("id_token": {})",
      R"("state": 7)",
  };
  return all;
}

class TokenAnswers : public InBothModes {};
INSTANTIATE_TEST_SUITE_P(Transport, TokenAnswers, testing::Values(false, true), mode_of);

TEST_P(TokenAnswers, WhatMayBeLeftOutIsNotNeeded) {
  for (const std::string& members : untelling()) {
    TokenServer server(answer_with(members));
    const RefreshTokenAuthorizer authorizer("first", server.client());
    const PlainClient client = server.service(authorizer);
    EXPECT_EQ(get(client, "/x").http_status(), 200) << members;
    EXPECT_EQ(get(client, "/x").http_status(), 200) << members;
    EXPECT_EQ(server.grants().size(), 1U) << "its token is used until it is refused: " << members;
    EXPECT_EQ(authorizer.refresh_token(), "next") << members;

    server.refused = "fresh";
    server.document = R"({"access_token": "fresher", "expires_in": 60})";
    EXPECT_EQ(get(client, "/x").http_status(), 200) << members;
    EXPECT_THAT(server.grants().back(), HasSubstr("refresh_token=next")) << members;
  }
}

TEST(TokenAnswer, OfUnknownLifetimeExpiresInAYearThatEveryReaderKnows) {
  for (const std::string& members : untelling()) {
    if (members.find("expires_in") == std::string::npos && !members.empty()) continue;
    const OAuthTokenResponse response(token_answer(Json::parse(answer_with(members))));
    EXPECT_EQ(response.by_resource_server().at("").expires_at_seconds, unknown_expiry) << members;
  }
}

TEST(TokenAnswer, ALifetimeMayBeWrittenAsTextOrAsAFraction) {
  for (const char* lifetime : {"3600", R"("3600")", "3600.0", "3600.9"}) {
    const OAuthTokenResponse response(
        token_answer(Json::parse(answer_with(std::string(R"("expires_in": )") + lifetime))));
    const auto left =
        response.by_resource_server().at("").expires_at_seconds - detail::now_seconds();
    EXPECT_GE(left, 3500) << lifetime;
    EXPECT_LE(left, 3600) << lifetime;
  }
}

TEST_P(TokenAnswers, ARefreshTokenIsKeptWhateverElseIsWrong) {
  for (const char* document :
       {R"({"refresh_token": "next"})", R"({"refresh_token": "next", "access_token": null})",
        R"({"refresh_token": "next", "access_token": ""})",
        R"({"refresh_token": "next", "access_token": "two words"})",
        R"({"refresh_token": "next", "access_token": "a",
                                   "other_tokens": [{"resource_server": "another"}]})"}) {
    TokenServer server(document);
    const RefreshTokenAuthorizer authorizer("first", server.client());
    const PlainClient client = server.service(authorizer);
    EXPECT_THROW(get(client, "/x"), GlobusError) << document;
    EXPECT_EQ(authorizer.refresh_token(), "next") << document;
    server.document = answer_with(R"("expires_in": 60)");
    EXPECT_EQ(get(client, "/x").http_status(), 200) << document;
    EXPECT_THAT(server.grants().back(), HasSubstr("refresh_token=next")) << document;
  }
}

TEST(TokenAnswer, AnEmptyRefreshTokenDoesNotReplaceTheOneBefore) {
  TokenServer server(R"({"access_token": "a", "expires_in": 60, "refresh_token": ""})");
  const RefreshTokenAuthorizer authorizer("first", server.client());
  EXPECT_EQ(server.service(authorizer).get("/x").http_status(), 200);
  EXPECT_EQ(authorizer.refresh_token(), "first");
}

/// A token for "r" that has expired, with the refresh token "first".
MemoryTokenStorage expired_storage() {
  const MemoryTokenStorage storage;
  TokenStorageData data = stored_token("r");
  data.refresh_token = "first";
  data.expires_at_seconds = 1;
  storage.store_token_data_by_resource_server({{"r", data}});
  return storage;
}

TEST_P(TokenAnswers, WhatARefreshLeavesOutStaysAsItIsStored) {
  for (const std::string& members : untelling()) {
    TokenServer server(answer_with(members));
    const MemoryTokenStorage storage = expired_storage();
    const PlainClient client = server.service(StoredTokenAuthorizer(storage, "r", server.client()));
    EXPECT_EQ(get(client, "/x").http_status(), 200) << members;
    const auto all = storage.get_token_data_by_resource_server();
    ASSERT_EQ(all.size(), 1U) << members;
    TokenStorageData expected = stored_token("r");
    expected.access_token = "fresh";
    expected.refresh_token = "next";
    expected.expires_at_seconds = unknown_expiry;
    EXPECT_EQ(all.at("r"), expected) << members << ": " << all.at("r");
  }
}

TEST_P(TokenAnswers, ARotatedRefreshTokenIsStoredWhateverElseIsWrong) {
  TokenServer server(R"({"refresh_token": "next", "expires_in": 60})");
  const MemoryTokenStorage storage = expired_storage();
  const PlainClient client = server.service(StoredTokenAuthorizer(storage, "r", server.client()));
  EXPECT_THROW(get(client, "/x"), GlobusError);
  TokenStorageData expected = stored_token("r");
  expected.refresh_token = "next";
  expected.expires_at_seconds = 1;
  EXPECT_EQ(storage.get_token_data("r"), expected);
}

TEST_P(TokenAnswers, TokensOfAnotherResourceServerAreAnErrorThatLosesNoRefreshToken) {
  TokenServer server(answer_with(R"("resource_server": "another", "expires_in": 60)"));
  const MemoryTokenStorage storage = expired_storage();
  const PlainClient client = server.service(StoredTokenAuthorizer(storage, "r", server.client()));
  EXPECT_THROW(get(client, "/x"), ValidationError);
  EXPECT_EQ(storage.get_token_data("r")->refresh_token, "next");
  EXPECT_FALSE(storage.get_token_data("another"));
}

TEST_P(TokenAnswers, AnEmptyRefreshTokenInAFileIsNone) {
  const ScopedFolder folder;
  const JSONTokenStorage file((folder.path / "tokens.json").string());
  TokenStorageData data = stored_token("r");
  data.refresh_token = "";
  data.expires_at_seconds = 1;
  const MemoryTokenStorage memory;
  for (const AnyTokenStorage& storage : {AnyTokenStorage(file), AnyTokenStorage(memory)}) {
    storage.get()->store_token_data_by_resource_server({{"r", data}});
    TokenServer server(answer_with(""));
    const PlainClient client = server.service(StoredTokenAuthorizer(storage, "r", server.client()));
    try {
      get(client, "/x");
      FAIL() << "no exception";
    } catch (const LoginRequiredError& error) {
      EXPECT_THAT(error.what(), HasSubstr("there is no refresh token for r"));
    }
    EXPECT_TRUE(server.grants().empty());
  }
}

}  // namespace
}  // namespace globus_sdk_test
