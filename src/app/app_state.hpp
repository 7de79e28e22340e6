// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "app/app_storage.hpp"
#include "app/authorizer_cache.hpp"
#include "app/logins.hpp"
#include "app/scope_look_ups.hpp"
#include "globus_sdk/app/globus_app.hpp"
#include "globus_sdk/core/connection.hpp"

namespace globus_sdk::inline v0::detail {

/// The scopes that an app requires, shared by all that ask for them.
class RequiredScopes {
 public:
  explicit RequiredScopes(ScopeRequirements requirements) : values_(std::move(requirements)) {}

  ScopeRequirements get() const {
    const std::lock_guard lock(mutex_);
    return values_;
  }
  void add(const ScopeRequirements& more) {
    const std::lock_guard lock(mutex_);
    values_.add(more);
  }

 private:
  mutable std::mutex mutex_;
  ScopeRequirements values_;
};

/// What the handles of an app share. Users and services differ in how they get tokens, and in what
/// they make of stored ones.
class AppState : public AppBinding, public std::enable_shared_from_this<AppState> {
 public:
  AppState(Text app_name, const GlobusAppOptions& options, LoginClient login_client);
  ~AppState() override;

  const std::string app_name;
  const GlobusAppConfig config;
  const std::string environment;
  const LoginClient login_client;
  const std::shared_ptr<RequiredScopes> required;

  /// Finishes what a constructor cannot do: the validators need the state.
  void begin() const;

  const std::string& client_id() const noexcept;
  const ValidatingTokenStorage& token_storage() const noexcept { return storage_.validating(); }
  void login(const AppLoginParameters& parameters) const;
  bool login_required() const;
  void logout(bool sweep) const;
  void close() const;
  void add_scope_requirements(const ScopeRequirements& more) const;

  /// The authorizer for a resource server; logs in, or does what else the handler of errors does,
  /// where there is none. Within a login there is only what is stored.
  std::shared_ptr<const GlobusAuthorizer> authorizer(const std::string& resource_server) const;
  /// The header of that authorizer; logs in where its refresh token is refused. Not for code that
  /// is a part of a login.
  std::string authorization_header(const std::string& resource_server,
                                   const CallLimits& limits) const;
  /// Whether this code is a part of the login that others wait for.
  bool is_logging_in() const { return logins_.is_mine(); }
  /// The same without the handler: either what is stored suffices, or TokenValidationError is
  /// thrown.
  std::shared_ptr<const GlobusAuthorizer> stored_authorizer(
      const std::string& resource_server) const;
  CachedAuthorizer stored(const std::string& resource_server) const;
  /// The one that was used last, if it is good, and nothing has to be done first. Never waits.
  std::shared_ptr<const GlobusAuthorizer> authorizer_at_hand(
      const std::string& resource_server) const;

  /// Which headers are out of use.
  AuthorizerCache& authorizers() const noexcept { return authorizers_; }
  /// Makes a login pending, which the next request runs first.
  void add_pending_login(const GlobusAuthorizationParameters& parameters) const;

  // what clients need
  ClientOptions client_defaults() const override;
  std::shared_ptr<const GlobusAuthorizer> authorizer_for(
      std::string_view resource_server) const override;
  void require_scopes(std::string_view resource_server, const Strings& scopes) const override;
  void require_scopes_of(ScopeLookUp look_up) const override;

 protected:
  /// Whether a service has refused that access token.
  bool is_refused(const std::string& resource_server, const std::string& access_token) const;
  /// Makes an authorizer out of what is stored, once that was judged.
  virtual CachedAuthorizer make_authorizer(const std::string& resource_server) const = 0;
  /// Gets tokens; `parameters` have the app's scopes.
  virtual OAuthTokenResponse get_tokens(const GlobusAuthorizationParameters& parameters) const = 0;
  const AppStorage& storage() const noexcept { return storage_; }

 private:
  bool has_handler() const { return !config.token_validation_error_handler.is_null(); }
  /// Whether there is a login or a look-up that comes before the next request.
  bool is_anything_due() const { return logins_.has_pending() || look_ups_.are_due(); }
  /// Whether a request may take what is stored, or nobody can make that any better.
  bool is_ready(const std::string& resource_server) const;
  /// For code that is a part of a login, for which no other can be run.
  std::shared_ptr<const GlobusAuthorizer> authorizer_within_login(
      const std::string& resource_server) const;
  /// Whether what is stored has all that the app requires, without a look-up or a login.
  bool stored_tokens_will_do() const;

  // what happens in a login, for which others wait

  void run_login_flow(const GlobusAuthorizationParameters& parameters) const;
  void look_scopes_up() const;
  /// Has what is wrong with stored tokens handled, unless it is over by now.
  void resolve(const std::string& resource_server) const;
  void handle(const TokenValidationError& error) const;
  void revoke(const std::string& token) const;
  void revoke_and_forget(const TokenStorageData& stored) const;

  mutable AppStorage storage_;
  mutable Logins logins_;
  mutable ScopeLookUps look_ups_;
  mutable AuthorizerCache authorizers_;
  mutable std::mutex mutex_;
  /// What clients of the same resource server share. Guarded by mutex_.
  mutable std::map<std::string, std::weak_ptr<const GlobusAuthorizer>> client_authorizers_;
};

/// What a login client is, by its handle.
const Connection& connection_of(const LoginClient& client);

}  // namespace globus_sdk::inline v0::detail
