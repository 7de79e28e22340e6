// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "globus_sdk/app/globus_app_config.hpp"
#include "globus_sdk/app/preflight.hpp"
#include "globus_sdk/app/scope_requirements.hpp"
#include "globus_sdk/core/app_binding.hpp"
#include "globus_sdk/core/authorizer.hpp"
#include "globus_sdk/core/export.hpp"
#include "globus_sdk/gare/globus_authorization_parameters.hpp"
#include "globus_sdk/token_storage/validating_token_storage.hpp"

namespace globus_sdk::inline v0 {

namespace detail {
class AppState;
}

/// What an app is made of.
struct GlobusAppOptions {
  /// The client that logs in, in place of client_id and client_secret.
  Field<LoginClient> login_client{};
  /// The app's id, a UUID.
  Field<std::string> client_id{};
  /// The app's secret, where it has one.
  Field<std::string> client_secret{};
  /// Scopes by resource server, besides those of the clients that are built from the app.
  ScopeRequirements scope_requirements{};
  /// How the app behaves.
  GlobusAppConfig config{};
};

/// Options of GlobusApp::login.
struct AppLoginParameters {
  /// What the login must bring besides the app's scopes. When set, a login runs even if none is
  /// required.
  Field<GlobusAuthorizationParameters> auth_params{};
  /// Whether to log in even if no login is required.
  bool force = false;
};

/// Options of GlobusApp::logout.
struct AppLogoutParameters {
  /// Whether to remove every token of the storage. If not, only the tokens of the resource servers
  /// that the app has requirements for are removed.
  bool sweep = false;
};

/// An app stands between a user, or a service account, and authorized requests. It knows which
/// scopes are needed, logs in when they are missing, keeps the tokens, renews them, and gives them
/// to the clients that are built from it (`TransferClient tc{app};`). UserApp and ClientApp are the
/// two kinds. Mirrors `globus_sdk.GlobusApp`.
///
/// An app is a handle: a copy shares its state. Unlike Python's app, it is safe to use from many
/// threads: there is one login at a time. Every call whose tokens do not suffice waits for that
/// login, until its own deadline, and then goes on. When a login fails, all calls that waited for
/// it fail. Several processes may use the storage of one app at once: a token is renewed once for
/// all of them.
class GLOBUS_SDK_EXPORT GlobusApp {
 public:
  virtual ~GlobusApp();
  GlobusApp(const GlobusApp&);
  GlobusApp& operator=(const GlobusApp&);

  /// The name of the app, in the user's list of consents and in the User-Agent header.
  const std::string& app_name() const noexcept GLOBUS_SDK_LIFETIMEBOUND;
  /// The id of the app, a UUID.
  const std::string& client_id() const noexcept GLOBUS_SDK_LIFETIMEBOUND;
  /// How the app behaves.
  const GlobusAppConfig& config() const noexcept GLOBUS_SDK_LIFETIMEBOUND;
  /// The client that logs in.
  const LoginClient& login_client() const noexcept GLOBUS_SDK_LIFETIMEBOUND;
  /// Where the tokens are kept, with the validators that check them.
  const ValidatingTokenStorage& token_storage() const noexcept GLOBUS_SDK_LIFETIMEBOUND;

  /// Logs in when that is required, or asked for, and stores the tokens. If another login is
  /// running, this waits for it first.
  ///
  /// @throws GlobusSDKUsageError when there are no scopes to ask for; what the login flow, Globus
  ///   Auth and the storage throw.
  void login(const AppLoginParameters& parameters = {}) const;

  /// Whether a login is required before the app can use every resource server that it has
  /// requirements for: because there are no tokens, the tokens lack scopes, or they have expired
  /// and there is no refresh token.
  bool login_required() const;

  /// Revokes the tokens, and removes them from the storage. The next user who logs in may be
  /// another one.
  void logout(const AppLogoutParameters& parameters = {}) const;

  /// Closes the files and connections that the app holds open. The user stays logged in.
  void close() const;

  /// The authorizer for requests to a resource server right now. It logs in when that is required.
  /// The clients of the app call this before each request.
  ///
  /// @throws TokenValidationError when there are no valid tokens, and the handler of such errors
  ///   does not help.
  AnyAuthorizer get_authorizer(Text resource_server) const;

  /// Requires more scopes.
  ///
  /// @throws ScopeParseError when a text of scopes cannot be read.
  void add_scope_requirements(const ScopeRequirements& scope_requirements) const;

  /// The scopes that are required now. `openid` of `auth.globus.org` is always among them: it tells
  /// which identity the tokens belong to.
  ScopeRequirements::ByResourceServer scope_requirements() const;

  /// Tells now what a job that starts later would lack, while the user is still here and can log in
  /// for it. It finds tokens that are missing, that are refused, or that expire before the job
  /// starts. It finds consents and sessions that collections ask for, and sessions that will be too
  /// old when the job starts. It runs no login. It uses every refresh token once, and looks each
  /// collection up. Python has no such function.
  ///
  /// @param collections the collections whose data the job works with: UUIDs, one or several, or
  ///   none.
  /// @param horizon how long from now the job will have begun to use the collections.
  /// @throws GlobusSDKUsageError when an id is no UUID or the horizon is negative; NetworkError, or
  ///   the error of a service, when a check cannot be made.
  PreflightReport preflight(const Strings& collections, std::chrono::seconds horizon) const;

  /// For the SDK's own use: what clients are built from.
  std::shared_ptr<const detail::AppBinding> binding() const;

 protected:
  /// For UserApp and ClientApp.
  explicit GlobusApp(std::shared_ptr<const detail::AppState> state);
  /// The state that copies share.
  const std::shared_ptr<const detail::AppState>& state() const noexcept { return state_; }

 private:
  friend class detail::AppState;

  std::shared_ptr<const detail::AppState> state_;
};

}  // namespace globus_sdk::inline v0
