// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "globus_sdk/auth/auth_service.hpp"
#include "globus_sdk/auth/get_identities_response.hpp"
#include "globus_sdk/auth/get_jwk_response.hpp"
#include "globus_sdk/core/client.hpp"

namespace globus_sdk::inline v0 {

/// Options of AuthClient::get_identities.
struct GetIdentitiesOptions {
  /// One username or several, `user@example.org`. Excludes `ids`.
  Field<Strings> usernames{};
  /// One identity id or several, UUIDs.
  Field<Strings> ids{};
  /// Makes an identity for each username that has none; of use with `usernames` only.
  bool provision = false;
  Field<Json> query_params{};
};

namespace detail {
Request get_identities_request(const GetIdentitiesOptions& options);
}

/// Globus Auth on behalf of a user: who a token stands for, and who has which identity.
///
/// It represents a user, by an access token or a refresh token. To log users in, use
/// ConfidentialAppAuthClient or NativeAppAuthClient. Mirrors `globus_sdk.AuthClient`.
template <class Mode> class BasicAuthClient : public BasicBaseClient<Mode> {
  using Base = BasicBaseClient<Mode>;

 public:
  template <class T> using Result = typename Base::template Result<T>;
  template <class O> using Options = typename Base::template Options<O>;

  /// A client that sends no Authorization header.
  explicit BasicAuthClient(const ClientOptions& options = {})
      : Base(detail::make_connection(detail::auth_service(), nullptr, options)) {}
  /// @param authorizer of a user's tokens for `auth.globus.org`.
  explicit BasicAuthClient(const AnyAuthorizer& authorizer, const ClientOptions& options = {})
      : Base(detail::make_connection(detail::auth_service(), authorizer.get(), options)) {}
  explicit BasicAuthClient(detail::Connection connection) : Base(std::move(connection)) {}

  /// The same client with other settings for its calls. Not inside a `co_await` expression on g++
  /// 12 and 13, where what stands in its braces would be destroyed twice.
  BasicAuthClient with(const CallSettings& settings) const {
    return BasicAuthClient(detail::with_settings(this->connection_, settings));
  }
  /// The same client in asynchronous mode; needs globus_sdk/async.hpp.
  template <class Other = Async> BasicAuthClient<Other> async() const {
    return BasicAuthClient<Other>(this->connection_);
  }

  /// What the token's user allows to be known: `sub`, and with the scopes `email` and `profile`
  /// more.
  ///
  /// @throws AuthAPIError 403 when the token lacks the scope `openid`.
  /// @see https://docs.globus.org/api/auth/reference/#get_or_post_v2_oauth2_userinfo_resource
  Result<GlobusHTTPResponse> userinfo() const {
    return this->template send<GlobusHTTPResponse>(
        detail::get(detail::path("/v2/oauth2/userinfo")));
  }

  /// Looks identities up, by username or by id.
  ///
  /// @throws GlobusSDKUsageError when both usernames and ids are given.
  /// @see https://docs.globus.org/api/auth/reference/#v2_api_identities_resources
  Result<GetIdentitiesResponse> get_identities(Options<GetIdentitiesOptions> options = {}) const {
    return this->template send<GetIdentitiesResponse>(detail::get_identities_request(options));
  }

  // ---- what id tokens are verified with ----

  /// What Globus Auth says of itself: its endpoints, scopes, algorithms.
  /// @see https://openid.net/specs/openid-connect-discovery-1_0.html
  Result<GlobusHTTPResponse> get_openid_configuration() const {
    return this->template send<GlobusHTTPResponse>(
        detail::get(detail::path("/.well-known/openid-configuration")));
  }

  /// The keys that Globus Auth signs id tokens with, from where its configuration says;
  /// IDTokenDecoder asks for them by itself.
  ///
  /// @throws IDTokenError when the configuration does not say, or names an address that is not
  ///   safe.
  /// @see https://openid.net/specs/openid-connect-discovery-1_0.html
  Result<GetJWKResponse> get_jwk(Options<GetJWKOptions> options = {}) const;
};

extern template class BasicAuthClient<Blocking>;

using AuthClient = BasicAuthClient<Blocking>;

}  // namespace globus_sdk::inline v0
