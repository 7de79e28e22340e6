// SPDX-License-Identifier: Apache-2.0
// What cannot be right is refused with the parameter's name, by the call itself, and nothing is
// sent: when blocking, and when asynchronous before anything is awaited.
#include <gtest/gtest.h>

#include "globus_sdk/async.hpp"
#include "globus_sdk/auth/auth_client.hpp"
#include "globus_sdk/auth/confidential_app_auth_client.hpp"
#include "globus_sdk/auth/native_app_auth_client.hpp"
#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "globus_sdk/authorizers/client_credentials_authorizer.hpp"
#include "globus_sdk/authorizers/refresh_token_authorizer.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/literals.hpp"
#include "support/plain_client.hpp"
#include "unit/mistake.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

// ---- Auth ---------------------------------------------------------------------------------------

TEST(BadInput, OfAuthClient) {
  const Refused refused;
  const AuthClient client(AccessTokenAuthorizer("t"), refused.options());
  GetIdentitiesOptions both;
  both.usernames = "a@example.org";
  both.ids = "b";
  EXPECT_TRUE(is_refused("usernames", [&] { client.get_identities(both); }));
  EXPECT_TRUE(is_refused("ids", [&] { static_cast<void>(client.async().get_identities(both)); }));
}

template <class Client> std::vector<Mistake<Client>> id_mistakes() {
  return {
      {"identity_id", [](const Client& client) { return client.get_consents(""); }},
      {"project_id", [](const Client& client) { return client.get_project(""); }},
      {"project_id", [](const Client& client) { return client.update_project(""); }},
      {"project_id", [](const Client& client) { return client.delete_project(""); }},
      {"policy_id", [](const Client& client) { return client.get_policy(""); }},
      {"policy_id", [](const Client& client) { return client.update_policy(""); }},
      {"policy_id", [](const Client& client) { return client.delete_policy(""); }},
      {"client_id", [](const Client& client) { return client.update_client(""); }},
      {"client_id", [](const Client& client) { return client.delete_client(""); }},
      {"client_id", [](const Client& client) { return client.get_client_credentials(""); }},
      {"client_id", [](const Client& client) { return client.create_client_credential("", "n"); }},
      {"client_id", [](const Client& client) { return client.delete_client_credential("", "c"); }},
      {"credential_id",
       [](const Client& client) { return client.delete_client_credential("c", ""); }},
      {"client_id", [](const Client& client) { return client.create_scope("", "n", "d", "s"); }},
      {"scope_id", [](const Client& client) { return client.get_scope(""); }},
      {"scope_id", [](const Client& client) { return client.update_scope(""); }},
      {"scope_id", [](const Client& client) { return client.delete_scope(""); }},
  };
}

template <class Client> std::vector<Mistake<Client>> text_mistakes() {
  return {
      {"display_name", [](const Client& client) { return client.create_project("", "c"); }},
      {"contact_email", [](const Client& client) { return client.create_project("d", ""); }},
      {"project_id", [](const Client& client) { return client.create_policy("", "n", "d"); }},
      {"display_name", [](const Client& client) { return client.create_policy("p", "", "d"); }},
      {"description", [](const Client& client) { return client.create_policy("p", "n", ""); }},
      {"name", [](const Client& client) { return client.create_client_credential("c", ""); }},
      {"name", [](const Client& client) { return client.create_scope("c", "", "d", "s"); }},
      {"description", [](const Client& client) { return client.create_scope("c", "n", "", "s"); }},
      {"scope_suffix", [](const Client& client) { return client.create_scope("c", "n", "d", ""); }},
  };
}

/// Looks clients up with options that do not go together.
template <class Client> void expect_refused_look_ups(const Client& client) {
  GetClientOptions one;
  EXPECT_TRUE(is_refused("fqdn", [&] { static_cast<void>(client.get_client(one)); }));
  one.client_id = "";
  EXPECT_TRUE(is_refused("client_id", [&] { static_cast<void>(client.get_client(one)); }));
  one.fqdn = "example.org";
  EXPECT_TRUE(is_refused("not both", [&] { static_cast<void>(client.get_client(one)); }));
  one = {};
  one.fqdn = "";
  EXPECT_TRUE(is_refused("fqdn", [&] { static_cast<void>(client.get_client(one)); }));
  GetScopesOptions scopes;
  scopes.ids = "a";
  scopes.scope_strings = "b";
  EXPECT_TRUE(is_refused("scope_strings", [&] { static_cast<void>(client.get_scopes(scopes)); }));
  GetIdentityProvidersOptions providers;
  providers.ids = "a";
  providers.domains = "b";
  EXPECT_TRUE(
      is_refused("domains", [&] { static_cast<void>(client.get_identity_providers(providers)); }));
}

