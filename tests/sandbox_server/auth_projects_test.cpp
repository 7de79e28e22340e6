// SPDX-License-Identifier: Apache-2.0
// Projects, and in them policies, clients, credentials and scopes.
#include "sandbox_server/auth_fixture.hpp"

using raw_http::Answer;

namespace {

namespace json = boost::json;

class AuthProjects : public AuthFixture {
 protected:
  Answer call(const char* method, const std::string& path,
              const std::optional<std::string>& body = {}) {
    return call_as(value("AUTH_TOKEN"), method, path, body);
  }
  Answer call_as(const std::string& token, const char* method, const std::string& path,
                 const std::optional<std::string>& body = {}) {
    raw_http::Request request;
    request.method = method;
    request.url = auth("/v2/api" + path);
    request.body = body;
    request.headers.emplace_back("Authorization", "Bearer " + token);
    return http.send(request);
  }
  std::string make_project() {
    return id(call("POST", "/projects",
                   R"({"project": {"display_name": "p", "contact_email": "m@example.org",
                                   "admin_ids": [")" +
                       user() + "\"]}}"),
              "project");
  }
  std::string make_client(const std::string& project) {
    return id(call("POST", "/clients",
                   R"({"client": {"name": "c", "client_type": "resource_server", "project": ")" +
                       project + "\"}}"),
              "client");
  }
  std::string user() { return id_of_user(value("USERNAME")); }
  std::string id_of_user(const std::string& username) {
    const Answer answer = call("GET", "/identities?usernames=" + raw_http::encode(username));
    return std::string(answer.json().at("identities").at(0).at("id").as_string());
  }
  /// A token of the second user's that manages projects.
  std::string second_token() {
    auto fields = app_request("urn:globus:auth:scope:auth.globus.org:manage_projects");
    fields.emplace_back("identity", id_of_user("second-user@globus-sandbox.example"));
    return exchange_app_code(redirected(decide(fields), "code")).text("access_token");
  }
  static std::string id(const Answer& answer, const char* kind) {
    EXPECT_EQ(answer.status, 200) << answer.body;
    return std::string(answer.json().at(kind).at("id").as_string());
  }
};

TEST_F(AuthProjects, AreKeptChangedAndDeleted) {
  const std::string project = make_project();
  const Answer changed =
      call("PUT", "/projects/" + project, R"({"project": {"display_name": "other"}})");
  const auto document = changed.json().at("project");
  EXPECT_EQ(document.at("display_name"), "other");
  EXPECT_EQ(document.at("project_name"), "other");
  EXPECT_EQ(document.at("contact_email"), "m@example.org");
  EXPECT_TRUE(document.at("admin_group_ids").is_null());
  EXPECT_EQ(document.at("admins").at("identities").at(0).at("username").as_string(),
            value("USERNAME"));
  EXPECT_EQ(call("GET", "/projects/" + project).json().at("project"), document);
  EXPECT_EQ(call("GET", "/projects").json().at("projects").at(0), document);
  const std::string client = make_client(project);
  EXPECT_EQ(call("DELETE", "/projects/" + project).status, 409);
  EXPECT_EQ(call("DELETE", "/clients/" + client).status, 200);
  EXPECT_EQ(call("DELETE", "/projects/" + project).status, 200);
  EXPECT_EQ(call("GET", "/projects/" + project).status, 404);
}

TEST_F(AuthProjects, AreForTheirAdministrators) {
  const std::string project = make_project();
  const std::string client = make_client(project);
  const std::string other = second_token();
  ASSERT_FALSE(other.empty());
  EXPECT_EQ(call_as(other, "GET", "/projects").body, R"({"projects":[]})");
  for (const std::string& path : {"/projects/" + project, "/clients/" + client})
    for (const char* method : {"GET", "PUT", "DELETE"})
      EXPECT_EQ(call_as(other, method, path, R"({"project": {}, "client": {}})").status, 403)
          << method << path;
  EXPECT_EQ(call_as(other, "GET", "/clients/" + client + "/credentials").status, 403);
  EXPECT_EQ(call_as(value("TRANSFER_TOKEN"), "GET", "/projects").status, 403);
  EXPECT_EQ(http.get(auth("/v2/api/projects")).status, 401);
}

TEST_F(AuthProjects, PoliciesAreKeptChangedAndDeleted) {
  const std::string project = make_project();
  const Answer made = call("POST", "/policies",
                           R"({"policy": {"display_name": "p", "description": "d",
      "high_assurance": true, "required_mfa": true, "authentication_assurance_timeout": 35,
      "domain_constraints_include": ["a.example"], "project_id": ")" +
                               project + "\"}}");
  const std::string policy = id(made, "policy");
  const Answer changed = call("PUT", "/policies/" + policy,
                              R"({"policy": {"domain_constraints_include": null,
                                  "domain_constraints_exclude": [], "required_mfa": false}})");
  auto expected = made.json().at("policy").as_object();
  expected["domain_constraints_include"] = nullptr;
  expected["domain_constraints_exclude"] = json::array();
  expected["required_mfa"] = false;
  EXPECT_EQ(changed.json().at("policy"), json::value(expected)) << changed.body;
  EXPECT_EQ(call("GET", "/policies").json().at("policies").at(0), json::value(expected));
  EXPECT_EQ(call("DELETE", "/policies/" + policy).status, 200);
  EXPECT_EQ(call("GET", "/policies/" + policy).status, 404);
}

