// SPDX-License-Identifier: Apache-2.0
// Every grant of the token endpoint, and every way to be refused.
#include "sandbox_server/auth_fixture.hpp"

using AuthGrants = AuthFixture;
using raw_http::Answer;

TEST_F(AuthGrants, CodeWithPkceGivesTokensOfSeveralResourceServers) {
  const std::string scope = std::string("openid profile ") + transfer_scope;
  const Answer redirect = decide(native_request(scope));
  ASSERT_EQ(redirect.status, 302) << redirect.body;
  const Answer answer = exchange_native_code(redirected(redirect, "code"), verifier);
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.header("cache-control"), "no-store");
  EXPECT_EQ(answer.text("resource_server"), "auth.globus.org");
  EXPECT_EQ(answer.text("scope"), "openid profile");
  EXPECT_EQ(answer.text("token_type"), "Bearer");
  EXPECT_EQ(answer.text("state"), "_default");
  EXPECT_EQ(answer.json().at("expires_in").as_int64(), 172800);
  EXPECT_FALSE(answer.text("id_token").empty());
  EXPECT_EQ(userinfo_status(answer.text("access_token")), 200);
  const auto others = answer.json().at("other_tokens").as_array();
  ASSERT_EQ(others.size(), 1U);
  EXPECT_EQ(others[0].at("resource_server"), "transfer.api.globus.org");
  EXPECT_EQ(others[0].at("scope"), transfer_scope);
  EXPECT_NE(others[0].at("refresh_token").as_string(), answer.text("refresh_token"));
}

TEST_F(AuthGrants, CodeIsGoodOnceAndASecondUseEndsItsTokens) {
  const std::string code = app_code("openid");
  const Answer first = exchange_app_code(code);
  ASSERT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(userinfo_status(first.text("access_token")), 200);
  expect_oauth_error(exchange_app_code(code), 401, "invalid_grant");
  EXPECT_EQ(userinfo_status(first.text("access_token")), 401);
  expect_oauth_error(refresh(first.text("refresh_token")), 400, "invalid_grant");
}

TEST_F(AuthGrants, CodeIsBoundToItsVerifier) {
  const auto code = [&] { return redirected(decide(native_request("openid")), "code"); };
  expect_oauth_error(exchange_native_code(code(), std::string(43, 'a')), 401, "invalid_grant");
  expect_oauth_error(exchange_native_code(code(), ""), 401, "invalid_grant");
  expect_oauth_error(
      http.post_form(auth("/v2/oauth2/token"), {{"grant_type", "authorization_code"},
                                                {"client_id", value("NATIVE_CLIENT_ID")},
                                                {"code", code()},
                                                {"redirect_uri", code_page}}),
      401, "invalid_grant");
  // A failed guess does not use the code up.
  const std::string kept = code();
  exchange_native_code(kept, "guess");
  EXPECT_EQ(exchange_native_code(kept, verifier).status, 200);
}

TEST_F(AuthGrants, CodeIsBoundToItsClientAndRedirectUri) {
  const std::string native_code = redirected(decide(native_request("openid")), "code");
  expect_oauth_error(token({{"grant_type", "authorization_code"},
                            {"code", native_code},
                            {"code_verifier", verifier},
                            {"redirect_uri", code_page}}),
                     401, "invalid_grant");
  expect_oauth_error(token({{"grant_type", "authorization_code"},
                            {"code", app_code("openid")},
                            {"redirect_uri", "http://localhost:1/other"}}),
                     401, "invalid_grant");
  expect_oauth_error(exchange_app_code("no-such-code"), 401, "invalid_grant");
}

TEST_F(AuthGrants, OnlineAccessGivesNoRefreshToken) {
  auto fields = app_request("openid");
  fields.back().second = "online";
  const Answer answer = exchange_app_code(redirected(decide(fields), "code"));
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_FALSE(answer.json().as_object().contains("refresh_token"));
}

