// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/app/user_app.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "globus_sdk/auth/auth_client.hpp"
#include "globus_sdk/core/literals.hpp"
#include "globus_sdk/token_storage/errors.hpp"
#include "globus_sdk/token_storage/json_token_storage.hpp"
#include "globus_sdk/token_storage/memory_token_storage.hpp"
#include "sandbox/app_world.hpp"
#include "support/scoped_folder.hpp"
#include "support/scoped_variable.hpp"

namespace globus_sdk {
namespace {

using globus_sdk_test::AppWorld;
using globus_sdk_test::now_seconds;
using globus_sdk_test::ScopedFolder;
using globus_sdk_test::ScopedVariable;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

const std::string transfer(TransferScopes.resource_server);

/// What is stored for Transfer, changed.
template <class Change> void change_stored(const GlobusApp& app, Change change) {
  const auto& storage = *app.token_storage().token_storage();
  auto tokens = storage.get_token_data_by_resource_server();
  change(tokens.at(transfer));
  storage.store_token_data_by_resource_server(tokens);
}

TEST(UserApp, LogsInAtTheFirstRequestAndNotAgain) {
  AppWorld world;
  const UserApp app = world.user_app();
  const TransferClient client = world.transfer_of(app);
  EXPECT_EQ(world.login.logins(), 0U);
  EXPECT_EQ(world.sandbox.requests().size(), 0U) << "construction sends nothing";
  EXPECT_TRUE(app.login_required());
  EXPECT_EQ(client.task_list().http_status(), 200);
  EXPECT_EQ(client.task_list().http_status(), 200);
  EXPECT_EQ(world.login.logins(), 1U);
  EXPECT_FALSE(app.login_required());
  EXPECT_THAT(world.login.asked().front().required_scopes->values(),
              UnorderedElementsAre("openid", TransferScopes.all.str()));
}

TEST(UserApp, AClientOfTheAppAddsItsScopes) {
  AppWorld world;
  const UserApp app =
      world.user_app({}, {{transfer, "urn:globus:auth:scope:transfer.api.globus.org:gateway"}});
  const AuthClient auth(app, world.options("auth"));
  TransferClient(app,
                 [&] {
                   auto options = world.options("transfer");
                   options.app_scopes = {TransferScopes.all.with_dependency(Scope("urn:other"))};
                   return options;
                 }())
      .add_app_scope("urn:one urn:two");
  const auto required = app.scope_requirements();
  EXPECT_THAT(required.at("auth.globus.org").values(),
              ElementsAre(Scope("openid"), Scope("profile"), Scope("email")));
  EXPECT_THAT(required.at(transfer).values(),
              ElementsAre(Scope("urn:globus:auth:scope:transfer.api.globus.org:gateway"),
                          TransferScopes.all.with_dependency(Scope("urn:other")), Scope("urn:one"),
                          Scope("urn:two")));
  EXPECT_THROW(world.transfer_client().add_app_scope("x"), GlobusSDKUsageError);
  EXPECT_THROW(TransferClient(ClientOptions{.app_scopes = {"x"}}), GlobusSDKUsageError);
}

TEST(UserApp, ANewRequirementTakesAnotherLogin) {
  AppWorld world;
  const UserApp app = world.user_app();
  const TransferClient client = world.transfer_of(app);
  client.task_list();
  EXPECT_EQ(AuthClient(app, world.options("auth")).userinfo()["sub"].as<std::string>(),
            app.token_storage().identity_id());
  EXPECT_EQ(world.login.logins(), 2U) << "profile and email were not asked for before";
  client.task_list();
  EXPECT_EQ(world.login.logins(), 2U);
}

TEST(UserApp, ExpiredAccessTokensTakeALogin) {
  AppWorld world;
  const UserApp app = world.user_app();
  const TransferClient client = world.transfer_of(app);
  client.task_list();
  change_stored(app, [](TokenStorageData& data) { data.expires_at_seconds = now_seconds() - 1; });
  EXPECT_EQ(client.task_list().http_status(), 200) << "the token at hand is good";
  const UserApp another("an app",
                        {.login_client = world.native_client(),
                         .config = {.login_flow_manager = world.login,
                                    .token_storage = app.token_storage().token_storage()}});
  const TransferClient of_another = world.transfer_of(another);
  EXPECT_TRUE(another.login_required());
  of_another.task_list();
  EXPECT_EQ(world.login.logins(), 2U);
}

TEST(UserApp, AnAccessTokenThatWasRefusedIsNoToken) {
  AppWorld world;
  const UserApp app = world.user_app();
  const TransferClient client = world.transfer_of(app);
  client.task_list();
  world.sandbox.revoke(app.token_storage().token_storage()->get_token_data(transfer)->access_token);
  EXPECT_EQ(client.task_list().http_status(), 200) << "the call logs in and is made again";
  EXPECT_EQ(world.login.logins(), 2U);
  EXPECT_EQ(client.task_list().http_status(), 200);
  EXPECT_EQ(world.login.logins(), 2U);
}

/// What a service that refuses every token makes calls of an app say.
std::vector<std::string> refusals(AppWorld& world, const GlobusApp& app, int calls) {
  const TransferClient client = world.transfer_of(app);
  client.task_list();
  globus_sandbox::Fault fault;
  fault.path = "/task_list";
  fault.count = 1000;
  fault.status = 401;
  fault.body = R"({"code": "AuthenticationFailed", "message": "no"})";
  world.sandbox.add_fault(fault);
  std::vector<std::string> said;
  for (int call = 0; call < calls; ++call) {
    try {
      client.task_list();
      said.emplace_back("nothing");
    } catch (const GlobusError& error) {
      said.emplace_back(error.what());
    }
  }
  return said;
}

TEST(UserApp, AServiceThatRefusesEveryTokenMakesOneLogin) {
  AppWorld world;
  const UserApp app = world.user_app();
  EXPECT_THAT(refusals(world, app, 4), testing::Each(HasSubstr("the token is fresh")));
  EXPECT_EQ(world.login.logins(), 2U) << "the first one, and one in place of a refused token";
}

TEST(UserApp, EachCallSaysThatAServiceRefusesRenewedTokens) {
  AppWorld world;
  const UserApp app = world.user_app({.request_refresh_tokens = true});
  EXPECT_THAT(refusals(world, app, 4), testing::Each(HasSubstr("the token is fresh")));
  EXPECT_EQ(world.login.logins(), 1U);
}

TEST(UserApp, WithoutAHandlerARefusedAccessTokenSaysHowToLogIn) {
  AppWorld world;
  const UserApp app = world.user_app({.token_validation_error_handler = null});
  const TransferClient client = world.transfer_of(app);
  app.login();
  client.task_list();
  const std::string token =
      app.token_storage().token_storage()->get_token_data(transfer)->access_token;
  world.sandbox.revoke(token);
  for (int call = 0; call < 2; ++call) {
    try {
      client.task_list();
      ADD_FAILURE() << "the access token was revoked";
    } catch (const LoginRequiredError& error) {
      EXPECT_THAT(error.what(), AllOf(HasSubstr("login required"), HasSubstr("log in again"),
                                      HasSubstr(transfer), testing::Not(HasSubstr(token))));
    }
  }
  EXPECT_TRUE(app.login_required());
  EXPECT_TRUE(app.token_storage().token_storage()->get_token_data(transfer)) << "nothing is wiped";
  app.login();
  EXPECT_FALSE(app.login_required());
  EXPECT_EQ(client.task_list().http_status(), 200);
}

TEST(UserApp, ATokenThatAnotherProcessHasStoredMeanwhileIsTaken) {
  AppWorld world;
  const UserApp app = world.user_app();
  const TransferClient client = world.transfer_of(app);
  client.task_list();
  const auto first = *app.token_storage().token_storage()->get_token_data(transfer);
  change_stored(app, [&](TokenStorageData& data) {
    data.access_token = world.sandbox.value("TRANSFER_TOKEN");
  });
  world.sandbox.revoke(first.access_token);
  EXPECT_EQ(client.task_list().http_status(), 200);
  EXPECT_EQ(world.login.logins(), 1U);
}

TEST(UserApp, AnEmptyTokenInAStorageIsNone) {
  AppWorld world;
  for (const bool refresh_tokens : {false, true}) {
    const UserApp app = world.user_app({.request_refresh_tokens = refresh_tokens});
    const TransferClient client = world.transfer_of(app);
    client.task_list();
    change_stored(app, [&](TokenStorageData& data) {
      (refresh_tokens ? data.refresh_token.emplace() : data.access_token).clear();
    });
    app.close();
    EXPECT_TRUE(app.login_required());
    EXPECT_EQ(client.task_list().http_status(), 200);
    EXPECT_EQ(world.login.logins(), 2U);
    EXPECT_NO_THROW(app.logout());
  }
}

TEST(UserApp, RefreshTokensAreRenewedWithoutALogin) {
  AppWorld world;
  const UserApp app = world.user_app({.request_refresh_tokens = true});
  const TransferClient client = world.transfer_of(app);
  client.task_list();
  const auto first = *app.token_storage().token_storage()->get_token_data(transfer);
  world.sandbox.expire(first.access_token);
  EXPECT_EQ(client.task_list().http_status(), 200);
  EXPECT_EQ(world.login.logins(), 1U);
  const auto second = *app.token_storage().token_storage()->get_token_data(transfer);
  EXPECT_NE(second.access_token, first.access_token);
  EXPECT_EQ(second.identity_id, first.identity_id);
  EXPECT_TRUE(second.refresh_token);
}

TEST(UserApp, ARefusedRefreshTokenTakesALogin) {
  AppWorld world;
  const UserApp app = world.user_app({.request_refresh_tokens = true});
  const TransferClient client = world.transfer_of(app);
  client.task_list();
  const auto data = *app.token_storage().token_storage()->get_token_data(transfer);
  world.sandbox.revoke(*data.refresh_token);
  world.sandbox.expire(data.access_token);
  EXPECT_EQ(client.task_list().http_status(), 200);
  EXPECT_EQ(world.login.logins(), 2U);
}

TEST(UserApp, WithoutAHandlerARefusedRefreshTokenSaysHowToLogIn) {
  AppWorld world;
  const UserApp app =
      world.user_app({.request_refresh_tokens = true, .token_validation_error_handler = null});
  const TransferClient client = world.transfer_of(app);
  EXPECT_THROW(client.task_list(), MissingTokenError);
  app.login();
  client.task_list();
  const auto data = *app.token_storage().token_storage()->get_token_data(transfer);
  world.sandbox.revoke(*data.refresh_token);
  world.sandbox.expire(data.access_token);
  try {
    client.task_list();
    ADD_FAILURE() << "the refresh token was revoked";
  } catch (const LoginRequiredError& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr("login required"), HasSubstr("login({.force"),
                                    HasSubstr(transfer)));
    EXPECT_EQ(std::string(error.what()).find(*data.refresh_token), std::string::npos);
  }
  EXPECT_EQ(world.login.logins(), 1U);
  EXPECT_TRUE(app.token_storage().token_storage()->get_token_data(transfer)) << "nothing is wiped";
}

