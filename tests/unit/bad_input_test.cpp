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
  const AsyncClient other = ConfidentialAppAuthClient("id", "secret", refused.options()).async();
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
    EXPECT_TRUE(is_refused("timeout", [&] { client.with({.timeout = duration}); }));
    EXPECT_TRUE(is_refused("deadline", [&] { client.with({.deadline = duration}); }));
  }
  EXPECT_TRUE(is_refused("max_retries", [&] { client.with({.max_retries = -1}); }));
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
