// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/app/client_app.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <vector>

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

/// The next answer of the token endpoint names no scopes: they are those that were asked for.
void leave_scopes_out(AppWorld& world, const std::string& token) {
  globus_sandbox::Fault fault;
  fault.path = "/v2/oauth2/token";
  fault.status = 200;
  fault.headers = {{"Content-Type", "application/json"}};
  fault.body = R"({"access_token": ")" + token + R"(", "expires_in": 3600, "resource_server": ")" +
               transfer + R"(", "token_type": "Bearer"})";
  world.sandbox.add_fault(fault);
}

TEST(ClientApp, ScopesThatAnAnswerLeavesOutAreThoseThatWereAskedFor) {
  AppWorld world;
  const MemoryTokenStorage storage;
  const ClientApp app = world.client_app({.token_storage = storage});
  const TransferClient client = world.transfer_of(app);
  leave_scopes_out(world, "the-first-token");
  const auto authorizer = app.get_authorizer(transfer);
  EXPECT_EQ(storage.get_token_data(transfer)->scope, TransferScopes.all.str());
  leave_scopes_out(world, "the-next-token");
  EXPECT_EQ(authorizer.get()->get_authorization_header({}), "Bearer the-first-token");
  EXPECT_TRUE(authorizer.get()->handle_missing_authorization("Bearer the-first-token"));
  EXPECT_EQ(authorizer.get()->get_authorization_header({}), "Bearer the-next-token");
  EXPECT_EQ(storage.get_token_data(transfer)->access_token, "the-next-token");
  EXPECT_EQ(storage.get_token_data(transfer)->scope, TransferScopes.all.str());
}

TEST(ClientApp, ALoginWhoseAnswerLeavesScopesOutIsOne) {
  AppWorld world;
  const MemoryTokenStorage storage;
  const ClientApp app = world.client_app({.token_storage = storage});
  app.add_scope_requirements({{transfer, TransferScopes.all.with_dependency(Scope("a-scope"))}});
  leave_scopes_out(world, "a-token");
  app.login({.force = true});
  EXPECT_EQ(storage.get_token_data(transfer)->scope, TransferScopes.all.str());
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

/// A service whose collection is a mapped one.
struct MappedWorld : AppWorld {
  MappedWorld() {
    change_collection(source(), {{"entity_type", "GCSv5_mapped_collection"}});
    write("a", "x");
  }
};

TEST(ClientApp, DataAccessMayBeAskedForBeforeAndAfterTheFirstToken) {
  const std::vector<std::function<void(const ClientApp&, const TransferClient&)>> earlier{
      [](const ClientApp&, const TransferClient&) {},
      [](const ClientApp&, const TransferClient& client) { client.task_list(); },
      [](const ClientApp& app, const TransferClient&) { app.login(); },
      [](const ClientApp& app, const TransferClient&) { app.login({.force = true}); },
      [](const ClientApp& app, const TransferClient&) { EXPECT_FALSE(app.login_required()); },
  };
  for (std::size_t index = 0; index < earlier.size(); ++index) {
    MappedWorld world;
    const MemoryTokenStorage storage;
    const ClientApp app =
        world.client_app({.token_storage = storage, .token_validation_error_handler = null});
    const TransferClient client = world.transfer_of(app);
    earlier[index](app, client);
    client.add_app_data_access_scope(world.source());
    EXPECT_FALSE(app.login_required()) << index;
    EXPECT_EQ(client.operation_ls(world.source()).http_status(), 200) << index;
    EXPECT_EQ(storage.get_token_data(transfer)->scope, TransferScopes.all.str()) << index;

    const auto requests = world.count("/v2/oauth2/token");
    client.operation_ls(world.source());
    EXPECT_EQ(world.count("/v2/oauth2/token"), requests) << "a token is fetched once";
  }
}

TEST(ClientApp, DataAccessWorksInASecondRunOfAProgramThatAddedIt) {
  MappedWorld world;
  const MemoryTokenStorage storage;
  world.transfer_of(world.client_app({.token_storage = storage})).task_list();
  for (int run = 0; run < 2; ++run) {
    const ClientApp app = world.client_app({.token_storage = storage});
    const TransferClient client = world.transfer_of(app);
    client.add_app_data_access_scope(world.source());
    EXPECT_EQ(client.operation_ls(world.source()).http_status(), 200) << run;
  }
}

TEST(ClientApp, ScopesThatAreAddedNeedNoHandler) {
  AppWorld world;
  const ClientApp app = world.client_app({.token_validation_error_handler = null});
  AuthClient(app, world.options("auth")).userinfo();
  app.add_scope_requirements({{"auth.globus.org", AuthScopes.view_identities}});
  EXPECT_FALSE(app.login_required());
  EXPECT_EQ(AuthClient(app, world.options("auth"))
                .get_identities({.usernames = world.sandbox.value("USERNAME")})
                .http_status(),
            200);
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