/// Makes clients with options that do not go together.
template <class Make> void expect_refused_clients(Make make) {
  CreateClientOptions options;
  EXPECT_TRUE(is_refused("public_client", [&] { make("n", options); }));
  options.public_client = true;
  EXPECT_TRUE(is_refused("name", [&] { make("", options); }));
  options.client_type = ClientType::resource_server;
  EXPECT_TRUE(is_refused("not both", [&] { make("n", options); }));
  options.public_client.reset();
  options.privacy_policy = "https://example.org/";
  EXPECT_TRUE(is_refused("terms_and_conditions", [&] { make("n", options); }));
  options.terms_and_conditions = "";
  EXPECT_TRUE(is_refused("privacy_policy", [&] { make("n", options); }));
  options.terms_and_conditions = "https://example.org/";
  options.additional_fields = "text";
  EXPECT_TRUE(is_refused("additional_fields", [&] { make("n", options); }));
}

template <class Client> void expect_refused_updates(const Client& client) {
  UpdateClientOptions options;
  options.terms_and_conditions = nullptr;
  EXPECT_TRUE(
      is_refused("privacy_policy", [&] { static_cast<void>(client.update_client("c", options)); }));
  options.privacy_policy = "https://example.org/";
  EXPECT_TRUE(is_refused("terms_and_conditions",
                         [&] { static_cast<void>(client.update_client("c", options)); }));
}

TEST(BadInput, OfWhatDevelopersManage) {
  using AsyncClient = BasicAuthClient<Async>;
  const Refused refused;
  const AuthClient client(AccessTokenAuthorizer("t"), refused.options());
  const AsyncClient other = client.async();
  expect_refused(client, id_mistakes<AuthClient>());
  expect_refused(other, id_mistakes<AsyncClient>());
  expect_refused(client, text_mistakes<AuthClient>());
  expect_refused(other, text_mistakes<AsyncClient>());
  expect_refused_look_ups(client);
  expect_refused_look_ups(other);
  expect_refused_updates(client);
  expect_refused_updates(other);
  expect_refused_clients([&](Text name, const CreateClientOptions& options) {
    client.create_client(name, "project", options);
  });
  CreateClientOptions options;
  options.public_client = true;
  EXPECT_TRUE(is_refused("project", [&] { client.create_client("n", "", options); }));
  EXPECT_TRUE(is_refused("scope", [] { DependentScopeSpec("", true, true); }));
}

TEST(BadInput, OfChildClients) {
  const Refused refused;
  const ConfidentialAppAuthClient client("id", "secret", refused.options());
  expect_refused_clients([&](Text name, const CreateClientOptions& options) {
    client.create_child_client(name, options);
  });
}

template <class Client> std::vector<Mistake<Client>> login_mistakes() {
  return {
      {"refresh_token", [](const Client& client) { return client.oauth2_refresh_token(""); }},
      {"token", [](const Client& client) { return client.oauth2_revoke_token(""); }},
      {"form_data",
       [](const Client& client) {
         const Json text = "text";
         return client.oauth2_token(text);
       }},
      {"body_params",
       [](const Client& client) {
         TokenRequestOptions options;
         options.body_params = "text";
         return client.oauth2_refresh_token("t", options);
       }},
      {"oauth2_start_flow",
       [](const Client& client) { return client.oauth2_exchange_code_for_tokens("code"); }},
      {"oauth2_start_flow", [](const Client& client) { return client.oauth2_get_authorize_url(); }},
  };
}

template <class Client> std::vector<Mistake<Client>> confidential_app_mistakes() {
  return {
      {"requested_scopes",
       [](const Client& client) { return client.oauth2_client_credentials_tokens(""); }},
      {"requested_scopes",
       [](const Client& client) {
         return client.oauth2_client_credentials_tokens(std::vector<std::string>());
       }},
      {"token", [](const Client& client) { return client.oauth2_get_dependent_tokens(""); }},
      {"token", [](const Client& client) { return client.oauth2_token_introspect(""); }},
      {"redirect_uri", [](const Client& client) { return client.oauth2_start_flow("", "openid"); }},
      {"requested_scopes",
       [](const Client& client) { return client.oauth2_start_flow("https://x.example/", " "); }},
      {"auth_code",
       [](const Client& client) {
         client.oauth2_start_flow("https://x.example/", "openid");
         return client.oauth2_exchange_code_for_tokens("");
       }},
  };
}

