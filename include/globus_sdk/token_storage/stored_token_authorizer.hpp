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

/// Sends the access token that a storage holds for a resource server, and renews it. Many processes
/// and threads may use that storage: when the token has expired, one of them renews it for all.
/// Python has no such class.
///
/// To renew, the authorizer takes the storage's lock (`lock_renewal`) and reads the storage again.
/// If nobody else has stored a new token, it redeems the refresh token and stores the answer. Then
/// it releases the lock. So a refresh token that can be used only once is never used twice. When a
/// refresh token is refused, the authorizer gives up only if the storage holds no other refresh
/// token by then. What is stored is never removed.
///
/// Before it redeems a refresh token, the authorizer tests whether the storage can store, and
/// reserves room for the answer (`reserve_space`). If the answer cannot be stored all the same, the
/// call that renewed throws the error. The new tokens are used nevertheless, and the next calls
/// store them as soon as that is possible.
///
/// When a process is killed, its lock is released, and what it has stored is complete. If it is
/// killed in the few milliseconds between the answer of Globus Auth and the end of the storing,
/// that answer is lost. Where each refresh token can be used only once and the server has no grace
/// period, the next process that renews then gets LoginRequiredError. A process that ends normally
/// waits until the answer is stored: see `finish_renewals`.
///
/// The wait for the lock has a limit. After it, a call that has no valid token fails. As with any
/// renewal, the wait does not block an executor.
class GLOBUS_SDK_EXPORT StoredTokenAuthorizer final : public RenewingAuthorizer {
 public:
  /// Renews by refresh tokens.
  ///
  /// @param token_storage the storage that holds, or will hold, tokens with a refresh token.
  /// @param resource_server `transfer.api.globus.org`, for example.
  /// @param auth_client the login client that the tokens were issued to.
  /// @throws GlobusSDKUsageError for an empty resource server, or a negative timeout.
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
  /// @param scopes scopes of that resource server only.
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
