// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "wire/login_calls.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

template <class Client> Calls<Client> confidential_app_calls() {
  Calls<Client> calls{
      {"oauth2_client_credentials_tokens",
       [](const Client& client, const Arguments& arguments) {
         return finish(
             client.oauth2_client_credentials_tokens(arguments.get<Strings>("requested_scopes")));
       }},
      {"oauth2_get_dependent_tokens",
       [](const Client& client, const Arguments& arguments) {
         DependentTokensOptions options;
         arguments.set("refresh_tokens", options.refresh_tokens);
         arguments.set("scope", options.scope);
         arguments.set("additional_params", options.additional_params);
         return finish(client.oauth2_get_dependent_tokens(arguments.get("token"), options));
       }},
      {"oauth2_token_introspect",
       [](const Client& client, const Arguments& arguments) {
         TokenIntrospectOptions options;
         arguments.set("include", options.include);
         arguments.set("query_params", options.query_params);
         return finish(client.oauth2_token_introspect(arguments.get("token"), options));
       }},
      {"create_child_client",
       [](const Client& client, const Arguments& arguments) {
         CreateChildClientOptions options;
         arguments.set("public_client", options.public_client);
         arguments.set("client_type", options.client_type);
         arguments.set("visibility", options.visibility);
         arguments.set("redirect_uris", options.redirect_uris);
         arguments.set("terms_and_conditions", options.terms_and_conditions);
         arguments.set("privacy_policy", options.privacy_policy);
         arguments.set("required_idp", options.required_idp);
         arguments.set("preselect_idp", options.preselect_idp);
         arguments.set("additional_fields", options.additional_fields);
         return finish(client.create_child_client(arguments.get("name"), options));
       }},
  };
  calls.merge(login_calls<Client>());
  return calls;
}

template <class Mode> class ConfidentialAppAuthClientRecords : public testing::Test {};
TYPED_TEST_SUITE(ConfidentialAppAuthClientRecords, Modes, ModeNames);

TYPED_TEST(ConfidentialAppAuthClientRecords, AreReproduced) {
  replay_file<TypeParam>("ConfidentialAppAuthClient.json",
                         {"auth/login_client.hpp", "auth/confidential_app_auth_client.hpp"},
                         confidential_app_calls<BasicConfidentialAppAuthClient<TypeParam>>(),
                         login_client<BasicConfidentialAppAuthClient, TypeParam>);
}

}  // namespace
}  // namespace globus_sdk_test
