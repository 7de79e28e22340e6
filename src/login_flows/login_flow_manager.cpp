// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/login_flows/login_flow_manager.hpp"

#include <unistd.h>

#include <array>
#include <string_view>
#include <utility>

#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0 {

namespace {

/// This machine's name; empty where it has none.
std::string nice_hostname() {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0) return {};
  std::string_view host = name.data();
  constexpr std::string_view local = ".local";
  if (host.ends_with(local)) host.remove_suffix(local.size());
  return std::string(host);
}

}  // namespace

LoginFlowManager::LoginFlowManager(LoginClient login_client, bool request_refresh_tokens,
                                   Field<std::string> native_prefill_named_grant)
    : login_client_(std::move(login_client)),
      request_refresh_tokens_(request_refresh_tokens),
      native_prefill_named_grant_(std::move(native_prefill_named_grant)) {}
LoginFlowManager::~LoginFlowManager() = default;

void LoginFlowManager::require_scopes(const GlobusAuthorizationParameters& auth_parameters) {
  const auto& scopes = auth_parameters.required_scopes;
  if (scopes && !scopes->empty()) return;
  throw GlobusSDKUsageError("a login needs scopes: required_scopes of its parameters names none");
}

AuthorizationFlow LoginFlowManager::start_flow(const GlobusAuthorizationParameters& auth_parameters,
                                               Text redirect_uri,
                                               const Field<std::string>& state) const {
  require_scopes(auth_parameters);
  const Strings& scopes = *auth_parameters.required_scopes;
  if (const auto* native = std::get_if<NativeAppAuthClient>(&login_client_)) {
    return native->oauth2_start_flow(scopes, {.redirect_uri = redirect_uri.str(),
                                              .state = state,
                                              .refresh_tokens = request_refresh_tokens_,
                                              .prefill_named_grant = native_prefill_named_grant_});
  }
  return std::get<ConfidentialAppAuthClient>(login_client_)
      .oauth2_start_flow(redirect_uri, scopes,
                         {.state = state, .refresh_tokens = request_refresh_tokens_});
}

std::string LoginFlowManager::get_authorize_url(
    const AuthorizationFlow& flow, const GlobusAuthorizationParameters& auth_parameters) {
  AuthorizeURLOptions options;
  options.session_required_identities = auth_parameters.session_required_identities;
  options.session_required_single_domain = auth_parameters.session_required_single_domain;
  options.session_required_policies = auth_parameters.session_required_policies;
  options.session_required_mfa = auth_parameters.session_required_mfa;
  options.session_message = auth_parameters.session_message;
  if (auth_parameters.prompt) options.prompt = Choice<Prompt>(*auth_parameters.prompt);
  return flow.get_authorize_url(options);
}

OAuthTokenResponse LoginFlowManager::exchange_code(const AuthorizationFlow& flow, Text auth_code,
                                                   const std::stop_token& stop) const {
  CallSettings settings;
  if (stop.stop_possible()) settings.stop = stop;
  return std::visit(
      [&](const auto& client) -> OAuthTokenResponse {
        return client.with(settings).oauth2_exchange_code_for_tokens(flow, auth_code);
      },
      login_client_);
}

std::optional<std::string> LoginFlowManager::code_page() const {
  const auto* native = std::get_if<NativeAppAuthClient>(&login_client_);
  if (native == nullptr) return std::nullopt;
  return detail::web_code_page(native->connection());
}

std::string LoginFlowManager::prefill_for_app(Text app_name) {
  const std::string host = nice_hostname();
  return host.empty() ? app_name.str() : app_name.str() + " on " + host;
}

}  // namespace globus_sdk::inline v0