TEST_F(AuthGrants, RefreshTokenIsGoodAgainAndAgain) {
  std::string last;
  for (int i = 0; i < 3; ++i) {
    const Answer answer = refresh(value("AUTH_REFRESH_TOKEN"));
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_NE(answer.text("access_token"), last);
    last = answer.text("access_token");
    EXPECT_EQ(answer.text("resource_server"), "auth.globus.org");
    EXPECT_TRUE(answer.json().at("other_tokens").as_array().empty());
    EXPECT_EQ(answer.text("refresh_token"), value("AUTH_REFRESH_TOKEN"));
    EXPECT_FALSE(answer.json().as_object().contains("id_token"));
    EXPECT_EQ(userinfo_status(last), 200);
  }
}

TEST_F(AuthGrants, RotationMakesARefreshTokenGoodOnce) {
  globus_sandbox::SandboxOptions options;
  options.rotate_refresh_tokens = true;
  start(options);
  const std::string old = value("TRANSFER_REFRESH_TOKEN");
  const Answer first = refresh(old);
  ASSERT_EQ(first.status, 200) << first.body;
  const std::string next = first.text("refresh_token");
  EXPECT_NE(next, old);
  expect_oauth_error(refresh(old), 400, "invalid_grant");
  const Answer second = refresh(next);
  EXPECT_EQ(second.status, 200) << second.body;
  EXPECT_NE(second.text("refresh_token"), next);
}

TEST_F(AuthGrants, RefreshMayNarrowItsScopesOnly) {
  const Answer narrow = token({{"grant_type", "refresh_token"},
                               {"refresh_token", value("AUTH_REFRESH_TOKEN")},
                               {"scope", "openid email"}});
  EXPECT_EQ(narrow.text("scope"), "openid email");
  expect_oauth_error(token({{"grant_type", "refresh_token"},
                            {"refresh_token", value("AUTH_REFRESH_TOKEN")},
                            {"scope", transfer_scope}}),
                     400, "invalid_scope");
}

TEST_F(AuthGrants, RefreshTokenIsBoundToItsClient) {
  expect_oauth_error(
      http.post_form(auth("/v2/oauth2/token"), {{"grant_type", "refresh_token"},
                                                {"client_id", value("NATIVE_CLIENT_ID")},
                                                {"refresh_token", value("AUTH_REFRESH_TOKEN")}}),
      400, "invalid_grant");
  expect_oauth_error(refresh(value("AUTH_TOKEN")), 400, "invalid_grant");
  expect_oauth_error(refresh("nonsense"), 400, "invalid_grant");
}

TEST_F(AuthGrants, RefreshTokensOfTheNativeClientAreRenewedWithItsIdAlone) {
  const auto renew = [&](const char* name) {
    return http.post_form(auth("/v2/oauth2/token"), {{"grant_type", "refresh_token"},
                                                     {"client_id", value("NATIVE_CLIENT_ID")},
                                                     {"refresh_token", value(name)}});
  };
  const Answer of_auth = renew("NATIVE_AUTH_REFRESH_TOKEN");
  ASSERT_EQ(of_auth.status, 200) << of_auth.body;
  const Answer user = http.get_as(of_auth.text("access_token"), auth("/v2/oauth2/userinfo"));
  EXPECT_EQ(user.text("preferred_username"), value("USERNAME"));
  const Answer of_transfer = renew("NATIVE_TRANSFER_REFRESH_TOKEN");
  ASSERT_EQ(of_transfer.status, 200) << of_transfer.body;
  EXPECT_EQ(of_transfer.text("scope"), transfer_scope);
  EXPECT_EQ(http.get_as(of_transfer.text("access_token"), transfer("/v0.10/task_list")).status,
            200);
  expect_oauth_error(refresh(value("NATIVE_TRANSFER_REFRESH_TOKEN")), 400, "invalid_grant");
}