TEST(BadInput, OfConfidentialAppAuthClient) {
  using AsyncClient = BasicConfidentialAppAuthClient<Async>;
  const Refused refused;
  const ConfidentialAppAuthClient client("id", "secret", refused.options());
  expect_refused(client, login_mistakes<ConfidentialAppAuthClient>());
  expect_refused(client, confidential_app_mistakes<ConfidentialAppAuthClient>());
  const ConfidentialAppAuthClient blocking("id", "secret", refused.options());
  const AsyncClient other = blocking.async();
  expect_refused(other, login_mistakes<AsyncClient>());
  expect_refused(other, confidential_app_mistakes<AsyncClient>());
  EXPECT_TRUE(is_refused("client_id", [] { ConfidentialAppAuthClient("", "secret"); }));
  EXPECT_TRUE(is_refused("client_secret", [] { ConfidentialAppAuthClient("id", ""); }));
}

TEST(BadInput, OfNativeAppAuthClient) {
  const Refused refused;
  const NativeAppAuthClient client("id", refused.options());
  expect_refused(client, login_mistakes<NativeAppAuthClient>());
  EXPECT_TRUE(is_refused("client_id", [] { NativeAppAuthClient(""); }));
  EXPECT_TRUE(is_refused("requested_scopes", [&] { client.oauth2_start_flow(""); }));
  EXPECT_TRUE(is_refused("template_id", [&] { client.create_native_app_instance("", "n"); }));
  EXPECT_TRUE(is_refused("name", [&] { client.create_native_app_instance("t", ""); }));
  for (const std::string& verifier :
       {std::string(42, 'a'), std::string(129, 'a'), std::string(43, '+')}) {
    EXPECT_TRUE(is_refused("verifier",
                           [&] { client.oauth2_start_flow("openid", {.verifier = verifier}); }));
  }
}

TEST(BadInput, OfAuthorizers) {
  const Refused refused;
  const ConfidentialAppAuthClient client("id", "secret", refused.options());
  EXPECT_TRUE(is_refused("access_token", [] { AccessTokenAuthorizer(""); }));
  EXPECT_TRUE(is_refused("access_token", [] { AccessTokenAuthorizer("a\n"); }));
  EXPECT_TRUE(is_refused("username", [] { BasicAuthorizer("", "p"); }));
  EXPECT_TRUE(is_refused("username", [] { BasicAuthorizer("a:b", "p"); }));
  EXPECT_TRUE(is_refused("refresh_token", [&] { RefreshTokenAuthorizer("", client); }));
  EXPECT_TRUE(is_refused("expires_at",
                         [&] { RefreshTokenAuthorizer("r", client, {.access_token = "a"}); }));
  EXPECT_TRUE(
      is_refused("access_token", [&] { RefreshTokenAuthorizer("r", client, {.expires_at = 1}); }));
  EXPECT_TRUE(is_refused("scopes", [&] { ClientCredentialsAuthorizer(client, ""); }));
}

// ---- what all clients have ----------------------------------------------------------------------

TEST(BadInput, OfCallSettings) {
  const PlainClient client;
  for (const auto duration : {0ms, -1ms}) {
    EXPECT_TRUE(
        is_refused("timeout", [&] { static_cast<void>(client.with({.timeout = duration})); }));
    EXPECT_TRUE(
        is_refused("deadline", [&] { static_cast<void>(client.with({.deadline = duration})); }));
  }
  EXPECT_TRUE(
      is_refused("max_retries", [&] { static_cast<void>(client.with({.max_retries = -1})); }));
}

TEST(BadInput, OfRequestsByPath) {
  const Refused refused;
  const PlainClient client(refused.options());
  EXPECT_TRUE(is_refused("method", [&] { client.request("", "/x"); }));
  EXPECT_TRUE(is_refused("encoding", [&] { client.post("/x", {.data = 1, .encoding = "xml"}); }));
  EXPECT_TRUE(is_refused("data", [&] { client.post("/x", {.data = 1, .encoding = "form"}); }));
  EXPECT_TRUE(is_refused("data", [&] { client.post("/x", {.data = 1, .encoding = "text"}); }));
  EXPECT_TRUE(is_refused("headers", [&] { client.get("/x", {.headers = "text"}); }));
}

}  // namespace
}  // namespace globus_sdk_test
