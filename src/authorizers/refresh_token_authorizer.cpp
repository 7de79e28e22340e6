// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/authorizers/refresh_token_authorizer.hpp"

#include <mutex>
#include <optional>

#include "authorizers/grant_failure.hpp"
#include "authorizers/refresh_token_in.hpp"
#include "core/base/wipe.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0 {

/// The refresh token that is good now. Renewals come one at a time; it is locked for readers.
class RefreshTokenAuthorizer::Slot {
 public:
  Slot(std::string token, Redeem redeem) : token_(std::move(token)), redeem_(std::move(redeem)) {}
  ~Slot() { detail::wipe(token_); }
  Slot(const Slot&) = delete;
  Slot& operator=(const Slot&) = delete;

  /// Redeems the token, and once more where nobody can tell whether it was redeemed: if it was, and
  /// is good once, the next call would fail as this one does.
  OAuthTokenResponse renew() {
    try {
      return redeem();
    } catch (const GlobusError& error) {
      if (!detail::is_unclear(error)) throw;
    }
    detail::pause_before_repeat();
    return redeem();
  }

  std::string token() const {
    const std::lock_guard lock(mutex_);
    return newest_ ? detail::refresh_token_in(*newest_).value() : token_;
  }

 private:
  /// A copy that is wiped, whatever happens.
  struct Spent {
    std::string token;
    ~Spent() { detail::wipe(token); }
  };

  OAuthTokenResponse redeem() {
    const Spent current{token()};
    try {
      OAuthTokenResponse response = keep(redeem_(current.token));
      static_cast<void>(response.by_resource_server());  // throws when it has no tokens to be read
      return response;
    } catch (const GlobusError& error) {
      if (detail::is_refusal(error)) throw detail::login_required("the refresh token");
      throw;
    }
  }

  /// Without an allocation, which could fail: the token before may be spent.
  OAuthTokenResponse keep(OAuthTokenResponse response) {
    if (detail::has_refresh_token(response)) {
      const std::lock_guard lock(mutex_);
      detail::wipe(token_);
      newest_ = response;
    }
    return response;
  }

  mutable std::mutex mutex_;
  std::string token_;                           // that it began with
  std::optional<OAuthTokenResponse> newest_{};  // the last answer with another one
  Redeem redeem_;
};

RefreshTokenAuthorizer::RefreshTokenAuthorizer(Text refresh_token, Redeem redeem,
                                               const RenewingAuthorizerOptions& options)
    : RefreshTokenAuthorizer(std::make_shared<Slot>(refresh_token.str(), std::move(redeem)),
                             options) {}

RefreshTokenAuthorizer::RefreshTokenAuthorizer(std::shared_ptr<Slot> slot,
                                               const RenewingAuthorizerOptions& options)
    : RenewingAuthorizer([slot] { return slot->renew(); }, options), slot_(slot) {
  if (slot_->token().empty()) throw GlobusSDKUsageError("refresh_token must not be empty");
}

RefreshTokenAuthorizer::~RefreshTokenAuthorizer() = default;

std::string RefreshTokenAuthorizer::refresh_token() const {
  return slot_->token();
}

}  // namespace globus_sdk::inline v0
