// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/app/client_app.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "globus_sdk/auth/auth_client.hpp"
#include "globus_sdk/token_storage/memory_token_storage.hpp"
#include "sandbox/app_world.hpp"
#include "support/scoped_variable.hpp"

namespace globus_sdk {
namespace {

using globus_sdk_test::AppWorld;
using globus_sdk_test::ScopedVariable;
using testing::HasSubstr;

const std::string transfer(TransferScopes.resource_server);

TEST(ClientApp, GetsTokensForItself) {
  AppWorld world;
  const MemoryTokenStorage storage;
  const ClientApp app = world.client_app({.token_storage = storage});
  const TransferClient client = world.transfer_of(app);
  EXPECT_EQ(world.sandbox.requests().size(), 0U);
  EXPECT_EQ(client.task_list().http_status(), 200);
  EXPECT_EQ(client.task_list().http_status(), 200);
  EXPECT_EQ(world.count("/v2/oauth2/token"), 1);
  const std::string token = storage.get_token_data(transfer)->access_token;
  world.sandbox.expire(token);
  EXPECT_EQ(client.task_list().http_status(), 200);
  EXPECT_EQ(world.count("/v2/oauth2/token"), 2);
  EXPECT_NE(storage.get_token_data(transfer)->access_token, token) << "the next one is stored";
}

TEST(ClientApp, ScopesThatAreAddedAreAskedFor) {
  AppWorld world;
  const ClientApp app = world.client_app();
  AuthClient(app, world.options("auth")).userinfo();
  const auto before = world.count("/v2/oauth2/token");
  app.add_scope_requirements({{"auth.globus.org", AuthScopes.view_identities}});
  AuthClient(app, world.options("auth"))
      .get_identities({.usernames = world.sandbox.value("USERNAME")});
  EXPECT_EQ(world.count("/v2/oauth2/token"), before + 1);
}

TEST(ClientApp, LogsInOnceForEverythingWhenTold) {
  AppWorld world;
  const ClientApp app = world.client_app({}, {{transfer, TransferScopes.all}});
  app.login({.force = true});
  EXPECT_EQ(world.count("/v2/oauth2/token"), 1);
  EXPECT_FALSE(app.login_required());
  EXPECT_EQ(world.count("/v2/oauth2/token"), 1);
  app.logout();
  EXPECT_TRUE(app.token_storage().get_token_data_by_resource_server().empty());
}

TEST(ClientApp, TakesItsCredentialsFromTheEnvironment) {
  AppWorld world;
  const ScopedVariable url("GLOBUS_SDK_SERVICE_URL_AUTH", world.sandbox.service_url("auth"));
  const ScopedVariable id("GLOBUS_CLIENT_ID", world.sandbox.value("CLIENT_ID"));
  {
    const ScopedVariable no_secret("GLOBUS_CLIENT_SECRET", "");
    EXPECT_THROW(ClientApp("x"), GlobusSDKUsageError);
  }
  const ScopedVariable secret("GLOBUS_CLIENT_SECRET", world.sandbox.value("CLIENT_SECRET"));
  const ClientApp app(
      "x", {.config = {.token_storage = "memory", .transport = world.options("auth").transport}});
  EXPECT_EQ(app.client_id(), world.sandbox.value("CLIENT_ID"));
  EXPECT_EQ(world.transfer_of(app).task_list().http_status(), 200);
}

TEST(ClientApp, RefusesWhatCannotBeMeant) {
  AppWorld world;
  const auto message = [](const GlobusAppOptions& options) -> std::string {
    try {
      const ClientApp app("x", options);
    } catch (const GlobusSDKUsageError& error) {
      return error.what();
    }
    return "nothing was thrown";
  };
  const ScopedVariable no_id("GLOBUS_CLIENT_ID", "");
  EXPECT_THAT(message({}), HasSubstr("GLOBUS_CLIENT_SECRET"));
  EXPECT_THAT(message({.client_id = "x"}), HasSubstr("both client_id and client_secret"));
  EXPECT_THAT(message({.login_client = world.native_client()}),
              HasSubstr("ConfidentialAppAuthClient"));
  EXPECT_THAT(message({.login_client = world.login_client(),
                       .config = {.login_flow_manager = "command-line"}}),
              HasSubstr("login_flow_manager"));
  EXPECT_THROW(world.client_app().get_authorizer("nobody.example"), GlobusSDKUsageError);
}

}  // namespace
}  // namespace globus_sdk
