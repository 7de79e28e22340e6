// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <variant>

#include "globus_sdk/auth/authorization_flow.hpp"
#include "globus_sdk/auth/confidential_app_auth_client.hpp"
#include "globus_sdk/auth/native_app_auth_client.hpp"
#include "globus_sdk/authorizers/oauth_token_response.hpp"
#include "globus_sdk/core/any_of.hpp"
#include "globus_sdk/core/export.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/gare/globus_authorization_parameters.hpp"

namespace globus_sdk::inline v0 {

/// A client that can log users in: one of these two kinds.
using LoginClient = std::variant<NativeAppAuthClient, ConfidentialAppAuthClient>;

/// What an app decides about its logins, for every kind of login flow.
struct AppLoginOptions {
  /// Where the code is sent. Unset: the login flow chooses.
  Field<std::string> login_redirect_uri{};
  /// Whether to ask for refresh tokens too.
  bool request_refresh_tokens = false;
};

/// Logs a user in: shows a URL, gets a code back, and redeems the code for tokens. Mirrors
/// `globus_sdk.login_flows.LoginFlowManager`.
///
/// For a login flow of your own, derive a class and write run_login_flow. Three protected functions
/// help: start_flow begins the login, get_authorize_url gives the URL that the user is to open, and
/// exchange_code redeems the code that came back. run_login_flow may block, and several threads may
/// call it.
class GLOBUS_SDK_EXPORT LoginFlowManager {
 public:
  virtual ~LoginFlowManager();

  /// Logs a user in.
  ///
  /// @param auth_parameters what the login must bring; at least `required_scopes`.
  /// @return the tokens.
  /// @throws GlobusSDKUsageError without scopes; LoginFlowError when the login fails; AuthAPIError
  ///   when the code is refused.
  virtual OAuthTokenResponse run_login_flow(
      const GlobusAuthorizationParameters& auth_parameters) const = 0;

  /// The client that logs the user in.
  const LoginClient& login_client() const noexcept { return login_client_; }
  /// Whether refresh tokens are asked for too.
  bool request_refresh_tokens() const noexcept { return request_refresh_tokens_; }
  /// The name of a native app's consent in the user's list.
  const Field<std::string>& native_prefill_named_grant() const noexcept {
    return native_prefill_named_grant_;
  }

 protected:
  /// @param native_prefill_named_grant for a native app only; other apps ignore it.
  explicit LoginFlowManager(LoginClient login_client, bool request_refresh_tokens = false,
                            Field<std::string> native_prefill_named_grant = {});
  LoginFlowManager(const LoginFlowManager&) = default;
  LoginFlowManager(LoginFlowManager&&) noexcept = default;
  LoginFlowManager& operator=(const LoginFlowManager&) = default;
  LoginFlowManager& operator=(LoginFlowManager&&) noexcept = default;

  /// Checks the parameters before anything is done. start_flow makes the same check.
  ///
  /// @throws GlobusSDKUsageError when the parameters ask for no scopes.
  static void require_scopes(const GlobusAuthorizationParameters& auth_parameters);

  /// Begins a login, with PKCE when the client is a native app. Logins of one client may run at the
  /// same time; they do not disturb each other.
  ///
  /// @param state a text that comes back with the code; Python's `_default` when unset.
  /// @throws GlobusSDKUsageError when the parameters ask for no scopes.
  AuthorizationFlow start_flow(const GlobusAuthorizationParameters& auth_parameters,
                               Text redirect_uri, const Field<std::string>& state = {}) const;

  /// The URL that the user is to open.
  static std::string get_authorize_url(const AuthorizationFlow& flow,
                                       const GlobusAuthorizationParameters& auth_parameters);

  /// Redeems the code that came back.
  ///
  /// @param stop ends the request with CancelledError.
  OAuthTokenResponse exchange_code(const AuthorizationFlow& flow, Text auth_code,
                                   const std::stop_token& stop = {}) const;

  /// The page of Globus Auth that shows the code to the user. Only native apps have one.
  std::optional<std::string> code_page() const;

  /// The name of an app's logins in the user's list: the name of the app, and this machine's.
  static std::string prefill_for_app(Text app_name);

 private:
  LoginClient login_client_;
  bool request_refresh_tokens_;
  Field<std::string> native_prefill_named_grant_;
};

/// A login flow manager as a parameter: an object of any such class, by value or in a
/// `std::shared_ptr`.
using AnyLoginFlowManager = AnyOf<LoginFlowManager>;

}  // namespace globus_sdk::inline v0
