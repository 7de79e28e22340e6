// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/token_storage/token_data_validator.hpp"

#include "globus_sdk/token_storage/errors.hpp"
#include "token_storage/stored_form.hpp"

namespace globus_sdk::inline v0 {

TokenDataValidator::~TokenDataValidator() = default;
HasRefreshTokensValidator::~HasRefreshTokensValidator() = default;
NotExpiredValidator::~NotExpiredValidator() = default;
UnchangingIdentityIDValidator::~UnchangingIdentityIDValidator() = default;

void TokenDataValidator::before_store(const TokenStorageDataByResourceServer& /*tokens*/,
                                      const TokenValidationContext& /*context*/) const {}
void TokenDataValidator::after_retrieve(const TokenStorageDataByResourceServer& /*tokens*/,
                                        const TokenValidationContext& /*context*/) const {}

void HasRefreshTokensValidator::after_retrieve(
    const TokenStorageDataByResourceServer& token_data_by_resource_server,
    const TokenValidationContext& /*context*/) const {
  for (const auto& [resource_server, data] : token_data_by_resource_server) {
    if (!detail::has_text(data.refresh_token)) {
      throw MissingTokenError("No refresh_token for " + data.resource_server, data.resource_server);
    }
  }
}

NotExpiredValidator::NotExpiredValidator(Now now) : now_(std::move(now)) {}
NotExpiredValidator::NotExpiredValidator(const NotExpiredValidator&) = default;
NotExpiredValidator& NotExpiredValidator::operator=(const NotExpiredValidator&) = default;

void NotExpiredValidator::after_retrieve(
    const TokenStorageDataByResourceServer& token_data_by_resource_server,
    const TokenValidationContext& /*context*/) const {
  const auto now =
      std::chrono::duration_cast<std::chrono::microseconds>(now_().time_since_epoch()).count();
  // compared as seconds with a fraction: what is stored may be too large for finer units
  const auto seconds = static_cast<double>(now) / 1e6;
  for (const auto& [resource_server, data] : token_data_by_resource_server) {
    if (static_cast<double>(data.expires_at_seconds) < seconds) {
      throw ExpiredTokenError(data.expires_at_seconds);
    }
  }
}

void UnchangingIdentityIDValidator::before_store(
    const TokenStorageDataByResourceServer& /*token_data_by_resource_server*/,
    const TokenValidationContext& context) const {
  if (!context.token_data_identity_id) {
    throw MissingIdentityError(
        "The tokens do not say whose they are: there is no id_token. A login has to ask for the "
        "scope 'openid' alongside the others.");
  }
  if (!context.prior_identity_id) return;
  if (context.prior_identity_id != context.token_data_identity_id) {
    throw IdentityMismatchError(
        "The tokens belong to another identity than those that are stored: log in as the same "
        "user, or log out first.",
        *context.prior_identity_id, *context.token_data_identity_id);
  }
}

}  // namespace globus_sdk::inline v0
