// SPDX-License-Identifier: Apache-2.0
// What developers manage, from a project to a login for a scope of their own.
#include <gtest/gtest.h>

#include "globus_sdk/auth/identity_map.hpp"
#include "support/sandbox_world.hpp"

namespace globus_sdk {
namespace {

using globus_sdk_test::SandboxWorld;

class Management : public testing::Test {
 protected:
  SandboxWorld world{};
  AuthClient client = world.auth_client(AccessTokenAuthorizer(world.sandbox.value("AUTH_TOKEN")));
  std::string user = client.userinfo()["sub"];
  std::string project =
      client.create_project("a project", "mail@example.org", {.admin_ids = user})["project"]["id"];
};

TEST_F(Management, ProjectsAndPolicies) {
  client.update_project(project, {.display_name = "renamed"});
  EXPECT_EQ(client.get_project(project)["project"]["display_name"], "renamed");
  const std::string policy = client.create_policy(
      project, "name", "description",
      {.high_assurance = true, .authentication_assurance_timeout = 600})["policy"]["id"];
  client.update_policy(policy, {.domain_constraints_include = {"example.org"}});
  for (const JsonView& each : client.get_policies()) {
    EXPECT_EQ(each["authentication_assurance_timeout"], 600);
    EXPECT_EQ(each["domain_constraints_include"][0], "example.org");
  }
  EXPECT_EQ(client.get_policies().size(), 1u);
  EXPECT_EQ(client.get_policy(policy)["policy"]["project_id"], project);
  EXPECT_THROW(client.delete_project(project), AuthAPIError);
  client.delete_policy(policy);
  client.delete_project(project);
  EXPECT_EQ(client.get_projects().size(), 0u);
}

TEST_F(Management, AClientOfOnesOwnLogsIn) {
  const std::string id = client.create_client(
      "name", project, {.client_type = ClientType::confidential_client})["client"]["id"];
  client.update_client(id, {.name = "renamed", .visibility = ClientVisibility::public_});
  EXPECT_EQ(client.get_client({.client_id = id})["client"]["visibility"], "public");
  EXPECT_EQ(client.get_clients().size(), 1u);
  const auto credential = client.create_client_credential(id, "second")["credential"];
  const ConfidentialAppAuthClient app(id, credential["secret"], world.options("auth"));
  EXPECT_EQ(app.oauth2_client_credentials_tokens("openid").by_resource_server().size(), 1u);
  const auto child = app.create_child_client("child", {.public_client = true});
  EXPECT_EQ(child["client"]["parent_client"], id);
  client.delete_client_credential(id, credential["id"]);
  EXPECT_EQ(client.get_client_credentials(id).size(), 1u);
  EXPECT_THROW(app.oauth2_client_credentials_tokens("openid"), AuthAPIError);
  client.delete_client(id);
  EXPECT_THROW(client.get_client({.client_id = id}), AuthAPIError);
}

TEST_F(Management, ScopesOfOnesOwn) {
  const std::string id = client.create_client(
      "name", project, {.client_type = ClientType::resource_server})["client"]["id"];
  const auto needed = client.create_scope(id, "needed", "description", "needed")["scope"];
  const auto scope = client.create_scope(
      id, "name", "description", "all",
      {.dependent_scopes = {{needed["id"], false, false}}, .advertised = true})["scope"];
  EXPECT_EQ(client.get_scopes({.scope_strings = scope["scope_string"]}).size(), 1u);
  EXPECT_EQ(client.get_scopes().size(), 2u);
  client.update_scope(scope["id"], {.name = "renamed"});
  EXPECT_EQ(client.get_scope(scope["id"])["scope"]["name"], "renamed");
  client.delete_scope(scope["id"]);
  EXPECT_EQ(client.get_scopes({.ids = scope["id"]}).size(), 0u);
}

TEST_F(Management, ConsentsAsAForest) {
  const ConsentForest forest = client.get_consents(user, {.all = true}).to_forest();
  EXPECT_TRUE(forest.meets_scope_requirements("urn:globus:auth:scope:transfer.api.globus.org:all"));
  EXPECT_FALSE(forest.meets_scope_requirements("https://auth.globus.org/scopes/x/all"));
}

TEST_F(Management, IdentitiesByIdAndUsername) {
  const IdentityMap identities(client, {user, "second-user@globus-sandbox.example"});
  EXPECT_EQ(identities[user]["username"], world.sandbox.value("USERNAME"));
  const std::string second = identities["second-user@globus-sandbox.example"]["id"];
  EXPECT_EQ(identities[second]["name"], "Second User");
  EXPECT_FALSE(identities.get("nobody@globus-sandbox.example"));
}

}  // namespace
}  // namespace globus_sdk
