// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "globus_sdk/authorizers/renewing_authorizer.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

/// A client that can exchange a refresh token for an access token: ConfidentialAppAuthClient or
/// NativeAppAuthClient. An AuthClient represents a user, and cannot do that.
template <class C>
concept RefreshingClient = requires(const C& client, std::string_view token) {
  { client.oauth2_refresh_token(token) } -> std::convertible_to<OAuthTokenResponse>;
};

/// Sends access tokens that it gets with a refresh token. Mirrors
/// `globus_sdk.RefreshTokenAuthorizer`.
///
/// Some servers let each refresh token be used only once, and answer with a new one. The new one
/// replaces the old one; `on_refresh` finds it in `by_resource_server()`.
class GLOBUS_SDK_EXPORT RefreshTokenAuthorizer final : public RenewingAuthorizer {
 public:
  /// @param refresh_token a refresh token for the service that the client talks to.
  /// @param auth_client the login client that the token was issued to.
  /// @throws GlobusSDKUsageError when the token is empty, or only one of access_token and
  ///   expires_at is given.
  template <RefreshingClient C>
  RefreshTokenAuthorizer(Text refresh_token, C auth_client,
                         const RenewingAuthorizerOptions& options = {})
      : RefreshTokenAuthorizer(refresh_token,
                               Redeem([client = std::move(auth_client)](const std::string& token) {
                                 return OAuthTokenResponse(client.oauth2_refresh_token(token));
                               }),
                               options) {}
  ~RefreshTokenAuthorizer() override;

  /// The refresh token that the next renewal uses: the first one, or the newest one that an answer
  /// had.
  std::string refresh_token() const;

 private:
  using Redeem = std::function<OAuthTokenResponse(const std::string& refresh_token)>;
  class Slot;

  RefreshTokenAuthorizer(Text refresh_token, Redeem redeem,
                         const RenewingAuthorizerOptions& options);
  RefreshTokenAuthorizer(std::shared_ptr<Slot> slot, const RenewingAuthorizerOptions& options);

  std::shared_ptr<Slot> slot_;
};

}  // namespace globus_sdk::inline v0