TEST(UserApp, WhereNobodyCanLogInItSaysSo) {
  AppWorld world;
  const UserApp app("batch job",
                    {.login_client = world.native_client(), .config = {.token_storage = "memory"}});
  const TransferClient client = world.transfer_of(app);
  int input[2];
  ASSERT_EQ(pipe(input), 0);
  const int terminal = dup(STDIN_FILENO);
  dup2(input[0], STDIN_FILENO);  // as in a batch job: no terminal
  try {
    client.task_list();
    ADD_FAILURE() << "somebody has logged in";
  } catch (const LoginRequiredError& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr("login required"), HasSubstr("terminal")));
  }
  dup2(terminal, STDIN_FILENO);
  for (const int descriptor : {terminal, input[0], input[1]}) close(descriptor);
}

TEST(UserApp, AHandlerOfOnesOwn) {
  AppWorld world;
  std::vector<std::string> seen;
  const UserApp app =
      world.user_app({.token_validation_error_handler = [&seen](const GlobusApp& given,
                                                                const TokenValidationError& error) {
        seen.emplace_back(error.what());
        given.login();
      }});
  world.transfer_of(app).task_list();
  EXPECT_THAT(seen, ElementsAre(HasSubstr(transfer)));
  EXPECT_EQ(world.login.logins(), 1U);
  const UserApp helpless = world.user_app(
      {.token_validation_error_handler = [](const GlobusApp&, const TokenValidationError&) {}});
  EXPECT_THROW(world.transfer_of(helpless).task_list(), MissingTokenError);
}

