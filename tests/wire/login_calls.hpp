// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "globus_sdk/auth/confidential_app_auth_client.hpp"
#include "globus_sdk/auth/native_app_auth_client.hpp"
#include "wire/auth_modes.hpp"
#include "wire/replay.hpp"

namespace globus_sdk_test {

/// Of the recorded client.
inline constexpr const char* recorded_client_id = "client-id";

inline globus_sdk::AuthorizeURLOptions authorize_options(const Arguments& arguments) {
  globus_sdk::AuthorizeURLOptions options;
  arguments.set("session_required_identities", options.session_required_identities);
  arguments.set("session_required_single_domain", options.session_required_single_domain);
  arguments.set("session_required_policies", options.session_required_policies);
  arguments.set("session_required_mfa", options.session_required_mfa);
  arguments.set("session_message", options.session_message);
  arguments.set("prompt", options.prompt);
  arguments.set("query_params", options.query_params);
  return options;
}

/// How the clients begin a login: they differ.
template <class Mode>
auto start_flow(const globus_sdk::BasicConfidentialAppAuthClient<Mode>& client,
                const Arguments& arguments) {
  globus_sdk::ConfidentialAppFlowOptions options;
  arguments.set("state", options.state);
  arguments.set("refresh_tokens", options.refresh_tokens);
  return client.oauth2_start_flow(arguments.get("redirect_uri"),
                                  arguments.get<globus_sdk::Strings>("requested_scopes"), options);
}
template <class Mode>
auto start_flow(const globus_sdk::BasicNativeAppAuthClient<Mode>& client,
                const Arguments& arguments) {
  globus_sdk::NativeAppFlowOptions options;
  arguments.set("redirect_uri", options.redirect_uri);
  arguments.set("state", options.state);
  arguments.set("verifier", options.verifier);
  arguments.set("refresh_tokens", options.refresh_tokens);
  arguments.set("prefill_named_grant", options.prefill_named_grant);
  return client.oauth2_start_flow(arguments.get<globus_sdk::Strings>("requested_scopes"), options);
}

/// The calls of the flow, which all login clients have.
template <class Client> Calls<Client> flow_calls() {
  return {
      {"oauth2_start_flow",
       [](const Client& client, const Arguments& arguments) {
         return finish(start_flow(client, arguments));
       }},
      {"oauth2_get_authorize_url",
       [](const Client& client, const Arguments& arguments) {
         return finish(client.oauth2_get_authorize_url(authorize_options(arguments)));
       }},
      {"oauth2_exchange_code_for_tokens",
       [](const Client& client, const Arguments& arguments) {
         return finish(client.oauth2_exchange_code_for_tokens(arguments.get("auth_code")));
       }},
  };
}

/// The calls of tokens, which all login clients have.
template <class Client> Calls<Client> token_calls() {
  return {
      {"get_openid_configuration",
       [](const Client& client, const Arguments&) {
         return finish(client.get_openid_configuration());
       }},
      {"get_jwk", finish_get_jwk<Client>},
      {"oauth2_refresh_token",
       [](const Client& client, const Arguments& arguments) {
         globus_sdk::TokenRequestOptions options;
         arguments.set("body_params", options.body_params);
         return finish(client.oauth2_refresh_token(arguments.get("refresh_token"), options));
       }},
      {"oauth2_revoke_token",
       [](const Client& client, const Arguments& arguments) {
         globus_sdk::TokenRequestOptions options;
         arguments.set("body_params", options.body_params);
         return finish(client.oauth2_revoke_token(arguments.get("token"), options));
       }},
      {"oauth2_token",
       [](const Client& client, const Arguments& arguments) {
         globus_sdk::TokenRequestOptions options;
         arguments.set("body_params", options.body_params);
         const auto form_data = arguments.get<globus_sdk::Json>("form_data");
         return finish(client.oauth2_token(form_data, options));
       }},
  };
}

template <class Client> Calls<Client> login_calls() {
  Calls<Client> calls = flow_calls<Client>();
  calls.merge(token_calls<Client>());
  return calls;
}

/// A client of that kind in that world, with the recorded id.
template <template <class> class Client, class Mode> Client<Mode> login_client(World<Mode>& world) {
  if constexpr (std::is_same_v<Client<Mode>, globus_sdk::BasicConfidentialAppAuthClient<Mode>>) {
    return world.template client<Client>(recorded_client_id, "client-secret");
  } else {
    return world.template client<Client>(recorded_client_id);
  }
}

}  // namespace globus_sdk_test
