// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "globus_sdk/authorizers/client_credentials_authorizer.hpp"
#include "globus_sdk/authorizers/refresh_token_authorizer.hpp"
#include "globus_sdk/authorizers/renewing_authorizer.hpp"
#include "globus_sdk/core/strings.hpp"
#include "globus_sdk/core/text.hpp"
#include "globus_sdk/token_storage/token_storage.hpp"

namespace globus_sdk::inline v0 {

/// Options of StoredTokenAuthorizer.
struct StoredTokenAuthorizerOptions {
  /// How long to wait for another process or thread that is renewing the same token; 60 s when
  /// unset.
  Field<std::chrono::milliseconds> lock_timeout{};
  /// Called once after each renewal by this authorizer, when the new token is stored. It is not
  /// called for a token that another process or authorizer renewed.
  Field<std::function<void(const OAuthTokenResponse&)>> on_refresh{};
};

/// Sends the access token that a storage holds for a resource server, and renews it in step with
/// everyone else who uses that storage: of all the processes and threads that find the token
/// expired, one renews it. Python has no such class.
///
/// It takes the storage's lock (`lock_renewal`) and reads the storage again. Only if no other has
/// stored a new token it redeems the refresh token; it stores the answer and then releases the
/// lock. So a refresh token that is good for one use is never used twice. A refresh token that is
/// refused is only given up when the storage holds no other one by then, and what is stored is
/// never removed.
///
/// Before a refresh token is redeemed the storage is tried, and room for the answer is reserved
/// (`reserve_space`). Where the answer cannot be stored all the same, the call that renewed gets
/// the error, the tokens are in use, and the next calls store them as soon as that can be done.
///
/// The lock of a process that is killed is released; what it had stored is whole. Killed between
/// the answer of Globus Auth and the end of the storing, a few milliseconds, a process loses that
/// answer: where refresh tokens are good once and the server has no grace for them, the next one to
/// renew gets LoginRequiredError. A process that ends by itself waits for that moment to pass: see
/// `finish_renewals`.
///
/// The wait for the lock has a limit, beyond which a call that has no valid token fails. Like any
/// renewal it does not hold up an executor.
class GLOBUS_SDK_EXPORT StoredTokenAuthorizer final : public RenewingAuthorizer {
 public:
  /// Renews by refresh tokens.
  ///
  /// @param token_storage that holds, or will hold, tokens with a refresh token.
  /// @param resource_server `transfer.api.globus.org`, for example.
  /// @param auth_client the login client that the tokens were issued to.
  /// @throws GlobusSDKUsageError for an empty resource server, or a negative time-out.
  template <RefreshingClient C>
  StoredTokenAuthorizer(const AnyTokenStorage& token_storage, Text resource_server, C auth_client,
                        const StoredTokenAuthorizerOptions& options = {})
      : StoredTokenAuthorizer(token_storage, resource_server,
                              Grant{[client = std::move(auth_client)](const std::string& token) {
                                      return OAuthTokenResponse(client.oauth2_refresh_token(token));
                                    },
                                    true},
                              options) {}

  /// Renews by the credentials of a client that acts for itself.
  ///
  /// @param scopes of that resource server alone.
  template <CredentialsClient C>
  StoredTokenAuthorizer(const AnyTokenStorage& token_storage, Text resource_server,
                        C confidential_client, Strings scopes,
                        const StoredTokenAuthorizerOptions& options = {})
      : StoredTokenAuthorizer(
            token_storage, resource_server,
            Grant{[client = std::move(confidential_client),
                   wanted = std::move(scopes)](const std::string&) {
                    return OAuthTokenResponse(client.oauth2_client_credentials_tokens(wanted));
                  },
                  false},
            options) {}
  ~StoredTokenAuthorizer() override;

 private:
  struct Grant {
    std::function<OAuthTokenResponse(const std::string& refresh_token)> redeem;
    bool takes_refresh_token = true;
  };
  class Source;

  StoredTokenAuthorizer(const AnyTokenStorage& token_storage, Text resource_server, Grant grant,
                        const StoredTokenAuthorizerOptions& options);
  StoredTokenAuthorizer(const std::shared_ptr<Source>& source,
                        const StoredTokenAuthorizerOptions& options);
};

}  // namespace globus_sdk::inline v0