TEST(UserApp, WhatAHandlerDoesIsAPartOfTheLogin) {
  AppWorld world;
  std::vector<std::string> seen;
  const UserApp app =
      world.user_app({.token_validation_error_handler = [&seen](const GlobusApp& given,
                                                                const TokenValidationError&) {
        given.logout();
        seen.emplace_back(given.login_required() ? "required" : "not required");
        EXPECT_THROW(given.get_authorizer(transfer), GlobusSDKUsageError);
        given.login({.force = true});
        seen.emplace_back(given.login_required() ? "required" : "not required");
        EXPECT_NE(given.get_authorizer(transfer).get(), nullptr);
      }});
  EXPECT_EQ(world.transfer_of(app).task_list().http_status(), 200);
  EXPECT_THAT(seen, ElementsAre("required", "not required"));
  EXPECT_EQ(world.login.logins(), 1U);
}

TEST(UserApp, AnotherUserIsRefusedUntilALogout) {
  AppWorld world;
  const UserApp app = world.user_app();
  const TransferClient client = world.transfer_of(app);
  client.task_list();
  const auto stored = app.token_storage().token_storage()->get_token_data_by_resource_server();
  world.login.be("second-user@globus-sandbox.example");
  EXPECT_THROW(app.login({.force = true}), IdentityMismatchError);
  EXPECT_EQ(app.token_storage().token_storage()->get_token_data_by_resource_server(), stored);
  app.logout();
  app.login();
  EXPECT_NE(app.token_storage().identity_id(), stored.at(transfer).identity_id);
  EXPECT_EQ(client.task_list().http_status(), 200);
}

