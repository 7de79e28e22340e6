// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "core/base/wipe.hpp"
#include "globus_sdk/token_storage/token_storage.hpp"
#include "token_storage/renewal_locks.hpp"

namespace globus_sdk::inline v0::detail {

/// An app's storage as its authorizers, logins and logouts share it: they exclude each other in
/// this process, whether or not the storage behind it has locks between processes. After a logout
/// authorizers that were made before store nothing in it.
class RenewableStorage final : public TokenStorage {
 public:
  struct RefreshToken {
    std::string text{};
    ~RefreshToken() { wipe(text); }
  };
  /// By resource server.
  using RefreshTokens = std::map<std::string, RefreshToken>;

  explicit RenewableStorage(std::shared_ptr<const TokenStorage> inner);
  /// The same storage, and the same locks, after a logout.
  RenewableStorage(const RenewableStorage& before, std::shared_ptr<const TokenStorage> inner);
  ~RenewableStorage() override;

  void store_token_data_by_resource_server(
      const TokenStorageDataByResourceServer& token_data_by_resource_server) const override;
  TokenStorageDataByResourceServer get_token_data_by_resource_server() const override;
  bool remove_token_data(Text resource_server) const override;
  std::optional<TokenStorageData> get_token_data(Text resource_server) const override;
  void store_token_response(const OAuthTokenResponse& token_response) const override;
  /// @throws LoginRequiredError after a logout.
  RenewalLock lock_renewal(Text resource_server, std::chrono::milliseconds timeout) const override;
  ReservedSpace reserve_space() const override;
  void close() const override;
  std::optional<std::string> extract_identity_id(
      const OAuthTokenResponse& token_response) const override;

  /// The new refresh tokens that could not be stored so far: a running call may still hold them.
  RefreshTokens unstored_refresh_tokens() const;
  /// The app has logged out: code that waits for a lock gets LoginRequiredError.
  void retire() const noexcept { is_retired_ = true; }

 private:
  /// Stores, and notes which refresh tokens could not be.
  template <class Tokens>
  void store(const Tokens& tokens, const std::function<void()>& into_storage) const;

  std::shared_ptr<const TokenStorage> inner_;
  std::shared_ptr<RenewalLocks> locks_;
  mutable std::atomic<bool> is_retired_{false};
  mutable std::mutex mutex_;
  mutable RefreshTokens unstored_;  // guarded by mutex_
};

}  // namespace globus_sdk::inline v0::detail