TEST_F(AuthGrants, ClientCredentialsActForTheClientItself) {
  const Answer answer = token({{"grant_type", "client_credentials"},
                               {"scope", std::string(transfer_scope) + " openid profile email"}});
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.text("resource_server"), "auth.globus.org");
  EXPECT_EQ(answer.json().at("other_tokens").at(0).at("scope"), transfer_scope);
  const Answer who = http.get_as(answer.text("access_token"), auth("/v2/oauth2/userinfo"));
  EXPECT_EQ(who.text("sub"), value("CLIENT_ID"));
  EXPECT_EQ(who.text("preferred_username"), value("CLIENT_ID") + "@clients.auth.globus.org");
}

TEST_F(AuthGrants, ClientCredentialsInTheFormWorkToo) {
  const Answer answer =
      http.post_form(auth("/v2/oauth2/token"), {{"grant_type", "client_credentials"},
                                                {"client_id", value("CLIENT_ID")},
                                                {"client_secret", value("CLIENT_SECRET")},
                                                {"scope", "openid"}});
  EXPECT_EQ(answer.status, 200) << answer.body;
}

TEST_F(AuthGrants, DependentTokensFollowTheConsents) {
  sandbox->set_requires_data_access(value("COLLECTION_SOURCE"), true);
  const std::string own_scope = "https://auth.globus.org/scopes/" + value("CLIENT_ID") + "/all";
  const std::string data_access =
      "https://auth.globus.org/scopes/" + value("COLLECTION_SOURCE") + "/data_access";
  auto fields = native_request(own_scope + '[' + transfer_scope + "[*" + data_access + "] openid]");
  const Answer user = exchange_native_code(redirected(decide(fields), "code"), verifier);
  ASSERT_EQ(user.status, 200) << user.body;
  EXPECT_EQ(user.text("resource_server"), value("CLIENT_ID"));
  EXPECT_EQ(user.text("scope"), own_scope);
  const auto dependent = [&](raw_http::Pairs more) {
    more.insert(more.end(), {{"grant_type", "urn:globus:auth:grant_type:dependent_token"},
                             {"token", user.text("access_token")}});
    return token(more);
  };
  const Answer online = dependent({});
  ASSERT_EQ(online.status, 200) << online.body;
  const auto online_tokens = online.json().as_array();
  ASSERT_EQ(online_tokens.size(), 2U);
  for (const auto& one : online_tokens) EXPECT_FALSE(one.as_object().contains("refresh_token"));
  const Answer offline = dependent({{"access_type", "offline"}, {"scope", transfer_scope}});
  ASSERT_EQ(offline.json().as_array().size(), 1U) << offline.body;
  const auto transfer_token = offline.json().at(0);
  EXPECT_EQ(transfer_token.at("resource_server"), "transfer.api.globus.org");
  EXPECT_EQ(refresh(std::string(transfer_token.at("refresh_token").as_string())).status, 200);
  // It is the user's token, with the user's consents below Transfer.
  const auto introspected =
      post_as_app("/v2/oauth2/token/introspect",
                  {{"token", std::string(transfer_token.at("access_token").as_string())}});
  EXPECT_EQ(introspected.text("username"), value("USERNAME"));
  // a scope that the user was not asked for; and one that is there, but not what it is to lead to
  const Answer denied = dependent({{"scope", std::string("email ") + transfer_scope}});
  expect_oauth_error(denied, 403, "dependent_consent_required");
  EXPECT_EQ(boost::json::serialize(denied.json().at("errors").at(0).at("unapproved_scopes")),
            R"([")" + own_scope + R"([email]"])");
  const std::string deeper = std::string(transfer_scope) + "[openid]";
  EXPECT_EQ(boost::json::serialize(
                dependent({{"scope", deeper}}).json().at("errors").at(0).at("unapproved_scopes")),
            R"([")" + own_scope + '[' + deeper + R"(]"])");
  EXPECT_EQ(dependent({{"scope", std::string(transfer_scope) + "[*" + data_access + ']'}}).status,
            200);
  expect_oauth_error(dependent({{"scope", "email]"}}), 400, "invalid_scope");
  decide(native_request(own_scope + "[email]"));
  EXPECT_EQ(dependent({{"scope", "email"}}).status, 200) << "the consent meets it at once";
}

