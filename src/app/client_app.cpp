// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/app/client_app.hpp"

#include <algorithm>
#include <map>
#include <mutex>

#include "app/app_state.hpp"
#include "app/own_client.hpp"
#include "core/process/environment_variable.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/token_storage/stored_token_authorizer.hpp"

namespace globus_sdk::inline v0 {

namespace {

LoginClient client_of(Text app_name, const GlobusAppOptions& options) {
  detail::check_client_is_given_once(options);
  if (options.config.login_flow_manager) {
    throw GlobusSDKUsageError("a ClientApp logs no user in: leave login_flow_manager unset");
  }
  if (options.login_client) {
    if (!std::holds_alternative<ConfidentialAppAuthClient>(*options.login_client)) {
      throw GlobusSDKUsageError(
          "the login_client of a ClientApp must be a ConfidentialAppAuthClient");
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
    const Strings scopes = scopes_for(resource_server);
    if (!stored_token_will_do(resource_server, scopes)) fetch_token(resource_server, scopes);
    return {std::make_shared<const StoredTokenAuthorizer>(
                storage().renewable(), resource_server, client(), scopes,
                StoredTokenAuthorizerOptions{.lock_timeout = config.renewal_lock_timeout}),
            std::nullopt};
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

  /// False when there is none, when it lacks scopes, or when nothing tells that it was asked for
  /// with what its scopes depend on; throws what else is wrong with it.
  bool stored_token_will_do(const std::string& resource_server, const Strings& scopes) const {
    try {
      token_storage().get_token_data(resource_server);
    } catch (const MissingTokenError&) {
      return false;
    } catch (const UnmetScopeRequirementsError&) {
      return false;
    }
    const bool has_dependencies = std::ranges::any_of(
        scopes, [](const std::string& scope) { return scope.find('[') != std::string::npos; });
    return !has_dependencies || is_fetched(resource_server, scopes);
  }

  /// Whether this process has got a token with just these scopes.
  bool is_fetched(const std::string& resource_server, const Strings& scopes) const {
    const std::lock_guard lock(mutex_);
    const auto found = fetched_.find(resource_server);
    return found != fetched_.end() && found->second == scopes.joined(' ');
  }

  /// Gets a token in place of the one that is stored. Who waits meanwhile takes that one: threads
  /// always, other processes where what is stored tells enough.
  void fetch_token(const std::string& resource_server, const Strings& scopes) const {
    const auto renewable = storage().renewable();
    const auto lock = renewable->lock_renewal(resource_server, storage().renewal_lock_timeout());
    if (stored_token_will_do(resource_server, scopes)) return;
    const auto tokens = client().oauth2_client_credentials_tokens(scopes);
    renewable->store_token_data_by_resource_server(
        storage().form_of(tokens, {{resource_server, scopes}}));
    const std::lock_guard kept(mutex_);
    fetched_[resource_server] = scopes.joined(' ');
  }

  Strings scopes_for(const std::string& resource_server) const {
    const auto requirements = required->get();
    const auto found = requirements.by_resource_server().find(resource_server);
    if (found == requirements.by_resource_server().end()) {
      throw GlobusSDKUsageError("the app has no scope requirements for " + resource_server +
                                ": add them with add_scope_requirements");
    }
    return found->second.values();
  }

  mutable std::mutex mutex_;
  mutable std::map<std::string, std::string> fetched_;  // scopes by resource server; by mutex_
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
