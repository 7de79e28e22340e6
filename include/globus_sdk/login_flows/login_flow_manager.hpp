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

/// A client that can log users in; either of them is one by itself.
using LoginClient = std::variant<NativeAppAuthClient, ConfidentialAppAuthClient>;

/// What an app decides of its logins, whichever way they go.
struct AppLoginOptions {
  /// Where the code is to come; the flow's own choice when unset.
  Field<std::string> login_redirect_uri{};
  /// Whether to ask for refresh tokens too.
  bool request_refresh_tokens = false;
};

/// How a user is logged in: shows a URL, gets a code back, redeems it for tokens. Mirrors
/// `globus_sdk.login_flows.LoginFlowManager`.
///
/// For a way of your own, derive a class and write run_login_flow with what is protected here:
/// start_flow, get_authorize_url for what the user is to open, and exchange_code for what came
/// back. It may block, and must not count on being called from one thread only.
class GLOBUS_SDK_EXPORT LoginFlowManager {
 public:
  virtual ~LoginFlowManager();

  /// Logs a user in.
  ///
  /// @param auth_parameters what the login has to bring; `required_scopes` at the least.
  /// @return the tokens.
  /// @throws GlobusSDKUsageError without scopes; LoginFlowError when the login comes to nothing;
  ///   AuthAPIError when the code is refused.
  virtual OAuthTokenResponse run_login_flow(
      const GlobusAuthorizationParameters& auth_parameters) const = 0;

  /// The client that the user is logged in to.
  const LoginClient& login_client() const noexcept { return login_client_; }
  /// Whether refresh tokens are asked for too.
  bool request_refresh_tokens() const noexcept { return request_refresh_tokens_; }
  /// What a native app's consent is called in the user's list.
  const Field<std::string>& native_prefill_named_grant() const noexcept {
    return native_prefill_named_grant_;
  }

 protected:
  /// @param native_prefill_named_grant for a native app only; for others it means nothing.
  explicit LoginFlowManager(LoginClient login_client, bool request_refresh_tokens = false,
                            Field<std::string> native_prefill_named_grant = {});
  LoginFlowManager(const LoginFlowManager&) = default;
  LoginFlowManager(LoginFlowManager&&) noexcept = default;
  LoginFlowManager& operator=(const LoginFlowManager&) = default;
  LoginFlowManager& operator=(LoginFlowManager&&) noexcept = default;

  /// @throws GlobusSDKUsageError when the parameters ask for no scopes, as start_flow does: for
  /// what
  ///   is to be said before anything is done.
  static void require_scopes(const GlobusAuthorizationParameters& auth_parameters);

  /// Begins a login, with PKCE where the client is a native app. Logins of one client that run
  /// side by side do not disturb each other.
  ///
  /// @param state comes back with the code; Python's `_default` when unset.
  /// @throws GlobusSDKUsageError when the parameters ask for no scopes.
  AuthorizationFlow start_flow(const GlobusAuthorizationParameters& auth_parameters,
                               Text redirect_uri, const Field<std::string>& state = {}) const;

  /// What the user is to open.
  static std::string get_authorize_url(const AuthorizationFlow& flow,
                                       const GlobusAuthorizationParameters& auth_parameters);

  /// Redeems the code that came back.
  ///
  /// @param stop ends the request with CancelledError.
  OAuthTokenResponse exchange_code(const AuthorizationFlow& flow, Text auth_code,
                                   const std::stop_token& stop = {}) const;

  /// The page of Globus Auth that shows the code to the user; native apps only have one.
  std::optional<std::string> code_page() const;

  /// What the logins of an app are called in the user's list: its name, and this machine's.
  static std::string prefill_for_app(Text app_name);

 private:
  LoginClient login_client_;
  bool request_refresh_tokens_;
  Field<std::string> native_prefill_named_grant_;
};

/// How a login flow manager is taken: any of them, by value, or in a `std::shared_ptr`.
using AnyLoginFlowManager = AnyOf<LoginFlowManager>;

}  // namespace globus_sdk::inline v0
