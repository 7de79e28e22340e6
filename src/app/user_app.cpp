// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/app/user_app.hpp"

#include "app/app_state.hpp"
#include "app/own_client.hpp"
#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "globus_sdk/login_flows/command_line_login_flow_manager.hpp"
#include "globus_sdk/login_flows/local_server_login_flow_manager.hpp"
#include "globus_sdk/token_storage/stored_token_authorizer.hpp"

namespace globus_sdk::inline v0 {

namespace {

LoginClient client_of(Text app_name, const GlobusAppOptions& options) {
  detail::check_client_is_given_once(options);
  if (options.login_client) return *options.login_client;
  if (!options.client_id) {
    throw GlobusSDKUsageError("a UserApp needs a client_id, or a login_client");
  }
  const ClientOptions own = detail::own_client_options(app_name, options.config);
  if (!options.client_secret) return NativeAppAuthClient(*options.client_id, own);
  return ConfidentialAppAuthClient(*options.client_id, *options.client_secret, own);
}

template <class Manager>
AnyLoginFlowManager manager_for(const std::string& app_name, const LoginClient& login_client,
                                const AppLoginOptions& options) {
  return Manager::for_globus_app(app_name, login_client, options);
}

std::shared_ptr<const LoginFlowManager> make_manager(const GlobusAppConfig& config,
                                                     const std::string& app_name,
                                                     const LoginClient& login_client) {
  static const std::map<std::string, LoginFlowManagerChoice::Provider> known{
      {"command-line", &manager_for<CommandLineLoginFlowManager>},
      {"local-server", &manager_for<LocalServerLoginFlowManager>}};
  return config.login_flow_manager.value_or(LoginFlowManagerChoice("command-line"))
      .make("login_flow_manager", known, app_name, login_client,
            {config.login_redirect_uri, config.request_refresh_tokens});
}

IDTokenDecoder decoder_of(const GlobusAppConfig& config, const LoginClient& login_client) {
  if (config.id_token_decoder) return *config.id_token_decoder;
  return std::visit([](const auto& client) { return IDTokenDecoder(client); }, login_client);
}

class UserAppState final : public detail::AppState {
 public:
  UserAppState(Text name, const GlobusAppOptions& options)
      : AppState(name, options, client_of(name, options)),
        manager_(make_manager(config, app_name, login_client)),
        decoder_(decoder_of(config, login_client)) {}

 protected:
  detail::CachedAuthorizer make_authorizer(const std::string& resource_server) const override {
    const TokenStorageData data = token_storage().get_token_data(resource_server).value();
    if (!config.request_refresh_tokens) {
      if (data.access_token.empty()) {
        throw MissingTokenError("There is no access token for " + resource_server, resource_server);
      }
      if (is_refused(resource_server, data.access_token)) {
        throw LoginRequiredError("login required: the access token for " + resource_server +
                                 " was refused before its expiry (revoked, for example); log in "
                                 "again, by login() of the app");
      }
      return {std::make_shared<const AccessTokenAuthorizer>(data.access_token),
              data.expires_at_seconds};
    }
    const auto renewing = std::visit(
        [&](const auto& client) {
          return StoredTokenAuthorizer(storage().renewable(), resource_server, client,
                                       {.lock_timeout = config.renewal_lock_timeout});
        },
        login_client);
    return {std::make_shared<const StoredTokenAuthorizer>(renewing), std::nullopt};
  }

  OAuthTokenResponse get_tokens(const GlobusAuthorizationParameters& parameters) const override {
    OAuthTokenResponse tokens = manager_->run_login_flow(parameters);
    // whose tokens they are is stored, so that must be true
    if (tokens.id_token()) tokens.decode_id_token(decoder_);
    return tokens;
  }

 private:
  const std::shared_ptr<const LoginFlowManager> manager_;
  const IDTokenDecoder decoder_;
};

std::shared_ptr<const detail::AppState> make_state(Text app_name, const GlobusAppOptions& options) {
  auto state = std::make_shared<const UserAppState>(app_name, options);
  if (options.config.request_refresh_tokens) {
    state->token_storage().add_validator(HasRefreshTokensValidator());
  } else {
    state->token_storage().add_validator(NotExpiredValidator());
  }
  state->begin();
  state->token_storage().add_validator(UnchangingIdentityIDValidator());
  return state;
}

}  // namespace

UserApp::UserApp(Text app_name, const GlobusAppOptions& options)
    : GlobusApp(make_state(app_name, options)) {}
UserApp::~UserApp() = default;

}  // namespace globus_sdk::inline v0
