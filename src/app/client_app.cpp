// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/app/client_app.hpp"

#include "../core/environment_variable.hpp"
#include "app_state.hpp"
#include "client_credentials.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/token_storage/stored_token_authorizer.hpp"

namespace globus_sdk::inline v0 {

namespace {

LoginClient client_of(Text app_name, const GlobusAppOptions& options) {
  detail::check_client_is_given_once(options);
  if (options.config.login_flow_manager) {
    throw GlobusSDKUsageError("a ClientApp logs nobody in, and has no login_flow_manager");
  }
  if (options.login_client) {
    if (!std::holds_alternative<ConfidentialAppAuthClient>(*options.login_client)) {
      throw GlobusSDKUsageError("the login_client of a ClientApp is a ConfidentialAppAuthClient");
    }
    return *options.login_client;
  }
  const bool from_environment = !options.client_id && !options.client_secret;
  Field<std::string> id = options.client_id;
  Field<std::string> secret = options.client_secret;
  if (from_environment) {
    id = detail::environment_variable("GLOBUS_CLIENT_ID");
    secret = detail::environment_variable("GLOBUS_CLIENT_SECRET");
  }
  if (!id || !secret) {
    throw GlobusSDKUsageError(
        from_environment
            ? "a ClientApp needs client_id and client_secret, a login_client, or both of the "
              "variables GLOBUS_CLIENT_ID and GLOBUS_CLIENT_SECRET"
            : "a ClientApp needs both client_id and client_secret");
  }
  return ConfidentialAppAuthClient(*id, *secret,
                                   detail::own_client_options(app_name, options.config));
}

class ClientAppState final : public detail::AppState {
 public:
  ClientAppState(Text name, const GlobusAppOptions& options)
      : AppState(name, options, client_of(name, options)) {}

 protected:
  detail::CachedAuthorizer make_authorizer(const std::string& resource_server) const override {
    const bool is_stored = stored_token_will_do(resource_server);
    const StoredTokenAuthorizer authorizer(inner_storage, resource_server, client(),
                                           scopes_for(resource_server),
                                           {.lock_timeout = config.renewal_lock_timeout});
    if (!is_stored) authorizer.ensure_valid_token();
    return {std::make_shared<const StoredTokenAuthorizer>(authorizer), std::nullopt};
  }

  OAuthTokenResponse get_tokens(const GlobusAuthorizationParameters& parameters) const override {
    if (!parameters.required_scopes || parameters.required_scopes->empty()) {
      throw GlobusSDKUsageError("a ClientApp gets no tokens without scope requirements");
    }
    return client().oauth2_client_credentials_tokens(*parameters.required_scopes);
  }

 private:
  const ConfidentialAppAuthClient& client() const {
    return std::get<ConfidentialAppAuthClient>(login_client);
  }

  /// False when there is none; throws what is wrong with it.
  bool stored_token_will_do(const std::string& resource_server) const {
    try {
      return token_storage.get_token_data(resource_server).has_value();
    } catch (const MissingTokenError&) {
      return false;
    }
  }

  Strings scopes_for(const std::string& resource_server) const {
    const auto requirements = required->get();
    const auto found = requirements.by_resource_server().find(resource_server);
    if (found == requirements.by_resource_server().end()) {
      throw GlobusSDKUsageError("the app has no scope requirements for " + resource_server +
                                ": name them by add_scope_requirements");
    }
    return found->second.values();
  }
};

std::shared_ptr<const detail::AppState> make_state(Text app_name, const GlobusAppOptions& options) {
  auto state = std::make_shared<const ClientAppState>(app_name, options);
  state->begin();
  return state;
}

}  // namespace

ClientApp::ClientApp(Text app_name, const GlobusAppOptions& options)
    : GlobusApp(make_state(app_name, options)) {}
ClientApp::~ClientApp() = default;

}  // namespace globus_sdk::inline v0
