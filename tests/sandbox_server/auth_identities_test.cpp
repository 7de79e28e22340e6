// SPDX-License-Identifier: Apache-2.0
// Identities, their providers, and clients as the API knows them.
#include "sandbox_server/auth_fixture.hpp"

using AuthIdentities = AuthFixture;
using AuthClients = AuthFixture;
using raw_http::Answer;

namespace {

constexpr const char* second_username = "second-user@globus-sandbox.example";

std::string code_of(const Answer& answer) {
  return std::string(answer.json().at("errors").at(0).at("code").as_string());
}

std::string detail_of(const Answer& answer) {
  return std::string(answer.json().at("errors").at(0).at("detail").as_string());
}

}  // namespace

TEST_F(AuthIdentities, AreFoundByUsernameAndById) {
  const auto get = [&](const std::string& query) {
    return http.get_as(value("AUTH_TOKEN"), auth("/v2/api/identities?" + query));
  };
  const Answer by_name = get("usernames=" + raw_http::encode(value("USERNAME")) +
                             "%2CSECOND-user%40globus-sandbox.example,no%40body.example");
  ASSERT_EQ(by_name.status, 200) << by_name.body;
  const auto list = by_name.json().at("identities").as_array();
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].at("username").as_string(), value("USERNAME"));
  EXPECT_EQ(list[1].at("username"), second_username);
  EXPECT_EQ(list[0].at("status"), "used");
  EXPECT_EQ(list[0].at("identity_type"), "login");
  const std::string id(list[1].at("id").as_string());
  EXPECT_EQ(get("ids=" + id).json().at("identities").at(0), list[1]);
  const auto included = get("include=identity_provider&ids=" + id).json();
  EXPECT_EQ(included.at("included").at("identity_providers").at(0).at("id"),
            list[1].at("identity_provider"));
  const Answer one = http.get_as(value("AUTH_TOKEN"), auth("/v2/api/identities/" + id));
  EXPECT_EQ(one.json().at("identity"), list[1]);
  const Answer providers = http.get_as(
      value("AUTH_TOKEN"), auth("/v2/api/identity_providers?domains=globus-sandbox.example"));
  EXPECT_EQ(providers.json().at("identity_providers").at(0).at("id"),
            list[1].at("identity_provider"));
  EXPECT_EQ(
      http.get_as(value("AUTH_TOKEN"), auth("/v2/api/identities/" + value("COLLECTION_SOURCE")))
          .status,
      404);
}

TEST_F(AuthIdentities, AreProvisionedWhenAsked) {
  const auto get = [&](const std::string& provision) {
    return http.get_as(
        value("AUTH_TOKEN"),
        auth("/v2/api/identities?usernames=new%40far.example&provision=" + provision));
  };
  EXPECT_EQ(get("false").body, "{\"identities\":[]}");
  const auto made = get("true").json().at("identities").at(0);
  EXPECT_EQ(made.at("status"), "unused");
  EXPECT_TRUE(made.at("name").is_null());
  EXPECT_EQ(get("false").json().at("identities").at(0), made);
}

TEST_F(AuthIdentities, MayBeLookedUpByAClient) {
  raw_http::Request request;
  request.url = auth("/v2/api/identities?ids=" + value("CLIENT_ID"));
  request.user = value("CLIENT_ID");
  request.password = value("CLIENT_SECRET");
  const auto found = http.send(request).json().at("identities").at(0);
  EXPECT_EQ(found.at("identity_type"), "client");
  EXPECT_EQ(found.at("username").as_string(), value("CLIENT_ID") + "@clients.auth.globus.org");
}

TEST_F(AuthIdentities, BadQueriesAreToldByTheirParameter) {
  const auto get = [&](const std::string& query) {
    return http.get_as(value("AUTH_TOKEN"), auth("/v2/api/identities?" + query));
  };
  for (const auto& [query, name] :
       raw_http::Pairs{{"", "ids"},
                       {"ids=x&usernames=a%40b.c", "usernames"},
                       {"ids=not-a-uuid", "not-a-uuid"},
                       {"usernames=a%40b.c&provision=maybe", "provision"},
                       {"usernames=nodomain&provision=true", "nodomain"},
                       {"usernames=a%40b.c&include=all", "include"}}) {
    const Answer answer = get(query);
    EXPECT_EQ(answer.status, 400) << query;
    EXPECT_EQ(code_of(answer), "INVALID_PARAMETER");
    EXPECT_NE(detail_of(answer).find(name), std::string::npos) << answer.body;
  }
  EXPECT_EQ(http.get(auth("/v2/api/identities?usernames=a%40b.c")).status, 401);
}

TEST_F(AuthIdentities, WhatIsNotDoneIsRefusedByName) {
  const Answer answer = http.get_as(value("AUTH_TOKEN"), auth("/v2/api/anything"));
  EXPECT_EQ(answer.status, 501);
  EXPECT_EQ(code_of(answer), "NOT_IMPLEMENTED");
  EXPECT_NE(detail_of(answer).find("GET /v2/api/anything"), std::string::npos);
  const Answer groups = http.get(sandbox->url() + "/groups/v2/groups/my_groups");
  EXPECT_EQ(groups.status, 501);
  EXPECT_NE(groups.text("message").find("groups"), std::string::npos);
  EXPECT_EQ(http.get(sandbox->url() + "/nothing").status, 404);
}

