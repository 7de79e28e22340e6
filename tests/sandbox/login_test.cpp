// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <sstream>

#include "globus_sdk/authorizers/client_credentials_authorizer.hpp"
#include "globus_sdk/authorizers/refresh_token_authorizer.hpp"
#include "globus_sdk/core/literals.hpp"
#include "support/browser.hpp"
#include "support/run_async.hpp"
#include "support/sandbox_world.hpp"

namespace globus_sdk {
namespace {

using globus_sdk_test::code_from;
using globus_sdk_test::consenting_world;
using globus_sdk_test::run_async;
using globus_sdk_test::SandboxWorld;

const std::string transfer_scope = "urn:globus:auth:scope:transfer.api.globus.org:all";

TEST(Login, NativeAppWithPkce) {
  const SandboxWorld world = consenting_world();
  const NativeAppAuthClient client = world.native_client();
  client.oauth2_start_flow({"openid", "profile", "email", transfer_scope},
                           {.refresh_tokens = true});
  const std::string code = code_from(client.oauth2_get_authorize_url());
  const OAuthTokenResponse tokens = client.oauth2_exchange_code_for_tokens(code);

  ASSERT_EQ(tokens.by_resource_server().size(), 2u);
  const TokenData& transfer = tokens.by_resource_server().at("transfer.api.globus.org");
  EXPECT_EQ(tokens.by_scopes()["openid profile"].resource_server, "auth.globus.org");
  EXPECT_TRUE(transfer.refresh_token);
  EXPECT_TRUE(tokens.id_token());
  EXPECT_EQ(
      world.transfer_client(AccessTokenAuthorizer(transfer.access_token)).task_list().http_status(),
      200);
  EXPECT_EQ(world.transfer_client(RefreshTokenAuthorizer(*transfer.refresh_token, client))
                .task_list()
                .http_status(),
            200);
  // a code is good once
  try {
    client.oauth2_exchange_code_for_tokens(code);
    FAIL() << "no exception";
  } catch (const AuthAPIError& error) {
    EXPECT_EQ(error.code(), "invalid_grant");
    EXPECT_EQ(std::string(error.what()).find(code), std::string::npos);
  }
}

TEST(Login, NativeAppWithAnothersVerifierIsRefused) {
  const SandboxWorld world = consenting_world();
  const NativeAppAuthClient client = world.native_client();
  const auto flow = client.oauth2_start_flow(transfer_scope);
  const auto other = client.oauth2_start_flow(transfer_scope);
  const std::string code = code_from(flow.get_authorize_url());
  EXPECT_THROW(client.oauth2_exchange_code_for_tokens(other, code), AuthAPIError);
}

TEST(Login, ConfidentialApp) {
  const SandboxWorld world = consenting_world();
  const ConfidentialAppAuthClient client = world.login_client();
  const auto flow = client.oauth2_start_flow("http://127.0.0.1:9/callback", transfer_scope,
                                             {.state = "a state", .refresh_tokens = true});
  const std::string code = code_from(flow.get_authorize_url());
  const OAuthTokenResponse tokens = client.oauth2_exchange_code_for_tokens(flow, code);
  EXPECT_TRUE(tokens.by_resource_server().at("transfer.api.globus.org").refresh_token);
}

TEST(Login, NeedsAStartedFlow) {
  const SandboxWorld world;
  EXPECT_THROW(world.native_client().oauth2_get_authorize_url(), GlobusSDKUsageError);
  EXPECT_THROW(world.native_client().oauth2_exchange_code_for_tokens("code"), GlobusSDKUsageError);
  EXPECT_TRUE(world.sandbox.requests().empty());
}

TEST(Login, CopiesShareTheFlow) {
  const SandboxWorld world;
  const NativeAppAuthClient client = world.native_client();
  const NativeAppAuthClient copy = client.with({.timeout = 5s});
  client.oauth2_start_flow(transfer_scope);
  EXPECT_FALSE(copy.oauth2_get_authorize_url().empty());
}

TEST(Login, UserinfoAndIdentities) {
  const SandboxWorld world;
  const AuthClient client =
      world.auth_client(AccessTokenAuthorizer(world.sandbox.value("AUTH_TOKEN")));
  const GlobusHTTPResponse me = client.userinfo();
  EXPECT_EQ(me["preferred_username"], world.sandbox.value("USERNAME"));
  const std::string id = me["sub"];

  const GetIdentitiesResponse by_id = client.get_identities({.ids = id});
  ASSERT_EQ(by_id.size(), 1u);
  for (const auto& identity : by_id)
    EXPECT_EQ(identity["username"], world.sandbox.value("USERNAME"));
  for (auto identity : client.get_identities({.usernames = {world.sandbox.value("USERNAME")}})) {
    EXPECT_EQ(identity["id"], id);
  }
  GetIdentitiesOptions options;
  options.ids = id;
  EXPECT_EQ(run_async(client.async().get_identities(options)).size(), 1u);
  EXPECT_EQ(run_async(client.async().userinfo())["sub"], id);
  EXPECT_THROW(client.get_identities({.usernames = "a", .ids = "b"}), GlobusSDKUsageError);
}

TEST(Login, DependentTokens) {
  const SandboxWorld world = consenting_world();
  const ConfidentialAppAuthClient service = world.login_client();
  // a user's program logs in for the service, which trades the token it is sent
  const NativeAppAuthClient program = world.native_client();
  program.oauth2_start_flow("https://auth.globus.org/scopes/" + service.client_id() + "/all");
  const OAuthTokenResponse sent =
      program.oauth2_exchange_code_for_tokens(code_from(program.oauth2_get_authorize_url()));
  const std::string token = sent.by_resource_server().at(service.client_id()).access_token;

  const OAuthDependentTokenResponse traded =
      service.oauth2_get_dependent_tokens(token, {.refresh_tokens = true});
  const TokenData& transfer = traded.by_resource_server().at("transfer.api.globus.org");
  ASSERT_TRUE(transfer.refresh_token);
  EXPECT_EQ(traded.by_scopes()[transfer_scope].access_token, transfer.access_token);
  const TransferClient client =
      world.transfer_client(RefreshTokenAuthorizer(*transfer.refresh_token, service));
  EXPECT_EQ(client.task_list().http_status(), 200);
  DependentTokensOptions options;
  options.scope = transfer_scope;
  EXPECT_EQ(run_async(service.async().oauth2_get_dependent_tokens(token, options))
                .by_resource_server()
                .size(),
            1u);
}

TEST(Login, Introspection) {
  const SandboxWorld world;
  const ConfidentialAppAuthClient client = world.login_client();
  const std::string token = world.sandbox.value("TRANSFER_TOKEN");
  const GlobusHTTPResponse seen =
      client.oauth2_token_introspect(token, {.include = "identity_set"});
  EXPECT_EQ(seen["active"], true);
  EXPECT_EQ(seen["username"], world.sandbox.value("USERNAME"));
  EXPECT_EQ(client.oauth2_token_introspect("no-token")["active"], false);
  TokenIntrospectOptions options;
  EXPECT_EQ(run_async(client.async().oauth2_token_introspect(token, options))["active"], true);
}

TEST(Login, ARevokedTokenIsRefused) {
  const SandboxWorld world;
  const ConfidentialAppAuthClient client = world.login_client();
  const std::string token = world.sandbox.value("TRANSFER_TOKEN");
  EXPECT_EQ(world.transfer_client().task_list().http_status(), 200);
  client.oauth2_revoke_token(token);
  try {
    world.transfer_client().task_list();
    FAIL() << "no exception";
  } catch (const TransferAPIError& error) {
    EXPECT_EQ(error.http_status(), 401);
    EXPECT_EQ(std::string(error.what()).find(token), std::string::npos);
  }
  EXPECT_EQ(client.oauth2_token_introspect(token)["active"], false);
}

TEST(Login, AWrongSecretIsAnError) {
  const SandboxWorld world;
  const ConfidentialAppAuthClient client(world.sandbox.value("CLIENT_ID"), "not-the-secret",
                                         world.options("auth"));
  try {
    client.oauth2_client_credentials_tokens(transfer_scope);
    FAIL() << "no exception";
  } catch (const AuthAPIError& error) {
    EXPECT_EQ(error.http_status(), 401);
    EXPECT_EQ(std::string(error.what()).find("not-the-secret"), std::string::npos);
  }
  EXPECT_THROW(ConfidentialAppAuthClient("", "x", world.options("auth")), GlobusSDKUsageError);
  EXPECT_THROW(ConfidentialAppAuthClient("x", "", world.options("auth")), GlobusSDKUsageError);
}

TEST(Login, OverTls) {
  globus_sandbox::SandboxOptions options;
  options.tls = true;
  const SandboxWorld world(options);
  const TransferClient client = world.transfer_client();
  EXPECT_EQ(client.task_list().http_status(), 200);
  TaskListOptions list_options;
  EXPECT_EQ(run_async(client.async().task_list(list_options)).http_status(), 200);

  ClientOptions untrusting;
  untrusting.base_url = world.sandbox.service_url("transfer");
  RetryConfig once;
  once.max_retries = 0;
  untrusting.retry_config = once;
  const TransferClient stranger(AccessTokenAuthorizer("t"), untrusting);
  EXPECT_THROW(stranger.task_list(), GlobusConnectionError);
  TransportSettings trusting;
  trusting.verify_ssl = false;
  untrusting.transport = Transport(trusting);
  EXPECT_THROW(TransferClient(AccessTokenAuthorizer("t"), untrusting).task_list(),
               TransferAPIError);
}

}  // namespace
}  // namespace globus_sdk
