// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/token_storage/stored_token_authorizer.hpp"

#include "globus_sdk/core/request.hpp"
#include "token_storage/stored_token_source.hpp"

namespace globus_sdk::inline v0 {

/// Renewals come one at a time.
class StoredTokenAuthorizer::Source : public detail::StoredTokenSource {
 public:
  using StoredTokenSource::StoredTokenSource;
};

StoredTokenAuthorizer::StoredTokenAuthorizer(const AnyTokenStorage& token_storage,
                                             Text resource_server, Grant grant,
                                             const StoredTokenAuthorizerOptions& options)
    : StoredTokenAuthorizer(
          std::make_shared<Source>(
              token_storage.get(), detail::require("resource_server", resource_server).str(),
              detail::TokenGrant{std::move(grant.redeem), grant.takes_refresh_token},
              detail::checked_lock_timeout(options.lock_timeout)),
          options) {}

StoredTokenAuthorizer::StoredTokenAuthorizer(const std::shared_ptr<Source>& source,
                                             const StoredTokenAuthorizerOptions& options)
    : RenewingAuthorizer(
          FindOrRenew([source] {
            detail::RenewedToken next = source->next();
            return Renewed{std::move(next.access_token), next.expires_at_seconds,
                           std::move(next.response), std::move(next.trouble), next.is_saved};
          }),
          SaveAgain([source] { return source->save(); }), {.on_refresh = options.on_refresh}) {}

StoredTokenAuthorizer::~StoredTokenAuthorizer() = default;

}  // namespace globus_sdk::inline v0
