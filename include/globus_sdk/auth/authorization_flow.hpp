// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "globus_sdk/core/choice.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/strings.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

/// What the user must do again although logged in already.
enum class Prompt { login };
template <> struct ChoiceNames<Prompt> {
  static constexpr std::string_view parameter = "prompt";
  static constexpr std::string_view names[] = {"login"};
  static constexpr bool closed = false;
};

/// Options of oauth2_get_authorize_url: what the user's session must have.
struct AuthorizeURLOptions {
  /// Identities with which the user must have logged in: UUIDs or usernames.
  Field<Strings> session_required_identities{};
  /// Domains, such as `example.org`: the user must have logged in with an identity of one of them.
  Field<Strings> session_required_single_domain{};
  /// Policies that the session must satisfy: UUIDs.
  Field<Strings> session_required_policies{};
  /// Whether a second factor must have been used.
  Field<bool> session_required_mfa{};
  /// A message that is shown to the user.
  Field<std::string> session_message{};
  /// What the user must do again although logged in already.
  Field<Choice<Prompt>> prompt{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// A login in progress: where to send the user, and how to redeem the code that comes back. It may
/// be copied. It holds a secret (the PKCE verifier), which it never shows.
///
/// Mirrors Python's flow managers.
class AuthorizationFlow {
 public:
  /// The URL where the user logs in and consents. The code is then sent to the redirect URI.
  std::string get_authorize_url(const AuthorizeURLOptions& options = {}) const;

  /// Where Globus Auth sends the user with the code.
  const std::string& redirect_uri() const& noexcept { return redirect_uri_; }
  /// The `state` that comes back with the code.
  const std::string& state() const& noexcept { return state_; }

  /// For the login clients: the form that redeems a code.
  std::vector<std::pair<std::string, std::string>> exchange_form(Text auth_code) const;

 protected:
  /// The data that every login has. A login with PKCE adds its verifier.
  AuthorizationFlow(std::string authorize_url, Text client_id, Text redirect_uri,
                    const Strings& requested_scopes, const Field<std::string>& state,
                    bool refresh_tokens);

  std::string authorize_url_;
  std::string client_id_;
  std::string redirect_uri_;
  std::string requested_scopes_;
  std::string state_;
  bool refresh_tokens_ = false;
  std::string verifier_{};  ///< with PKCE only
  Field<std::string> prefill_named_grant_{};
};

/// A login of a confidential app, which redeems the code with its secret.
/// Mirrors `globus_sdk.services.auth.GlobusAuthorizationCodeFlowManager`.
class GlobusAuthorizationCodeFlowManager : public AuthorizationFlow {
 public:
  /// For the SDK's own use: oauth2_start_flow makes it.
  GlobusAuthorizationCodeFlowManager(std::string authorize_url, Text client_id, Text redirect_uri,
                                     const Strings& requested_scopes,
                                     const Field<std::string>& state, bool refresh_tokens)
      : AuthorizationFlow(std::move(authorize_url), client_id, redirect_uri, requested_scopes,
                          state, refresh_tokens) {}
};

/// A login of a native app, which has no secret. It proves by PKCE (RFC 7636) that the app that
/// redeems the code is the one that began the login. Mirrors
/// `globus_sdk.services.auth.GlobusNativeAppFlowManager`.
class GlobusNativeAppFlowManager : public AuthorizationFlow {
 public:
  /// @throws GlobusSDKUsageError for a verifier that is not 43 to 128 characters of
  /// [A-Za-z0-9~_.-].
  GlobusNativeAppFlowManager(std::string authorize_url, Text client_id, Text redirect_uri,
                             const Strings& requested_scopes, const Field<std::string>& state,
                             bool refresh_tokens, const Field<std::string>& verifier,
                             const Field<std::string>& prefill_named_grant);
};

namespace detail {

/// The login that a client has begun, shared by the client's copies. Safe from many threads.
class CurrentFlow {
 public:
  CurrentFlow();
  ~CurrentFlow();
  CurrentFlow(const CurrentFlow&) = delete;
  CurrentFlow& operator=(const CurrentFlow&) = delete;

  void begin(AuthorizationFlow flow);
  /// @throws GlobusSDKUsageError when none has been begun; `doing` says what needed it.
  AuthorizationFlow get(std::string_view doing) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace detail
}  // namespace globus_sdk::inline v0
