// SPDX-License-Identifier: Apache-2.0
#include "app/app_state.hpp"

#include <utility>
#include <vector>

#include "app/app_authorizer.hpp"
#include "app/auth_parameters.hpp"
#include "app/own_client.hpp"
#include "authorizers/bearer_header.hpp"
#include "globus_sdk/auth/auth_client.hpp"
#include "globus_sdk/login_flows/errors.hpp"
#include "globus_sdk/scopes/scope_collections.hpp"
#include "globus_sdk/token_storage/scope_requirements_validator.hpp"
#include "token_storage/stored_form.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

const std::string& id_of(const LoginClient& client) {
  return std::visit([](const auto& login) -> const std::string& { return login.client_id(); },
                    client);
}

LoginClient of_environment(LoginClient client, const std::string& environment) {
  const std::string& own = detail::environment(connection_of(client));
  if (own != environment) {
    throw GlobusSDKUsageError("login_client is for the environment '" + own +
                              "', and the app's config for '" + environment + "'");
  }
  return client;
}

ScopeRequirements with_openid(ScopeRequirements requirements) {
  requirements.add(AuthScopes.resource_server, AuthScopes.openid);
  return requirements;
}

LoginRequiredError nobody_is_here(const TokenValidationError& error, const LoginFlowError& reason) {
  return LoginRequiredError(std::string("login required (") + error.what() +
                            "), and no user can log in here: " + reason.what());
}

}  // namespace

const Connection& connection_of(const LoginClient& client) {
  return std::visit([](const auto& login) -> const Connection& { return login.connection(); },
                    client);
}

AppState::AppState(Text name, const GlobusAppOptions& options, LoginClient client)
    : app_name(name.str()),
      config(options.config),
      environment(get_environment_name(config.environment)),
      login_client(of_environment(std::move(client), environment)),
      required(std::make_shared<RequiredScopes>(with_openid(options.scope_requirements))),
      storage_(config, {id_of(login_client), app_name, environment, "DEFAULT"}) {}

AppState::~AppState() = default;

void AppState::begin() const {
  // the storage is part of the state, so that the state cannot be kept by it
  const std::weak_ptr<const AppState> weak = weak_from_this();
  token_storage().add_validator(ScopeRequirementsValidator(
      [required = required] { return required->get().by_resource_server(); },
      [weak](const std::string& identity_id) {
        const auto state = weak.lock();
        if (!state)
          throw GlobusSDKUsageError("the app is destroyed, but its storage is still used");
        const AuthClient client(
            with_authorizer(connection_of(state->login_client),
                            state->stored_authorizer(std::string(AuthScopes.resource_server))));
        return client.get_consents(identity_id).to_forest();
      }));
}

const std::string& AppState::client_id() const noexcept {
  return id_of(login_client);
}

// ---- what is stored

std::shared_ptr<const GlobusAuthorizer> AppState::stored_authorizer(
    const std::string& resource_server) const {
  return stored(resource_server).authorizer;
}

CachedAuthorizer AppState::stored(const std::string& resource_server) const {
  return authorizers_.get_or_make(resource_server,
                                  [&] { return make_authorizer(resource_server); });
}

std::shared_ptr<const GlobusAuthorizer> AppState::authorizer_at_hand(
    const std::string& resource_server) const {
  return is_anything_due() ? nullptr : authorizers_.get(resource_server);
}

bool AppState::stored_tokens_will_do() const {
  try {
    for (const auto& [resource_server, scopes] : required->get().by_resource_server()) {
      stored_authorizer(resource_server);
    }
    return true;
  } catch (const TokenValidationError&) {
    return false;
  }
}

bool AppState::is_refused(const std::string& resource_server,
                          const std::string& access_token) const {
  return authorizers_.is_refused(resource_server, bearer_header(access_token));
}

void AppState::close() const {
  authorizers_.clear();
  storage_.close();
}

// ---- what a request needs

std::shared_ptr<const GlobusAuthorizer> AppState::authorizer(
    const std::string& resource_server) const {
  if (is_logging_in()) return authorizer_within_login(resource_server);
  bool is_all_done = false;
  while (!is_all_done && !is_ready(resource_server)) {
    logins_.join_or_run([&] {
      is_all_done = true;
      logins_.run_pending([this](const auto& parameters) { run_login_flow(parameters); });
      look_scopes_up();
      if (has_handler()) resolve(resource_server);
    });
  }
  return stored_authorizer(resource_server);
}

std::shared_ptr<const GlobusAuthorizer> AppState::authorizer_within_login(
    const std::string& resource_server) const {
  try {
    return stored_authorizer(resource_server);
  } catch (const TokenValidationError& error) {
    throw GlobusSDKUsageError(
        "a call within a login of the app needs the tokens that this login is to bring (" +
        std::string(error.what()) + "): make the call after the login");
  }
}

bool AppState::is_ready(const std::string& resource_server) const {
  if (is_anything_due()) return false;
  if (!has_handler()) return true;
  try {
    stored_authorizer(resource_server);
    return true;
  } catch (const TokenValidationError&) {
    return false;
  }
}