TEST(UserApp, LogoutRevokesAndForgets) {
  AppWorld world;
  const MemoryTokenStorage storage;
  const UserApp app = world.user_app({.token_storage = storage, .request_refresh_tokens = true});
  const TransferClient client = world.transfer_of(app);
  client.task_list();
  const auto data = *storage.get_token_data(transfer);
  auto others = storage.get_token_data_by_resource_server();
  others.at(transfer).resource_server = "other.example";
  storage.store_token_data_by_resource_server({{"other.example", others.at(transfer)}});
  app.logout();
  EXPECT_FALSE(storage.get_token_data(transfer));
  EXPECT_TRUE(storage.get_token_data("other.example"));
  EXPECT_THROW(world.transfer_client(AccessTokenAuthorizer(data.access_token)).task_list(),
               TransferAPIError);
  EXPECT_THROW(world.native_client().oauth2_refresh_token(*data.refresh_token), AuthAPIError);
  EXPECT_TRUE(app.login_required());
  app.logout({.sweep = true});
  EXPECT_TRUE(storage.get_token_data_by_resource_server().empty());
}

/// A storage that can be full.
class FullStorage final : public TokenStorage {
 public:
  void store_token_data_by_resource_server(
      const TokenStorageDataByResourceServer& data) const override {
    for (const auto& [resource_server, token] : data) {
      if (token.refresh_token) shared_->refresh_tokens.push_back(*token.refresh_token);
    }
    if (shared_->is_full && !data.empty()) throw TokenStorageError("the storage", "it is full");
    inner_.store_token_data_by_resource_server(data);
  }
  TokenStorageDataByResourceServer get_token_data_by_resource_server() const override {
    return inner_.get_token_data_by_resource_server();
  }
  bool remove_token_data(Text resource_server) const override {
    return inner_.remove_token_data(resource_server);
  }

  void be_full(bool is_full) const { shared_->is_full = is_full; }
  /// That it was ever to store.
  const std::vector<std::string>& refresh_tokens() const { return shared_->refresh_tokens; }

 private:
  struct Shared {
    bool is_full = false;
    std::vector<std::string> refresh_tokens;
  };
  MemoryTokenStorage inner_;
  std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
};

