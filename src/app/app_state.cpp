// SPDX-License-Identifier: Apache-2.0
#include "app_state.hpp"

#include <utility>

#include "../authorizers/renewal_under_way.hpp"
#include "../token_storage/stored_form.hpp"
#include "app_authorizer.hpp"
#include "auth_parameters.hpp"
#include "client_credentials.hpp"
#include "data_access.hpp"
#include "globus_sdk/auth/auth_client.hpp"
#include "globus_sdk/login_flows/errors.hpp"
#include "globus_sdk/scopes/scope_collections.hpp"
#include "globus_sdk/token_storage/json_token_storage.hpp"
#include "globus_sdk/token_storage/memory_token_storage.hpp"
#include "globus_sdk/token_storage/scope_requirements_validator.hpp"
#include "globus_sdk/token_storage/sqlite_token_storage.hpp"
#include "globus_sdk/transfer/transfer_client.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

template <class Storage> AnyTokenStorage storage_for(const AppTokenStorageOptions& app) {
  return Storage::for_globus_app(app.client_id, app.app_name, app.environment, app.namespace_);
}

std::shared_ptr<const TokenStorage> make_storage(const GlobusAppConfig& config,
                                                 const AppTokenStorageOptions& app) {
  static const std::map<std::string, TokenStorageChoice::Provider> known{
      {"json", &storage_for<JSONTokenStorage>},
      {"sqlite", &storage_for<SQLiteTokenStorage>},
      {"memory", &storage_for<MemoryTokenStorage>}};
  return config.token_storage.value_or(TokenStorageChoice("json"))
      .make("token_storage", known, app);
}

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
      inner_storage(make_storage(config, {id_of(login_client), app_name, environment, "DEFAULT"})),
      token_storage(inner_storage),
      required(std::make_shared<RequiredScopes>(with_openid(options.scope_requirements))),
      renewable_storage_(std::make_shared<const RenewableStorage>(inner_storage)) {}

AppState::~AppState() = default;

void AppState::begin() const {
  // the storage is part of the state, so that the state cannot be kept by it
  const std::weak_ptr<const AppState> weak = weak_from_this();
  token_storage.add_validator(ScopeRequirementsValidator(
      [required = required] { return required->get().by_resource_server(); },
      [weak](const std::string& identity_id) {
        const auto state = weak.lock();
        if (!state) throw GlobusSDKUsageError("the app is gone, and its storage is still in use");
        const AuthClient client(
            with_authorizer(connection_of(state->login_client),
                            state->stored_authorizer(std::string(AuthScopes.resource_server))));
        return client.get_consents(identity_id).to_forest();
      }));
}

const std::string& AppState::client_id() const noexcept {
  return id_of(login_client);
}

// ---- authorizers

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
  return outstanding_.is_empty() ? authorizers_.get(resource_server) : nullptr;
}

std::shared_ptr<const GlobusAuthorizer> AppState::authorizer(
    const std::string& resource_server) const {
  if (is_logging_in()) return authorizer_within_login(resource_server);
  bool was_handled = false;
  while (true) {
    if (outstanding_.is_empty()) {
      try {
        return stored_authorizer(resource_server);
      } catch (const TokenValidationError&) {
        if (was_handled || !has_handler()) throw;
      }
    }
    logins_.join_or_run({}, [&] {
      if (!do_what_is_outstanding()) {
        resolve(resource_server);
        was_handled = true;
      }
      return Ended();
    });
  }
}

std::shared_ptr<const GlobusAuthorizer> AppState::authorizer_within_login(
    const std::string& resource_server) const {
  try {
    return stored_authorizer(resource_server);
  } catch (const TokenValidationError& error) {
    throw GlobusSDKUsageError(
        "a call within a login of the app needs what the login is to bring (" +
        std::string(error.what()) + "): make it after the login");
  }
}

std::string AppState::authorization_header(const std::string& resource_server,
                                           const CallLimits& limits) const {
  const auto current = authorizer(resource_server);
  const auto storage = renewable_storage();
  try {
    return current->get_authorization_header(limits);
  } catch (const LoginRequiredError& error) {
    // who has just logged out is not asked to log in for a call that came before
    if (!has_handler() || is_logging_in() || storage != renewable_storage()) throw;
    logins_.join_or_run({}, [&] {
      // the others that were refused find that somebody has logged in
      if (authorizer_at_hand(resource_server) == current) handle(error);
      return Ended();
    });
  }
  return authorizer(resource_server)->get_authorization_header(limits);
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
  const auto nobody_is_here = [&error](const LoginFlowError& reason) {
    return LoginRequiredError(std::string("login required (") + error.what() +
                              "), and nobody is here to log in: " + reason.what());
  };
  try {
    handler(GlobusApp(shared_from_this()), error);
  } catch (const CommandLineLoginFlowEOFError& reason) {
    throw nobody_is_here(reason);
  } catch (const LocalServerEnvironmentalLoginError& reason) {
    throw nobody_is_here(reason);
  }
}

bool AppState::is_replaced(std::string_view header) const {
  return authorizers_.is_replaced(header);
}

void AppState::refuse(const std::string& resource_server, std::string_view header) const {
  authorizers_.refuse(resource_server, header);
}

bool AppState::is_refused(const std::string& resource_server,
                          const std::string& access_token) const {
  return authorizers_.is_refused(resource_server, "Bearer " + access_token);
}

// ---- logins

