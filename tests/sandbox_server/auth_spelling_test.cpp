// SPDX-License-Identifier: Apache-2.0
// Ids are UUIDs: they may be written in capitals, too.
#include "sandbox_server/auth_fixture.hpp"

using AuthSpelling = AuthFixture;
using raw_http::Answer;

namespace {

std::string upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

}  // namespace

TEST_F(AuthSpelling, IdentitiesAreFoundByIdsInCapitals) {
  const std::string token = value("AUTH_TOKEN");
  const std::string user = http.get_as(token, auth("/v2/oauth2/userinfo")).text("sub");
  const auto found = [&](const std::string& query) {
    return http.get_as(token, auth("/v2/api/identities?ids=" + query))
        .json()
        .at("identities")
        .as_array();
  };
  ASSERT_EQ(found(upper(user)).size(), 1U);
  EXPECT_EQ(found(upper(user)).at(0).at("id").as_string(), user);
  EXPECT_EQ(found(user + ',' + upper(user) + ',' + user).size(), 1U) << "one identity once";
  EXPECT_EQ(http.get_as(token, auth("/v2/api/identities/" + upper(user))).status, 200);
  const Answer consents =
      http.get_as(token, auth("/v2/api/identities/" + upper(user) + "/consents"));
  EXPECT_EQ(consents.status, 200) << consents.body;
  const Answer named = http.get_as(token, auth("/v2/api/identities?usernames=" + value("USERNAME") +
                                               ',' + upper(value("USERNAME"))));
  EXPECT_EQ(named.json().at("identities").as_array().size(), 1U);
  const std::string provider(found(user).at(0).at("identity_provider").as_string());
  const Answer providers =
      http.get_as(token, auth("/v2/api/identity_providers?ids=" + upper(provider)));
  EXPECT_EQ(providers.json().at("identity_providers").as_array().size(), 1U);
}

TEST_F(AuthSpelling, ClientsAreKnownByIdsInCapitals) {
  const Answer granted = http.post_form(auth("/v2/oauth2/token"),
                                        {{"grant_type", "client_credentials"}, {"scope", "openid"}},
                                        upper(value("CLIENT_ID")), value("CLIENT_SECRET"));
  EXPECT_EQ(granted.status, 200) << granted.body;
  auto fields = native_request("openid");
  fields.front().second = upper(value("NATIVE_CLIENT_ID"));
  const std::string code = redirected(decide(fields), "code");
  EXPECT_EQ(exchange_native_code(code, verifier).status, 200);
  EXPECT_EQ(http.send({.url = auth("/v2/api/clients/" + upper(value("CLIENT_ID"))),
                       .user = value("CLIENT_ID"),
                       .password = value("CLIENT_SECRET")})
                .status,
            200);
}

TEST_F(AuthSpelling, SessionsAreAskedForIdentitiesInCapitals) {
  const std::string user =
      http.get_as(value("AUTH_TOKEN"), auth("/v2/oauth2/userinfo")).text("sub");
  auto fields = app_request("openid");
  fields.emplace_back("session_required_identities", upper(user));
  fields.emplace_back("identity", upper(user));
  const Answer answer = decide(fields);
  EXPECT_EQ(answer.status, 302) << answer.body;
  EXPECT_NE(redirected(answer, "code"), "");
}

TEST_F(AuthSpelling, ScopesOfCollectionsMayHaveIdsInCapitals) {
  const std::string source = value("COLLECTION_SOURCE");
  sandbox->set_requires_data_access(source, true);
  const std::string scope = std::string(transfer_scope) + "[*https://auth.globus.org/scopes/" +
                            upper(source) + "/data_access]";
  const Answer tokens = exchange_app_code(app_code(scope));
  ASSERT_EQ(tokens.status, 200) << tokens.body;
  EXPECT_EQ(http.get_as(tokens.text("access_token"),
                        transfer("/v0.10/operation/endpoint/" + upper(source) + "/ls"))
                .status,
            200);
}

TEST_F(AuthSpelling, ControlTakesIdsInCapitals) {
  const std::string source = upper(value("COLLECTION_SOURCE"));
  EXPECT_NO_THROW(sandbox->control("POST", "credentials",
                                   R"({"collection":")" + source + R"(","expired":true})"));
  EXPECT_NO_THROW(sandbox->control("PATCH", "collections",
                                   R"({"collection":")" + source + R"(","high_assurance":true})"));
}