TEST(UserApp, LogoutRevokesWhatCouldNotBeStored) {
  AppWorld world({.rotate_refresh_tokens = true});
  const FullStorage storage;
  const UserApp app = world.user_app({.token_storage = storage, .request_refresh_tokens = true});
  world.transfer_of(app).task_list();
  const AnyAuthorizer held = app.get_authorizer(transfer);  // as a call does that is under way
  world.sandbox.expire(storage.get_token_data(transfer)->access_token);
  held.get()->handle_missing_authorization(held.get()->get_authorization_header({}));
  storage.be_full(true);
  EXPECT_THROW(held.get()->get_authorization_header({}), TokenStorageError);
  const std::string newest = storage.refresh_tokens().back();
  EXPECT_NE(newest, storage.get_token_data(transfer)->refresh_token);
  app.logout();
  EXPECT_THROW(world.native_client().oauth2_refresh_token(newest), AuthAPIError);
}

TEST(UserApp, AnotherProcessNeedsNoLogin) {
  AppWorld world;
  const ScopedFolder folder;
  const ScopedVariable home("HOME", folder.path.string());
  const UserApp app = world.user_app({.token_storage = "json"});
  world.transfer_of(app).task_list();
  const auto file = folder.path / ".globus/app" / app.client_id() / "an-app/tokens.json";
  EXPECT_TRUE(std::filesystem::exists(file)) << file;
  app.close();
  const UserApp again = world.user_app({.token_storage = "json"});
  EXPECT_EQ(world.transfer_of(again).task_list().http_status(), 200);
  EXPECT_EQ(world.login.logins(), 0U) << "of the second app";
  const UserApp other = world.user_app({.token_storage = "sqlite"});
  EXPECT_TRUE(other.login_required()) << "another file";
}

TEST(UserApp, TheIdTokenOfALoginIsVerified) {
  AppWorld world;
  const IDTokenDecoder of_another(world.native_client(), {.jwt_audience = "another client"});
  const UserApp app = world.user_app({.id_token_decoder = of_another});
  EXPECT_THROW(app.login(), IDTokenError);
  EXPECT_TRUE(app.token_storage().get_token_data_by_resource_server().empty());
}

TEST(UserApp, RefusesWhatCannotBeMeant) {
  AppWorld world;
  const auto message = [](const GlobusAppOptions& options) -> std::string {
    try {
      const UserApp app("x", options);
    } catch (const GlobusSDKUsageError& error) {
      return error.what();
    }
    return "nothing was thrown";
  };
  EXPECT_THAT(message({}), HasSubstr("client_id"));
  EXPECT_THAT(message({.login_client = world.native_client(), .client_id = "x"}),
              HasSubstr("login_client"));
  EXPECT_THAT(
      message({.client_id = "x", .config = {.login_flow_manager = "carrier-pigeon"}}),
      AllOf(HasSubstr("carrier-pigeon"), HasSubstr("'command-line'"), HasSubstr("'local-server'")));
  EXPECT_THAT(message({.client_id = "x", .config = {.token_storage = "paper"}}),
              AllOf(HasSubstr("paper"), HasSubstr("'json', 'memory', 'sqlite'")));
  EXPECT_THAT(
      message({.login_client = world.native_client(), .config = {.environment = "preview"}}),
      AllOf(HasSubstr("preview"), HasSubstr("production")));
  EXPECT_THAT(message({.client_id = "x", .client_secret = "y"}), HasSubstr("redirect_uri"));
  const UserApp app = world.user_app();
  EXPECT_THROW(TransferClient(app, {.environment = "preview"}), GlobusSDKUsageError);
}

TEST(UserApp, PartsOfItMayBeMadeForIt) {
  AppWorld world;
  AppTokenStorageOptions given;
  std::string name;
  const MemoryTokenStorage storage;
  const UserApp app("My App", {.login_client = world.native_client(),
                               .config = {.login_flow_manager =
                                              [&](const std::string& app_name, const LoginClient&,
                                                  const AppLoginOptions& options) {
                                                name = app_name;
                                                EXPECT_TRUE(options.request_refresh_tokens);
                                                return AnyLoginFlowManager(world.login);
                                              },
                                          .token_storage =
                                              [&](const AppTokenStorageOptions& options) {
                                                given = options;
                                                return AnyTokenStorage(storage);
                                              },
                                          .request_refresh_tokens = true}});
  EXPECT_EQ(name, "My App");
  EXPECT_EQ(given.client_id, app.client_id());
  EXPECT_EQ(given.app_name, "My App");
  EXPECT_EQ(given.environment, "production");
  EXPECT_EQ(given.namespace_, "DEFAULT");
}

}  // namespace
}  // namespace globus_sdk