TEST_F(AuthProjects, ACredentialIsGoodUntilItIsDeleted) {
  const std::string client = make_client(make_project());
  const Answer made =
      call("POST", "/clients/" + client + "/credentials", R"({"credential": {"name": "n"}})");
  const std::string credential = id(made, "credential");
  const std::string secret(made.json().at("credential").at("secret").as_string());
  const auto log_in = [&] {
    return http
        .post_form(auth("/v2/oauth2/token"),
                   {{"grant_type", "client_credentials"}, {"scope", "openid"}}, client, secret)
        .status;
  };
  EXPECT_EQ(log_in(), 200);
  const Answer list = call("GET", "/clients/" + client + "/credentials");
  EXPECT_EQ(list.json().at("credentials").as_array().size(), 2U);  // and the first one's
  EXPECT_EQ(list.body.find(secret), std::string::npos);
  EXPECT_EQ(call("DELETE", "/clients/" + client + "/credentials/" + credential).status, 200);
  EXPECT_EQ(log_in(), 401);
  EXPECT_EQ(call("DELETE", "/clients/" + client + "/credentials/" + credential).status, 404);
}

TEST_F(AuthProjects, ALoginGoesOnToWhatAScopeDependsOn) {
  const std::string client = make_client(make_project());
  const auto make_scope = [&](const std::string& suffix, const std::string& dependencies) {
    return call("POST", "/clients/" + client + "/scopes",
                R"({"scope": {"name": "n", "description": "d", "scope_suffix": ")" + suffix +
                    R"(", "dependent_scopes": [)" + dependencies + "]}}");
  };
  const std::string needed = id(make_scope("needed", ""), "scope");
  const Answer made = make_scope("all", R"({"scope": ")" + needed + R"(", "optional": false,
                                            "requires_refresh_token": false})");
  const std::string scope(made.json().at("scope").at("scope_string").as_string());
  EXPECT_EQ(scope, "https://auth.globus.org/scopes/" + client + "/all");
  EXPECT_EQ(call("GET", "/clients/" + client).json().at("client").at("scopes").as_array().size(),
            2U);
  ASSERT_FALSE(app_code(scope).empty());
  const auto consents = call("GET", "/identities/" + user() + "/consents").json().at("consents");
  const auto& last = consents.as_array().back();
  EXPECT_EQ(last.at("scope_name").as_string(), scope.substr(0, scope.size() - 3) + "needed");
  EXPECT_EQ(last.at("scope").as_string(), needed);
  EXPECT_EQ(make_scope("all", "").status, 400);
  EXPECT_EQ(make_scope("Upper", "").status, 400);
  EXPECT_EQ(call("GET", "/scopes?ids=" + needed).json().at("scopes").at(0).at("id").as_string(),
            needed);
  EXPECT_EQ(call("DELETE", "/scopes/" + needed).status, 200);
  EXPECT_EQ(call("GET", "/scopes/" + needed).status, 404);
}

TEST_F(AuthProjects, BadDescriptionsAreToldByTheirField) {
  const std::string project = make_project();
  const std::string client = make_client(project);
  const auto refused = [&](const std::string& path, const std::string& body, const char* field) {
    const Answer answer = call("POST", path, body);
    EXPECT_EQ(answer.status, 400) << body << answer.body;
    EXPECT_NE(answer.body.find(field), std::string::npos) << answer.body;
  };
  refused("/projects", "{}", "project");
  refused("/projects", R"({"project": {"display_name": "p"}})", "contact_email");
  refused("/projects", R"({"project": {"display_name": "p", "contact_email": "c"}})", "admin_ids");
  refused("/projects",
          R"({"project": {"display_name": "p", "contact_email": "c", "admin_ids": ["x"]}})",
          "no UUID");
  refused("/policies", R"({"policy": {"display_name": "p", "description": "d"}})", "project_id");
  refused("/policies",
          R"({"policy": {"display_name": "p", "description": "d", "required_mfa": true,
              "project_id": ")" +
              project + "\"}}",
          "high_assurance");
  refused("/clients/" + client + "/credentials", R"({"credential": {}})", "name");
  refused("/clients/" + client + "/scopes",
          R"({"scope": {"name": "n", "description": "d", "scope_suffix": "s",
              "dependent_scopes": [{"scope": "x"}]}})",
          "dependent_scopes");
}

}  // namespace
