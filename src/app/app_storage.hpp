// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/renewable_storage.hpp"
#include "globus_sdk/app/globus_app_config.hpp"
#include "globus_sdk/app/scope_requirements.hpp"
#include "globus_sdk/token_storage/validating_token_storage.hpp"

namespace globus_sdk::inline v0::detail {

/// Where an app's tokens are stored, for those who must not get in each other's way: renewals,
/// logins and logouts.
class AppStorage {
 public:
  using Locks = std::vector<TokenStorage::RenewalLock>;
  /// Which resource servers are meant.
  using Which = std::function<bool(const std::string& resource_server)>;

  AppStorage(const GlobusAppConfig& config, const AppTokenStorageOptions& options);

  /// What the app's validators judge.
  const ValidatingTokenStorage& validating() const noexcept { return validating_; }
  /// For those who renew what is stored. Another one after each logout.
  std::shared_ptr<const RenewableStorage> renewable() const;
  std::chrono::milliseconds renewal_lock_timeout() const noexcept { return renewal_lock_timeout_; }

  /// Stores what a login brought: not in the middle of a renewal, which would store what it
  /// replaced.
  ///
  /// @param asked_for scopes that tokens have whose answer names none.
  void store(const OAuthTokenResponse& tokens, const ScopeRequirements& asked_for) const;
  /// What is stored of an answer, with the scopes that were asked for where it names none.
  TokenStorageDataByResourceServer form_of(const OAuthTokenResponse& tokens,
                                           const ScopeRequirements& asked_for) const;
  /// What is stored as it is, whatever validators say.
  std::vector<TokenStorageData> stored(const Which& which) const;
  /// While these are held nobody renews.
  Locks lock_renewals(const Which& which) const;
  /// From now on no renewal that was begun before stores anything.
  void retire_renewals();
  /// Closes the storage, unless it was handed to the app as an object.
  void close() const;

 private:
  const std::shared_ptr<const TokenStorage> inner_;
  const bool is_made_for_app_;
  const std::chrono::milliseconds renewal_lock_timeout_;
  const ValidatingTokenStorage validating_;
  mutable std::mutex mutex_;
  std::shared_ptr<const RenewableStorage> renewable_;  // guarded by mutex_
};

}  // namespace globus_sdk::inline v0::detail
