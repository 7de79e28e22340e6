// SPDX-License-Identifier: Apache-2.0
// What docs/guide/apps.md shows beside its programs, compiled, and run where that needs no user.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <string>

#include "support/scoped_folder.hpp"
#include "support/scoped_variable.hpp"

using namespace globus_sdk;

namespace {

const std::string client_id = "5f83b5a0-0000-4000-8000-000000000000";
const std::string collection_id = "11111111-1111-4111-8111-111111111111";

UserApp app_in_memory() {
  return UserApp("an app", {.client_id = client_id, .config = {.token_storage = "memory"}});
}

TEST(AppsGuide, Scopes) {
  const UserApp app = app_in_memory();
  //! [scopes]
  AuthClient auth_client{app};                                 // openid, profile, email
  TransferClient tc{app, {.app_scopes = TransferScopes.all}};  // also its default
  tc.add_app_data_access_scope(collection_id);

  app.add_scope_requirements(
      {{GroupsScopes.resource_server, GroupsScopes.view_my_groups_and_memberships}});
  for (const auto& [resource_server, scopes] : app.scope_requirements())
    std::cout << resource_server << ": " << ScopeParser::serialize(scopes) << '\n';
  //! [scopes]
  EXPECT_EQ(app.scope_requirements().size(), 3U);
  EXPECT_EQ(app.scope_requirements().at("groups.api.globus.org").values().size(), 1U);
}

TEST(AppsGuide, Login) {
  const UserApp app(
      "an app", {.client_id = client_id,
                 .config = {.token_storage = "memory", .token_validation_error_handler = null}});
  const TransferClient tc{app};
  const auto list = [&tc] {
    //! [no-login]
    try {
      tc.task_list();
    } catch (const TokenValidationError& error) {
      std::cerr << "please run `my-app login` first: " << error.what() << '\n';
    }
    //! [no-login]
  };
  testing::internal::CaptureStderr();
  list();
  EXPECT_THAT(testing::internal::GetCapturedStderr(), testing::HasSubstr("please run"));
  EXPECT_TRUE(app.login_required());
}

[[maybe_unused]] void log_in_and_out(const UserApp& app) {
  //! [login]
  if (app.login_required()) app.login();
  app.login({.auth_params = GlobusAuthorizationParameters{.session_required_mfa = true}});

  app.logout();                 // at services that this app requires scopes of
  app.logout({.sweep = true});  // and all other tokens in the storage
  //! [login]
}

TEST(AppsGuide, Parts) {
  const globus_sdk_test::ScopedFolder scoped_folder;
  const std::string folder = scoped_folder.path;
  //! [parts]
  const NativeAppAuthClient login_client{client_id, {.app_name = "my-app"}};
  UserApp app{"my-app",
              {.login_client = login_client,
               .scope_requirements = {{TransferScopes.resource_server, TransferScopes.all}},
               .config = {.login_flow_manager = LocalServerLoginFlowManager{login_client},
                          .token_storage = JSONTokenStorage{folder + "/tokens.json"},
                          .auto_redrive_gares = true}}};
  //! [parts]
  EXPECT_TRUE(app.login_required());
  EXPECT_EQ(app.scope_requirements().size(), 2U);
}

TEST(AppsGuide, Environment) {
  const globus_sdk_test::ScopedVariable id("GLOBUS_CLIENT_ID", client_id);
  const globus_sdk_test::ScopedVariable secret("GLOBUS_CLIENT_SECRET", "a secret");
  const globus_sdk_test::ScopedFolder folder;
  const globus_sdk_test::ScopedVariable home("HOME", folder.path);
  //! [environment]
  ClientApp app{"my-service"};  // reads GLOBUS_CLIENT_ID and GLOBUS_CLIENT_SECRET
  //! [environment]
  EXPECT_EQ(app.client_id(), client_id);
}

[[maybe_unused]] void look_ahead(const UserApp& app) {
  //! [preflight]
  const auto report = app.preflight(collection_id, 12h);
  for (const auto& finding : report.findings()) std::cerr << finding.message << '\n';
  if (!report) app.login({.auth_params = report.authorization_parameters()});
  //! [preflight]
}

}  // namespace
