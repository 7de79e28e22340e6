// SPDX-License-Identifier: Apache-2.0
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "auth/id_token_operations.hpp"
#include "core/arguments/object_of.hpp"
#include "core/base/url_encoding.hpp"
#include "core/call/blocking_mode.hpp"
#include "globus_sdk/auth/confidential_app_auth_client.hpp"
#include "globus_sdk/auth/native_app_auth_client.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0 {

namespace detail {

namespace {

using Form = std::vector<std::pair<std::string, std::string>>;

/// A form that begins with these fields. Its values are not copied on the way: they may be secrets.
Form form_of(std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
  Form form;
  form.reserve(fields.size() + 2);
  for (const auto& [name, value] : fields) form.emplace_back(name, value);
  return form;
}

constexpr const char* token_path = "/v2/oauth2/token";

/// Adds an object's members, which replace fields of the same name.
void merge(Form& form, const Field<Json>& members, const char* parameter) {
  if (!members) return;
  for (const auto& member : object_of(*members, parameter)) {
    const std::string_view name = member.key();
    std::erase_if(form, [name](const auto& field) { return field.first == name; });
    if (member.value().is_null()) continue;
    const auto* text = member.value().if_string();
    form.emplace_back(
        name, text != nullptr ? std::string(std::string_view(*text)) : serialize(member.value()));
  }
}

}  // namespace

std::string authorize_url(const Connection& connection) {
  return join_url(base_url(connection), "/v2/oauth2/authorize");
}

std::string web_code_page(const Connection& connection) {
  return join_url(base_url(connection), "/v2/web/auth-code");
}

Request token_request(const LoginState& login, Form form, const Field<Json>& body_params) {
  if (login.sends_client_id) form.emplace_back("client_id", login.client_id);
  merge(form, body_params, "body_params");
  return post(token_path).form(std::move(form));
}

Request exchange_code_request(const LoginState& login, const AuthorizationFlow& flow,
                              Text auth_code) {
  return token_request(login, flow.exchange_form(auth_code), {});
}

Request refresh_token_request(const LoginState& login, Text refresh_token,
                              const TokenRequestOptions& options) {
  return token_request(login,
                       form_of({{"grant_type", "refresh_token"},
                                {"refresh_token", require("refresh_token", refresh_token).view()}}),
                       options.body_params);
}

Request revoke_token_request(const LoginState& login, Text token,
                             const TokenRequestOptions& options) {
  Form form = form_of({{"token", require("token", token).view()}});
  if (login.sends_client_id) form.emplace_back("client_id", login.client_id);
  merge(form, options.body_params, "body_params");
  return post("/v2/oauth2/token/revoke").form(std::move(form)).safe_to_repeat();
}

Request form_request(const LoginState&, const Json& form_data, const TokenRequestOptions& options) {
  Form form;
  merge(form, form_data, "form_data");
  merge(form, options.body_params, "body_params");
  return post(token_path).form(std::move(form));
}

Request client_credentials_request(const LoginState& login, const Strings& requested_scopes) {
  const std::string scopes = requested_scopes.joined(' ');
  if (scopes.find_first_not_of(' ') == std::string::npos) {
    throw GlobusSDKUsageError("requested_scopes must name at least one scope");
  }
  return token_request(login, {{"grant_type", "client_credentials"}, {"scope", scopes}}, {})
      .safe_to_repeat();
}

Request dependent_tokens_request(const LoginState&, Text token,
                                 const DependentTokensOptions& options) {
  Form form = form_of({{"grant_type", "urn:globus:auth:grant_type:dependent_token"},
                       {"token", require("token", token).view()}});
  if (options.refresh_tokens) form.emplace_back("access_type", "offline");
  if (options.scope) form.emplace_back("scope", options.scope->joined(' '));
  merge(form, options.additional_params, "additional_params");
  // twice the grant is twice the tokens, and nothing else
  return post(token_path).form(std::move(form)).safe_to_repeat();
}

Request introspect_request(Text token, const TokenIntrospectOptions& options) {
  Form form = form_of({{"token", require("token", token).view()}});
  if (options.include) form.emplace_back("include", *options.include);
  return post("/v2/oauth2/token/introspect")
      .form(std::move(form))
      .query_params(options.query_params)
      .safe_to_repeat();
}

}  // namespace detail

template class BasicAuthLoginClient<BasicConfidentialAppAuthClient, Blocking>;
template class BasicAuthLoginClient<BasicNativeAppAuthClient, Blocking>;
template class BasicConfidentialAppAuthClient<Blocking>;
template class BasicNativeAppAuthClient<Blocking>;

}  // namespace globus_sdk::inline v0