TEST_F(AuthGrants, DependentTokensNeedATokenForTheClientItself) {
  const auto dependent = [&](const std::string& text) {
    return token({{"grant_type", "urn:globus:auth:grant_type:dependent_token"}, {"token", text}});
  };
  expect_oauth_error(dependent(value("TRANSFER_TOKEN")), 400, "invalid_grant");
  expect_oauth_error(dependent("nonsense"), 400, "invalid_grant");
  expect_oauth_error(token({{"grant_type", "urn:globus:auth:grant_type:dependent_token"}}), 400,
                     "invalid_request");
}

TEST_F(AuthGrants, ResourceServersOfTheServicesHaveTheirOwnNames) {
  const Answer answer =
      token({{"grant_type", "client_credentials"},
             {"scope",
              "https://auth.globus.org/scopes/eec9b274-0c81-4334-bdc2-54e90e689b9a/manage_flows "
              "https://auth.globus.org/scopes/524230d7-ea86-4a52-8312-86065a9e0417/timer "
              "urn:globus:auth:scope:groups.api.globus.org:all"}});
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.text("resource_server"), "flows.globus.org");
  const auto others = answer.json().at("other_tokens").as_array();
  ASSERT_EQ(others.size(), 2U);
  EXPECT_EQ(others[0].at("resource_server"), "524230d7-ea86-4a52-8312-86065a9e0417");
  EXPECT_EQ(others[1].at("resource_server"), "groups.api.globus.org");
}

TEST_F(AuthGrants, BadClientsAreTold) {
  const raw_http::Pairs fields{{"grant_type", "client_credentials"}, {"scope", "openid"}};
  const auto url = auth("/v2/oauth2/token");
  const Answer wrong = http.post_form(url, fields, value("CLIENT_ID"), "wrong");
  expect_oauth_error(wrong, 401, "invalid_client");
  EXPECT_NE(wrong.header("www-authenticate").find("Basic"), std::string::npos);
  expect_oauth_error(http.post_form(url, fields, "nobody", "x"), 401, "invalid_client");
  expect_oauth_error(http.post_form(url, fields), 401, "invalid_client");
  auto without_secret = fields;
  without_secret.emplace_back("client_id", value("CLIENT_ID"));
  expect_oauth_error(http.post_form(url, without_secret), 401, "invalid_client");
  auto native = fields;
  native.emplace_back("client_id", value("NATIVE_CLIENT_ID"));
  expect_oauth_error(http.post_form(url, native), 400, "unauthorized_client");
}

TEST_F(AuthGrants, BadRequestsAreTold) {
  expect_oauth_error(token({}), 400, "invalid_request");
  expect_oauth_error(token({{"grant_type", "password"}}), 400, "unsupported_grant_type");
  expect_oauth_error(token({{"grant_type", "refresh_token"}}), 400, "invalid_request");
  expect_oauth_error(token({{"grant_type", "client_credentials"}}), 400, "invalid_request");
  expect_oauth_error(
      token({{"grant_type", "client_credentials"}, {"scope", "urn:globus:auth:scope:a:b\nopenid"}}),
      400, "invalid_scope");
  expect_oauth_error(token({{"grant_type", "client_credentials"}, {"scope", "unheard"}}), 400,
                     "invalid_scope");
  expect_oauth_error(token({{"grant_type", "client_credentials"}, {"scope", "openid[profile"}}),
                     400, "invalid_scope");
  expect_oauth_error(token({{"grant_type", "client_credentials"}, {"grant_type", "x"}}), 400,
                     "invalid_request");
  expect_oauth_error(http.send_json("POST", auth("/v2/oauth2/token"), "{}"), 400,
                     "invalid_request");
  EXPECT_EQ(http.get(auth("/v2/oauth2/token")).status, 501);
}