TEST_F(AuthClients, InstanceOfATemplateNeedsNoAuthorization) {
  const std::string template_id = "95fdeba8-fac2-42bd-a357-e068d82ff78e";
  const Answer answer =
      http.send_json("POST", auth("/v2/api/clients"),
                     R"({"client":{"template_id":")" + template_id + R"(","name":"Globus CLI"}})");
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto document = answer.json();
  EXPECT_EQ(document.at("client").at("name"), "Globus CLI");
  EXPECT_EQ(document.at("client").at("parent_client").as_string(), template_id);
  EXPECT_FALSE(document.at("client").at("public_client").as_bool());
  const auto& credential = document.at("included").at("client_credential");
  const std::string id(credential.at("client").as_string());
  const std::string secret(credential.at("secret").as_string());
  EXPECT_EQ(document.at("client").at("id"), credential.at("client"));
  const Answer tokens =
      http.post_form(auth("/v2/oauth2/token"),
                     {{"grant_type", "client_credentials"}, {"scope", "openid"}}, id, secret);
  ASSERT_EQ(tokens.status, 200) << tokens.body;
  // The template may revoke what its instances hold, as `globus logout` has it do.
  EXPECT_EQ(http.post_form(auth("/v2/oauth2/token/revoke"),
                           {{"client_id", template_id}, {"token", tokens.text("access_token")}})
                .status,
            200);
  EXPECT_EQ(userinfo_status(tokens.text("access_token")), 401);
}

TEST_F(AuthClients, ChildIsMadeShownAndDeletedByItsParent) {
  const auto as_app = [&](const char* method, const std::string& path,
                          std::optional<std::string> body = {}) {
    raw_http::Request request;
    request.method = method;
    request.url = auth(path);
    request.body = std::move(body);
    request.user = value("CLIENT_ID");
    request.password = value("CLIENT_SECRET");
    return http.send(request);
  };
  const Answer made = as_app("POST", "/v2/api/clients",
                             R"({"client":{"name":"child","client_type":"confidential_client",
                                 "visibility":"public","redirect_uris":["https://foo.example/cb"],
                                 "links":{"privacy_policy":"https://p.example"}}})");
  ASSERT_EQ(made.status, 200) << made.body;
  const auto document = made.json();
  const auto& child = document.at("client");
  EXPECT_EQ(child.at("parent_client").as_string(), value("CLIENT_ID"));
  EXPECT_EQ(child.at("visibility"), "public");
  EXPECT_EQ(child.at("redirect_uris").at(0), "https://foo.example/cb");
  EXPECT_EQ(child.at("links").at("privacy_policy"), "https://p.example");
  EXPECT_EQ(child.at("grant_types").as_array().size(), 4U);
  const std::string id(child.at("id").as_string());
  EXPECT_EQ(as_app("GET", "/v2/api/clients/" + id).json().at("client"), child);

  // A registered URI is redirected to; the child's tokens end with it.
  auto fields = app_request("openid", "https://foo.example/cb");
  fields[0].second = id;
  const std::string code = redirected(decide(fields), "code");
  const std::string secret(
      document.at("included").at("client_credential").at("secret").as_string());
  const Answer tokens = http.post_form(auth("/v2/oauth2/token"),
                                       {{"grant_type", "authorization_code"},
                                        {"code", code},
                                        {"redirect_uri", "https://foo.example/cb"}},
                                       id, secret);
  ASSERT_EQ(tokens.status, 200) << tokens.body;
  EXPECT_EQ(as_app("DELETE", "/v2/api/clients/" + id).status, 200);
  EXPECT_EQ(userinfo_status(tokens.text("access_token")), 401);
  EXPECT_EQ(as_app("GET", "/v2/api/clients/" + id).status, 404);
  EXPECT_EQ(as_app("GET", "/v2/api/clients/" + value("NATIVE_CLIENT_ID")).status, 403);
  EXPECT_EQ(http.get(auth("/v2/api/clients/" + value("CLIENT_ID"))).status, 401);
  EXPECT_EQ(http.get_as(value("AUTH_TOKEN"), auth("/v2/api/clients/" + value("CLIENT_ID"))).status,
            200);
}

TEST_F(AuthClients, BadDescriptionsAreToldByTheirField) {
  for (const auto& [document, name] : raw_http::Pairs{
           {"[]", "client"},
           {R"({"client":{"template_id":"x","name":"n"}})", "template_id"},
           {R"({"client":{"template_id":"95fdeba8-fac2-42bd-a357-e068d82ff78e"}})", "name"},
           {R"({"client":{"name":"n"}})", "client_type"},
           {R"({"client":{"name":"n","client_type":"odd"}})", "client_type"},
           {R"({"client":{"name":"n","public_client":1}})", "public_client"},
           {R"({"client":{"name":"n","public_client":true,"visibility":"x"}})", "visibility"},
           {R"({"client":{"name":"n","public_client":true,"redirect_uris":"x"}})",
            "redirect_uris"}}) {
    raw_http::Request request;
    request.method = "POST";
    request.url = auth("/v2/api/clients");
    request.body = document;
    request.user = value("CLIENT_ID");
    request.password = value("CLIENT_SECRET");
    const Answer answer = http.send(request);
    EXPECT_EQ(answer.status, 400) << document;
    EXPECT_NE(detail_of(answer).find(name), std::string::npos) << answer.body;
  }
  EXPECT_EQ(http.send_json("POST", auth("/v2/api/clients"),
                           R"({"client":{"name":"n","public_client":true}})")
                .status,
            401);
}
