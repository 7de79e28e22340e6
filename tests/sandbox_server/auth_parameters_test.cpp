// SPDX-License-Identifier: Apache-2.0
// What Auth does with query parameters that it does not know.
#include "sandbox_server/auth_fixture.hpp"

using AuthParameters = AuthFixture;
using raw_http::Answer;
using raw_http::Pairs;

namespace {

std::string detail_of(const Answer& answer) {
  return std::string(answer.json().at("errors").at(0).at("detail").as_string());
}

}  // namespace

TEST_F(AuthParameters, AnUnknownOneIsAnsweredWithItsName) {
  const std::string user =
      http.get_as(value("AUTH_TOKEN"), auth("/v2/oauth2/userinfo")).text("sub");
  for (const std::string& path :
       {"/v2/api/identities?ids=" + user + '&', "/v2/api/identities/" + user + '?',
        "/v2/api/identities/" + user + "/consents?", std::string("/v2/api/clients?"),
        std::string("/v2/api/projects?"), std::string("/v2/api/policies?"),
        std::string("/v2/api/scopes?"), "/v2/api/identity_providers?ids=" + user + '&'}) {
    const Answer answer = http.get_as(value("AUTH_TOKEN"), auth(path + "colour=blue"));
    EXPECT_EQ(answer.status, 501) << path << answer.body;
    EXPECT_NE(detail_of(answer).find("colour"), std::string::npos) << answer.body;
  }
}

TEST_F(AuthParameters, OAuth2IgnoresWhatItDoesNotKnow) {
  auto fields = app_request("openid");
  fields.emplace_back("colour", "blue");
  EXPECT_EQ(ask(fields).status, 200);
  const std::string code = redirected(decide(fields), "code");
  const Answer tokens =
      post_as_app("/v2/oauth2/token?colour=blue", {{"grant_type", "authorization_code"},
                                                   {"code", code},
                                                   {"redirect_uri", loopback},
                                                   {"colour", "blue"}});
  ASSERT_EQ(tokens.status, 200) << tokens.body;
  const std::string text = tokens.text("access_token");
  for (const char* path :
       {"/v2/oauth2/token/introspect?colour=blue", "/v2/oauth2/token/validate?colour=blue"})
    EXPECT_EQ(post_as_app(path, {{"token", text}, {"colour", "blue"}}).status, 200) << path;
  EXPECT_EQ(http.get_as(text, auth("/v2/oauth2/userinfo?colour=blue")).status, 200);
  EXPECT_EQ(post_as_app("/v2/oauth2/token/revoke?colour=blue", {{"token", text}}).status, 200);
  for (const char* path : {"/.well-known/openid-configuration", "/jwk.json", "/v2/web/logout"})
    EXPECT_EQ(http.get(auth(path) + "?colour=blue").status, 200) << path;
}
