// SPDX-License-Identifier: Apache-2.0
#include "app_state.hpp"

#include <utility>

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
      required(std::make_shared<RequiredScopes>(with_openid(options.scope_requirements))) {}

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
  return is_called_for() ? nullptr : authorizers_.get(resource_server);
}

std::shared_ptr<const GlobusAuthorizer> AppState::authorizer(
    const std::string& resource_server) const {
  const bool within_login = turn_.is_mine();
  bool was_handled = false;
  while (true) {
    if (within_login || !is_called_for()) {
      try {
        return stored_authorizer(resource_server);
      } catch (const TokenValidationError&) {
        if (was_handled || within_login || !has_handler()) throw;
      }
    }
    turn_.run_or_wait([&] {
      if (do_what_is_called_for()) return;
      resolve(resource_server);
      was_handled = true;
    });
  }
}

std::string AppState::authorization_header(const std::string& resource_server) const {
  const auto current = authorizer(resource_server);
  try {
    return current->get_authorization_header({});
  } catch (const LoginRequiredError& error) {
    if (!has_handler() || turn_.is_mine()) throw;
    turn_.run_or_wait([&] {
      // the others that were refused find that somebody has logged in
      if (authorizer_at_hand(resource_server) == current) handle(error);
    });
  }
  return authorizer(resource_server)->get_authorization_header({});
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
  const OAuthTokenResponse tokens = get_tokens(with_scopes(parameters, required->get()));
  token_storage.store_token_response(tokens);
  authorizers_.replace();
}

void AppState::login(const AppLoginParameters& parameters) const {
  turn_.run([&] {
    if (parameters.auth_params || parameters.force || login_required()) {
      run_login_flow(parameters.auth_params.value_or(GlobusAuthorizationParameters()));
    }
  });
}

bool AppState::login_required() const {
  if (!stored_tokens_will_do()) return true;
  if (!has_collections_to_look_up()) return false;
  turn_.run([this] {
    if (const DataAccess wanted = take_data_access(); !wanted.collection_ids.empty()) {
      look_collections_up(wanted);
    }
  });
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
  const auto revoke = [this](const std::string& token) {
    std::visit([&token](const auto& login) { login.oauth2_revoke_token(token); }, login_client);
  };
  turn_.run([&] {
    const auto requirements = required->get();
    for (const auto& [resource_server, data] : inner_storage->get_token_data_by_resource_server()) {
      if (!sweep && !requirements.by_resource_server().contains(resource_server)) continue;
      if (!data.access_token.empty()) revoke(data.access_token);
      if (has_text(data.refresh_token)) revoke(*data.refresh_token);
      token_storage.remove_token_data(resource_server);
    }
    authorizers_.clear();
  });
}

void AppState::close() const {
  authorizers_.clear();
  const bool is_another_ones = config.token_storage && config.token_storage->is_own_object();
  if (!is_another_ones) inner_storage->close();
}

// ---- what requests and clients call for

bool AppState::has_collections_to_look_up() const {
  const std::lock_guard lock(mutex_);
  return !data_access_.collection_ids.empty();
}

AppState::DataAccess AppState::take_data_access() const {
  const std::lock_guard lock(mutex_);
  return std::exchange(data_access_, {});
}

bool AppState::is_called_for() const {
  const std::lock_guard lock(mutex_);
  return called_for_ || !data_access_.collection_ids.empty();
}

void AppState::call_for_login(const GlobusAuthorizationParameters& parameters) const {
  const std::lock_guard lock(mutex_);
  called_for_ = merged(called_for_.value_or(GlobusAuthorizationParameters()), parameters);
}

bool AppState::do_what_is_called_for() const {
  std::optional<GlobusAuthorizationParameters> login;
  DataAccess wanted;
  {
    const std::lock_guard lock(mutex_);
    login = called_for_;
    if (!login) wanted = std::exchange(data_access_, {});
  }
  if (login) {
    run_called_for(*login);
  } else if (!wanted.collection_ids.empty()) {
    look_collections_up(wanted);
  }
  return login || !wanted.collection_ids.empty();
}

void AppState::run_called_for(const GlobusAuthorizationParameters& parameters) const {
  // it is called for until it has ended, so that calls which need no more than it brings wait
  const auto end = [&](bool well) {
    const std::lock_guard lock(mutex_);
    if (!well || called_for_ == parameters) called_for_.reset();
  };
  try {
    run_login_flow(parameters);
  } catch (...) {
    end(false);  // the requests that needed it fail
    throw;
  }
  end(true);
}

void AppState::look_collections_up(const DataAccess& wanted) const {
  const std::string resource_server(TransferScopes.resource_server);
  try {
    try {
      stored_authorizer(resource_server);
    } catch (const TokenValidationError&) {
      if (!has_handler()) throw;
      resolve(resource_server);
    }
    const TransferClient transfer(
        with_authorizer(*wanted.transfer, stored_authorizer(resource_server)));
    if (const auto scope = data_access_scope(transfer, wanted.collection_ids)) {
      add_scope_requirements({{resource_server, *scope}});
    }
  } catch (...) {
    // nothing is forgotten: the next request tries again
    const std::lock_guard lock(mutex_);
    auto& again = data_access_.collection_ids;
    again.insert(again.end(), wanted.collection_ids.begin(), wanted.collection_ids.end());
    data_access_.transfer = wanted.transfer;
    throw;
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
  return std::make_shared<const AppAuthorizer>(shared_from_this(), std::string(resource_server));
}

void AppState::require_scopes(std::string_view resource_server, const Strings& scopes) const {
  add_scope_requirements({{resource_server, scopes}});
}

void AppState::require_data_access(const Strings& collection_ids,
                                   const Connection& transfer) const {
  check_collection_ids(collection_ids);
  const std::lock_guard lock(mutex_);
  auto& ids = data_access_.collection_ids;
  ids.insert(ids.end(), collection_ids.begin(), collection_ids.end());
  // without the app, which would else keep itself
  data_access_.transfer = with_authorizer(transfer, nullptr);
}

}  // namespace globus_sdk::inline v0::detail
