// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "globus_sdk/auth/authorization_flow.hpp"
#include "globus_sdk/auth/errors.hpp"
#include "globus_sdk/auth/get_jwk_response.hpp"
#include "globus_sdk/authorizers/oauth_token_response.hpp"
#include "globus_sdk/core/service_client.hpp"

namespace globus_sdk::inline v0 {

/// Options of oauth2_refresh_token, oauth2_revoke_token and oauth2_token.
struct TokenRequestOptions {
  /// More fields of the form.
  Field<Json> body_params{};
};

namespace detail {

/// What copies of a login client share besides their connection.
struct LoginState {
  explicit LoginState(std::string id, bool in_forms = false)
      : client_id(std::move(id)), sends_client_id(in_forms) {}

  const std::string client_id;
  /// Whether the client id is sent in each form: the case of a client without a secret.
  const bool sends_client_id;
  CurrentFlow flow{};
};

std::string authorize_url(const Connection& connection);
Request token_request(const LoginState& login,
                      std::vector<std::pair<std::string, std::string>> form,
                      const Field<Json>& body_params);
Request exchange_code_request(const LoginState& login, const AuthorizationFlow& flow,
                              Text auth_code);
Request refresh_token_request(const LoginState& login, Text refresh_token,
                              const TokenRequestOptions& options);
Request revoke_token_request(const LoginState& login, Text token,
                             const TokenRequestOptions& options);
Request form_request(const LoginState& login, const Json& form_data,
                     const TokenRequestOptions& options);

}  // namespace detail

/// For the SDK's own use: the common part of the clients that log users in. Mirrors
/// `globus_sdk.AuthLoginClient`.
///
/// @tparam Client the template of the class that derives from this one.
template <template <class> class Client, class Mode>
class BasicAuthLoginClient : public BasicBaseClient<Mode> {
  using Base = BasicBaseClient<Mode>;

 public:
  template <class T> using Result = typename Base::template Result<T>;
  template <class O> using Options = typename Base::template Options<O>;
  using Document = typename Base::Document;

  /// The class of the errors that Globus Auth answers with.
  using Error = AuthAPIError;
  /// As in the variable `GLOBUS_SDK_SERVICE_URL_AUTH`.
  static constexpr std::string_view service_name = "auth";

  // ---- settings, modes --------------------------------------------------------------------------

  /// The same client with other settings for its calls.
  [[nodiscard]] Client<Mode> with(Options<CallSettings> settings) const {
    return Client<Mode>(detail::with_settings(this->connection_, settings), login_);
  }
  /// The same client in asynchronous mode; needs globus_sdk/async.hpp.
  template <class Other = Async> [[nodiscard]] detail::InMode<Client, Other> async() const& {
    return detail::InMode<Client, Other>(this->connection_, login_);
  }
  /// On g++ 12 and 13 a client needs a name first.
  template <class Other = Async, class Remedy = detail::NameTheClientBeforeCoAwait>
    requires detail::WantsNamedClient<Other>
  detail::InMode<Client, Other> async() const&& = delete;

  // ---- logins and tokens ------------------------------------------------------------------------

  /// The client's id, a UUID.
  const std::string& client_id() const noexcept { return login_->client_id; }

  /// The OpenID configuration of Globus Auth: its endpoints, scopes and algorithms.
  /// @see https://openid.net/specs/openid-connect-discovery-1_0.html
  Result<GlobusHTTPResponse> get_openid_configuration() const {
    return this->send(detail::get("/.well-known/openid-configuration"));
  }

  /// The keys that Globus Auth signs id tokens with. Their address is taken from its configuration.
  /// IDTokenDecoder fetches them by itself.
  ///
  /// @throws IDTokenError when the configuration has no address for them, or one that is not safe.
  /// @see https://openid.net/specs/openid-connect-discovery-1_0.html
  Result<GetJWKResponse> get_jwk(Options<GetJWKOptions> options = {}) const;

  /// The URL to send the user to, for login and consent.
  ///
  /// @throws GlobusSDKUsageError when oauth2_start_flow has not been called.
  std::string oauth2_get_authorize_url(const AuthorizeURLOptions& options = {}) const {
    return login_->flow.get("oauth2_get_authorize_url").get_authorize_url(options);
  }

  /// Redeems the code that came back from a login; the answer has the tokens.
  ///
  /// @throws GlobusSDKUsageError when oauth2_start_flow has not been called; AuthAPIError when the
  ///   code is wrong, spent or too old.
  /// @see https://docs.globus.org/api/auth/reference/#authorization_code_grant
  Result<OAuthAuthorizationCodeResponse> oauth2_exchange_code_for_tokens(Text auth_code) const {
    return this->template send<OAuthAuthorizationCodeResponse>(detail::exchange_code_request(
        *login_, login_->flow.get("oauth2_exchange_code_for_tokens"), auth_code));
  }

  /// The same for a flow that the program has kept: one client can have several logins in progress.
  Result<OAuthAuthorizationCodeResponse> oauth2_exchange_code_for_tokens(
      const AuthorizationFlow& flow, Text auth_code) const {
    return this->template send<OAuthAuthorizationCodeResponse>(
        detail::exchange_code_request(*login_, flow, auth_code));
  }

  /// Exchanges a refresh token for an access token. RefreshTokenAuthorizer does so by itself.
  ///
  /// @see https://docs.globus.org/api/auth/reference/#refresh_token_grant
  Result<OAuthRefreshTokenResponse> oauth2_refresh_token(
      Text refresh_token, Options<TokenRequestOptions> options = {}) const {
    return this->template send<OAuthRefreshTokenResponse>(
        detail::refresh_token_request(*login_, refresh_token, options));
  }

  /// Revokes a token of this client. With a refresh token, all access tokens that it gave are
  /// revoked.
  ///
  /// @see https://docs.globus.org/api/auth/reference/#token_revocation_post_v2_oauth2_token_revoke
  Result<GlobusHTTPResponse> oauth2_revoke_token(Text token,
                                                 Options<TokenRequestOptions> options = {}) const {
    return this->send(detail::revoke_token_request(*login_, token, options));
  }

  /// Sends a request to the token endpoint, for a request that has no method of its own.
  ///
  /// @param form_data the form's fields.
  template <class Response = OAuthTokenResponse>
  Result<Response> oauth2_token(Document form_data,
                                Options<TokenRequestOptions> options = {}) const {
    return this->template send<Response>(detail::form_request(*login_, form_data.json(), options));
  }

  /// For the SDK's own use: what this handle shares with its copies.
  const std::shared_ptr<detail::LoginState>& login_state() const noexcept { return login_; }

 protected:
  BasicAuthLoginClient(std::shared_ptr<const GlobusAuthorizer> authorizer,
                       std::shared_ptr<detail::LoginState> login, const ClientOptions& options)
      : BasicAuthLoginClient(detail::make_connection(detail::service_of<Client<Mode>>,
                                                     std::move(authorizer), options),
                             std::move(login)) {}
  BasicAuthLoginClient(detail::Connection connection, std::shared_ptr<detail::LoginState> login)
      : Base(std::move(connection)), login_(std::move(login)) {}

  std::shared_ptr<detail::LoginState> login_;
};

}  // namespace globus_sdk::inline v0
