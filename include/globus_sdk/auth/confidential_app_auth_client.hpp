// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <utility>

#include "globus_sdk/auth/auth_options.hpp"
#include "globus_sdk/auth/get_identities_response.hpp"
#include "globus_sdk/auth/login_client.hpp"
#include "globus_sdk/authorizers/basic_authorizer.hpp"

namespace globus_sdk::inline v0 {

/// Options of ConfidentialAppAuthClient::oauth2_start_flow.
struct ConfidentialAppFlowOptions {
  /// A text that comes back with the code; `_default` when unset. Compare it with what you sent, to
  /// detect forged redirects.
  Field<std::string> state{};
  /// Whether to ask for refresh tokens too.
  bool refresh_tokens = false;
};

/// Options of ConfidentialAppAuthClient::oauth2_get_dependent_tokens.
struct DependentTokensOptions {
  /// Whether to ask for refresh tokens too.
  bool refresh_tokens = false;
  /// Asks only for tokens for these scopes. Unset: for every dependent scope.
  Field<Strings> scope{};
  /// More members of the form: an object.
  Field<Json> additional_params{};
};

/// Options of ConfidentialAppAuthClient::oauth2_token_introspect.
struct TokenIntrospectOptions {
  /// What else to return: `session_info`, `identity_set`, `identity_set_detail`; separate several
  /// by commas.
  Field<std::string> include{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

namespace detail {
Request client_credentials_request(const LoginState& login, const Strings& requested_scopes);
Request dependent_tokens_request(const LoginState& login, Text token,
                                 const DependentTokensOptions& options);
Request introspect_request(Text token, const TokenIntrospectOptions& options);
}  // namespace detail

/// Globus Auth for an app that can keep a secret. The app authenticates with its id and secret,
/// logs users in, and gets tokens for itself. As a resource server it can check the tokens that it
/// receives. Mirrors `globus_sdk.ConfidentialAppAuthClient`.
template <class Mode>
class BasicConfidentialAppAuthClient
    : public BasicAuthLoginClient<BasicConfidentialAppAuthClient, Mode> {
  using Base = BasicAuthLoginClient<BasicConfidentialAppAuthClient, Mode>;

 public:
  template <class T> using Result = typename Base::template Result<T>;
  template <class O> using Options = typename Base::template Options<O>;

  /// @param client_id the app's id, a UUID.
  /// @param client_secret a secret of the app.
  /// @throws GlobusSDKUsageError when one of them is empty.
  BasicConfidentialAppAuthClient(Text client_id, Text client_secret,
                                 const ClientOptions& options = {})
      : Base(AnyAuthorizer(BasicAuthorizer(detail::require("client_id", client_id),
                                           detail::require("client_secret", client_secret)))
                 .get(),
             std::make_shared<detail::LoginState>(client_id.str()), options) {}
  BasicConfidentialAppAuthClient(detail::Connection connection,
                                 std::shared_ptr<detail::LoginState> login)
      : Base(std::move(connection), std::move(login)) {}

  /// Begins a login; oauth2_get_authorize_url and oauth2_exchange_code_for_tokens continue it. A
  /// server with several users at once keeps the returned flow for each user, and redeems the code
  /// with `oauth2_exchange_code_for_tokens(flow, code)`.
  ///
  /// @param redirect_uri where the code is sent: a URI that the app has registered.
  /// @param requested_scopes a scope or several: `Scope`, or text.
  GlobusAuthorizationCodeFlowManager oauth2_start_flow(
      Text redirect_uri, const Strings& requested_scopes,
      const ConfidentialAppFlowOptions& options = {}) const {
    GlobusAuthorizationCodeFlowManager flow(detail::authorize_url(this->connection_),
                                            this->client_id(), redirect_uri, requested_scopes,
                                            options.state, options.refresh_tokens);
    this->login_->flow.begin(flow);
    return flow;
  }

  /// Gets tokens for the app itself.
  ///
  /// @param requested_scopes a scope or several: `Scope`, or text.
  /// @see https://docs.globus.org/api/auth/reference/#client_credentials_grant
  Result<OAuthClientCredentialsResponse> oauth2_client_credentials_tokens(
      const Strings& requested_scopes) const {
    return this->template send<OAuthClientCredentialsResponse>(
        detail::client_credentials_request(*this->login_, requested_scopes));
  }

  /// Exchanges a token that this app has received as a resource server. The new tokens are for the
  /// services that this app depends on.
  ///
  /// @see https://docs.globus.org/api/auth/reference/#dependent_token_grant_post_v2_oauth2_token
  Result<OAuthDependentTokenResponse> oauth2_get_dependent_tokens(
      Text token, Options<DependentTokensOptions> options = {}) const {
    return this->template send<OAuthDependentTokenResponse>(
        detail::dependent_tokens_request(*this->login_, token, options));
  }

  /// Asks whether a token that this app has received is active, and whom it belongs to.
  ///
  /// @see
  /// https://docs.globus.org/api/auth/reference/#token_introspection_post_v2_oauth2_token_introspect
  Result<GlobusHTTPResponse> oauth2_token_introspect(
      Text token, Options<TokenIntrospectOptions> options = {}) const {
    return this->send(detail::introspect_request(token, options));
  }

  /// Makes a child client of this client, in the same project.
  ///
  /// @param name what users read when they consent; one line.
  /// @return the client, with its `id`, in `client`.
  /// @throws GlobusSDKUsageError in the same cases as AuthClient::create_client.
  /// @see https://docs.globus.org/api/auth/reference/#create_client
  Result<GlobusHTTPResponse> create_child_client(
      Text name, Options<CreateChildClientOptions> options = {}) const {
    return this->send(
        detail::post("/v2/api/clients")
            .json(Payload().set(
                "client", detail::new_client("create_child_client",
                                             Payload().set("name", detail::require("name", name)),
                                             options))));
  }
};

extern template class BasicAuthLoginClient<BasicConfidentialAppAuthClient, Blocking>;
extern template class BasicConfidentialAppAuthClient<Blocking>;

/// The client in its ordinary mode: a method returns when its answer is there.
using ConfidentialAppAuthClient = BasicConfidentialAppAuthClient<Blocking>;

}  // namespace globus_sdk::inline v0
