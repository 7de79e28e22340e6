// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <string>
#include <utility>

#include "globus_sdk/authorizers/renewing_authorizer.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/strings.hpp"

namespace globus_sdk::inline v0 {

/// A client that can get tokens for itself: ConfidentialAppAuthClient.
template <class C>
concept CredentialsClient = requires(const C& client, const Strings& scopes) {
  { client.oauth2_client_credentials_tokens(scopes) } -> std::convertible_to<OAuthTokenResponse>;
};

/// Sends access tokens that a confidential client gets for itself, for one resource server.
/// Mirrors `globus_sdk.ClientCredentialsAuthorizer`.
class GLOBUS_SDK_EXPORT ClientCredentialsAuthorizer final : public RenewingAuthorizer {
 public:
  /// @param confidential_client the client whose id and secret are used.
  /// @param scopes one or several scopes of one resource server: each a `Scope` or text.
  /// @throws GlobusSDKUsageError when there is no scope, or only one of access_token and expires_at
  ///   is given.
  template <CredentialsClient C>
  ClientCredentialsAuthorizer(C confidential_client, Strings scopes,
                              const RenewingAuthorizerOptions& options = {})
      : RenewingAuthorizer(
            [client = std::move(confidential_client), wanted = checked(std::move(scopes))] {
              return OAuthTokenResponse(client.oauth2_client_credentials_tokens(wanted));
            },
            options) {}
  ~ClientCredentialsAuthorizer() override;

 private:
  static Strings checked(Strings scopes);
};

}  // namespace globus_sdk::inline v0