std::string AppState::authorization_header(const std::string& resource_server,
                                           const CallLimits& limits) const {
  const auto current = authorizer(resource_server);
  const auto storage = storage_.renewable();
  try {
    return current->get_authorization_header(limits);
  } catch (const LoginRequiredError& error) {
    // who has just logged out is not asked to log in for a call that came before
    if (!has_handler() || storage != storage_.renewable()) throw;
    bool is_handled = false;
    // the others that were refused find that somebody has logged in
    while (!is_handled && authorizer_at_hand(resource_server) == current) {
      logins_.join_or_run([&] {
        is_handled = true;
        if (authorizer_at_hand(resource_server) == current) handle(error);
      });
    }
  }
  return authorizer(resource_server)->get_authorization_header(limits);
}

void AppState::add_pending_login(const GlobusAuthorizationParameters& parameters) const {
  logins_.add_pending(parameters);
}

// ---- logins

void AppState::login(const AppLoginParameters& parameters) const {
  logins_.run_in_turn([&] {
    if (parameters.auth_params || parameters.force || login_required()) {
      run_login_flow(parameters.auth_params.value_or(GlobusAuthorizationParameters()));
    }
  });
}

bool AppState::login_required() const {
  if (!stored_tokens_will_do()) return true;
  if (!look_ups_.are_due()) return false;
  logins_.run_in_turn([this] { look_scopes_up(); });
  return !stored_tokens_will_do();
}

void AppState::run_login_flow(const GlobusAuthorizationParameters& parameters) const {
  const ScopeRequirements requirements = required->get();
  storage_.store(get_tokens(with_scopes(parameters, requirements)), requirements);
  authorizers_.replace();
}

void AppState::look_scopes_up() const {
  const ScopeLookUps::Due due = look_ups_.due();
  std::vector<ServerScopes> found;
  for (const ScopeLookUp& look_up : due) {
    if (has_handler()) resolve(look_up.resource_server);
    found.push_back(look_up.find(stored_authorizer(look_up.resource_server)));
  }
  // not before: what one of them finds, the tokens that the next one uses do not have yet
  for (const ServerScopes& scopes : found) {
    if (!scopes.scopes.empty()) require_scopes(scopes.resource_server, scopes.scopes);
  }
  look_ups_.end(due);
}

void AppState::resolve(const std::string& resource_server) const {
  try {
    stored_authorizer(resource_server);  // somebody else's login may have ended meanwhile
  } catch (const TokenValidationError& error) {
    handle(error);
  }
}

void AppState::handle(const TokenValidationError& error) const {
  const TokenValidationErrorHandler handler =
      config.token_validation_error_handler.value_or(&resolve_by_login_flow);
  try {
    handler(GlobusApp(shared_from_this()), error);
  } catch (const CommandLineLoginFlowEOFError& reason) {
    throw nobody_is_here(error, reason);
  } catch (const LocalServerEnvironmentalLoginError& reason) {
    throw nobody_is_here(error, reason);
  }
}

void AppState::logout(bool sweep) const {
  logins_.run_in_turn([&] {
    const auto requirements = required->get();
    const auto is_concerned = [&](const std::string& resource_server) {
      return sweep || requirements.by_resource_server().contains(resource_server);
    };
    // what authorizers could not store so far, they store when they go
    authorizers_.clear();
    // what renewals that are under way bring is stored by then, and no others begin
    const auto locks = storage_.lock_renewals(is_concerned);
    const auto stored = storage_.stored(is_concerned);
    const auto unstored = storage_.renewable()->unstored_refresh_tokens();
    std::vector<std::string> headers;
    for (const TokenStorageData& data : stored) headers.push_back(bearer_header(data.access_token));
    authorizers_.log_out(std::move(headers));
    storage_.retire_renewals();
    for (const auto& [resource_server, token] : unstored) {
      if (is_concerned(resource_server)) revoke(token.text);
    }
    for (const TokenStorageData& data : stored) revoke_and_forget(data);
  });
}

void AppState::revoke(const std::string& token) const {
  std::visit([&token](const auto& login) { login.oauth2_revoke_token(token); }, login_client);
}

void AppState::revoke_and_forget(const TokenStorageData& stored) const {
  if (!stored.access_token.empty()) revoke(stored.access_token);
  if (has_text(stored.refresh_token)) revoke(*stored.refresh_token);
  token_storage().remove_token_data(stored.resource_server);
}

// ---- what clients need

void AppState::add_scope_requirements(const ScopeRequirements& more) const {
  required->add(more);
  for (const auto& [resource_server, scopes] : more.by_resource_server()) {
    authorizers_.forget(resource_server);
  }
}

ClientOptions AppState::client_defaults() const {
  return own_client_options(app_name, config);
}

std::shared_ptr<const GlobusAuthorizer> AppState::authorizer_for(
    std::string_view resource_server) const {
  // clients of the same service wait for a login together
  const std::lock_guard lock(mutex_);
  auto& shared = client_authorizers_[std::string(resource_server)];
  if (auto known = shared.lock()) return known;
  auto made =
      std::make_shared<const AppAuthorizer>(shared_from_this(), std::string(resource_server));
  shared = made;
  return made;
}

void AppState::require_scopes(std::string_view resource_server, const Strings& scopes) const {
  add_scope_requirements({{resource_server, scopes}});
}

void AppState::require_scopes_of(ScopeLookUp look_up) const {
  look_ups_.add(std::move(look_up));
}

}  // namespace globus_sdk::inline v0::detail