void AppState::run_login_flow(const GlobusAuthorizationParameters& parameters) const {
  store(get_tokens(with_scopes(parameters, required->get())));
  authorizers_.replace();
}

void AppState::login(const AppLoginParameters& parameters) const {
  logins_.run_in_turn([&] {
    if (parameters.auth_params || parameters.force || login_required()) {
      run_login_flow(parameters.auth_params.value_or(GlobusAuthorizationParameters()));
    }
    return Ended();
  });
}

std::chrono::milliseconds AppState::renewal_lock_timeout() const {
  return config.renewal_lock_timeout.value_or(default_renewal_lock_timeout);
}

std::shared_ptr<const RenewableStorage> AppState::renewable_storage() const {
  const std::lock_guard lock(mutex_);
  return renewable_storage_;
}

void AppState::store(const OAuthTokenResponse& tokens) const {
  const RenewalUnderWay under_way;  // a process that ends now loses no login either
  RenewalLocksHeld locks;
  for (const auto& [resource_server, token] : tokens.by_resource_server()) {
    try {
      locks.push_back(renewable_storage()->lock_renewal(resource_server, renewal_lock_timeout()));
    } catch (const TokenStorageError&) {
      // a login is not lost because somebody holds on to a lock
    }
  }
  token_storage.store_token_response(tokens);
}

bool AppState::login_required() const {
  if (!stored_tokens_will_do()) return true;
  if (outstanding_.collections().collection_ids.empty()) return false;
  const auto look_up = [this] {
    look_up_outstanding();
    return Ended();
  };
  if (is_logging_in()) {
    look_up();
  } else {
    logins_.run_in_turn(look_up);
  }
  return !stored_tokens_will_do();
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

void AppState::logout(bool sweep) const {
  logins_.run_in_turn([&] {
    // what authorizers could not store so far, they store when they go
    authorizers_.clear();
    // what renewals that are under way bring is stored by then, and no others begin
    RenewalLocksHeld locks;
    const auto requirements = required->get();
    const auto is_concerned = [&](const auto& stored) {
      return sweep || requirements.by_resource_server().contains(stored.first);
    };
    for (const auto& stored : inner_storage->get_token_data_by_resource_server()) {
      if (!is_concerned(stored)) continue;
      locks.push_back(renewable_storage()->lock_renewal(stored.first, renewal_lock_timeout()));
    }
    std::vector<TokenStorageData> concerned;
    std::vector<std::string> headers;
    for (const auto& stored : inner_storage->get_token_data_by_resource_server()) {
      if (!is_concerned(stored)) continue;
      concerned.push_back(stored.second);
      headers.push_back("Bearer " + stored.second.access_token);
    }
    retire_authorizers(std::move(headers));
    for (const TokenStorageData& stored : concerned) revoke_and_forget(stored);
    return Ended();
  });
}

void AppState::retire_authorizers(std::vector<std::string> headers) const {
  authorizers_.log_out(std::move(headers));
  const std::lock_guard lock(mutex_);
  auto next = std::make_shared<const RenewableStorage>(*renewable_storage_, inner_storage);
  renewable_storage_->retire();
  renewable_storage_ = std::move(next);
}

void AppState::revoke_and_forget(const TokenStorageData& stored) const {
  const auto revoke = [this](const std::string& token) {
    std::visit([&token](const auto& login) { login.oauth2_revoke_token(token); }, login_client);
  };
  if (!stored.access_token.empty()) revoke(stored.access_token);
  if (has_text(stored.refresh_token)) revoke(*stored.refresh_token);
  token_storage.remove_token_data(stored.resource_server);
}

bool AppState::is_logged_out(std::string_view header) const {
  return authorizers_.is_logged_out(header);
}

void AppState::close() const {
  authorizers_.clear();
  const bool is_another_ones = config.token_storage && config.token_storage->is_own_object();
  if (!is_another_ones) inner_storage->close();
}

// ---- what requests and clients call for

void AppState::call_for_login(const GlobusAuthorizationParameters& parameters) const {
  outstanding_.call_for_login(parameters);
}

bool AppState::do_what_is_outstanding() const {
  if (const auto parameters = outstanding_.login()) {
    try {
      run_login_flow(*parameters);
    } catch (...) {
      outstanding_.end_login(*parameters, false);
      throw;
    }
    outstanding_.end_login(*parameters, true);
    return true;
  }
  return look_up_outstanding();
}

bool AppState::look_up_outstanding() const {
  const CollectionsToLookUp collections = outstanding_.collections();
  if (collections.collection_ids.empty()) return false;
  look_up(collections);
  outstanding_.end_look_up(collections);
  return true;
}

void AppState::look_up(const CollectionsToLookUp& collections) const {
  const std::string resource_server(TransferScopes.resource_server);
  if (has_handler()) resolve(resource_server);
  const TransferClient transfer(
      with_authorizer(*collections.transfer, stored_authorizer(resource_server)));
  if (const auto scope = data_access_scope(transfer, collections.collection_ids)) {
    add_scope_requirements({{resource_server, *scope}});
  }
}

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

void AppState::require_data_access(const Strings& collection_ids,
                                   const Connection& transfer) const {
  check_collection_ids(collection_ids);
  // without the app, which would else keep itself
  outstanding_.look_up(collection_ids, with_authorizer(transfer, nullptr));
}

}  // namespace globus_sdk::inline v0::detail
