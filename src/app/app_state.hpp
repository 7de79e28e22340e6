// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <variant>
#include <vector>

#include "../core/single_flight.hpp"
#include "authorizer_cache.hpp"
#include "globus_sdk/app/globus_app.hpp"
#include "globus_sdk/core/connection.hpp"
#include "outstanding.hpp"
#include "renewable_storage.hpp"

namespace globus_sdk::inline v0::detail {

/// What an app's scopes are, for all who ask.
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
  /// What tokens are stored in, as it is.
  const std::shared_ptr<const TokenStorage> inner_storage;
  const ValidatingTokenStorage token_storage;
  const std::shared_ptr<RequiredScopes> required;

  /// Finishes what a constructor cannot: those who judge tokens need the state.
  void begin() const;

  const std::string& client_id() const noexcept;
  void login(const AppLoginParameters& parameters) const;
  bool login_required() const;
  void logout(bool sweep) const;
  void close() const;
  void add_scope_requirements(const ScopeRequirements& more) const;

  /// The authorizer for a resource server; logs in, or does what else the handler of errors does,
  /// where there is none.
  std::shared_ptr<const GlobusAuthorizer> authorizer(const std::string& resource_server) const;
  /// The header of that authorizer; logs in where its refresh token is refused.
  std::string authorization_header(const std::string& resource_server,
                                   const CallLimits& limits) const;
  /// Whether this code is a part of the login that others wait for.
  bool is_logging_in() const { return logins_.is_mine(); }
  /// The same without help: what is stored will do, or TokenValidationError is thrown.
  std::shared_ptr<const GlobusAuthorizer> stored_authorizer(
      const std::string& resource_server) const;
  CachedAuthorizer stored(const std::string& resource_server) const;
  /// The one that was used last, if it is good, and no login is called for. Never waits.
  std::shared_ptr<const GlobusAuthorizer> authorizer_at_hand(
      const std::string& resource_server) const;

  /// Whether a logout took this header out of use.
  bool is_logged_out(std::string_view header) const;
  /// Whether a login has ended since this header was in use.
  bool is_replaced(std::string_view header) const;
  /// Takes a header out of use that a service has refused, though its token has not expired.
  void refuse(const std::string& resource_server, std::string_view header) const;
  /// Calls for a login, which the next request runs first.
  void call_for_login(const GlobusAuthorizationParameters& parameters) const;

  // what clients need
  ClientOptions client_defaults() const override;
  std::shared_ptr<const GlobusAuthorizer> authorizer_for(
      std::string_view resource_server) const override;
  void require_scopes(std::string_view resource_server, const Strings& scopes) const override;
  void require_data_access(const Strings& collection_ids,
                           const Connection& transfer) const override;

 protected:
  /// Whether a service has refused that access token.
  bool is_refused(const std::string& resource_server, const std::string& access_token) const;
  /// Makes an authorizer out of what is stored, once that was judged.
  virtual CachedAuthorizer make_authorizer(const std::string& resource_server) const = 0;
  /// Gets tokens; `parameters` have the app's scopes.
  virtual OAuthTokenResponse get_tokens(const GlobusAuthorizationParameters& parameters) const = 0;
  /// The storage, for who renews what is in it, and for who must not meet a renewal.
  std::shared_ptr<const RenewableStorage> renewable_storage() const;
  std::chrono::milliseconds renewal_lock_timeout() const;

 private:
  /// Logins do not come to anything but that they have ended.
  using Ended = std::monostate;

  /// Whether what is stored has all that the app requires, without a look-up or a login.
  bool stored_tokens_will_do() const;
  /// The same for code that is a part of a login, for which no other can be run.
  std::shared_ptr<const GlobusAuthorizer> authorizer_within_login(
      const std::string& resource_server) const;
  void run_login_flow(const GlobusAuthorizationParameters& parameters) const;
  /// Stores what a login brought: not in the middle of a renewal, which would store what it
  /// replaced.
  void store(const OAuthTokenResponse& tokens) const;
  void revoke_and_forget(const TokenStorageData& stored) const;
  /// Lets go of all authorizers, whose renewals have ended, and of these headers of theirs.
  void retire_authorizers(std::vector<std::string> headers) const;
  using RenewalLocksHeld = std::vector<TokenStorage::RenewalLock>;
  /// Does one thing that is to be done before anything else; false when there is nothing.
  bool do_what_is_outstanding() const;
  /// Looks collections up that are to be; false when there are none.
  bool look_up_outstanding() const;
  void look_up(const CollectionsToLookUp& collections) const;
  /// Has what is wrong with stored tokens handled, unless it is over by now.
  void resolve(const std::string& resource_server) const;
  void handle(const TokenValidationError& error) const;
  bool has_handler() const { return !config.token_validation_error_handler.is_null(); }

  mutable SingleFlight<Ended> logins_;
  mutable AuthorizerCache authorizers_;
  mutable Outstanding outstanding_;
  mutable std::mutex mutex_;
  /// Another one after each logout. Guarded by mutex_.
  mutable std::shared_ptr<const RenewableStorage> renewable_storage_;
  /// What clients of the same resource server share. Guarded by mutex_.
  mutable std::map<std::string, std::weak_ptr<const GlobusAuthorizer>> client_authorizers_;
};

/// What a login client is, by its handle.
const Connection& connection_of(const LoginClient& client);

}  // namespace globus_sdk::inline v0::detail
