// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "authorizers/refresh_token_in.hpp"
#include "globus_sdk/token_storage/token_storage.hpp"

namespace globus_sdk::inline v0::detail {

/// How new tokens are got.
struct TokenGrant {
  std::function<OAuthTokenResponse(const std::string& refresh_token)> redeem;
  bool takes_refresh_token = true;
};

/// What became of looking for a newer token.
struct RenewedToken {
  std::string access_token{};
  std::int64_t expires_at_seconds = 0;           ///< in seconds since the epoch
  std::optional<OAuthTokenResponse> response{};  ///< nothing when the storage had the token
  std::exception_ptr trouble{};                  ///< after the new token was there: it is good
  bool is_saved = true;
};

/// The next token of a resource server: the one that a storage holds, or else a new one of Globus
/// Auth, which is stored. Any number of processes and threads may have such objects for one
/// storage; each object is used by one thread at a time.
class StoredTokenSource {
 public:
  /// @param in_use the access token that will no longer do, if there was one.
  StoredTokenSource(std::shared_ptr<const TokenStorage> storage, std::string resource_server,
                    TokenGrant grant, std::chrono::milliseconds lock_timeout,
                    std::string in_use = {});
  /// The last chance to store what could not be stored.
  ~StoredTokenSource();
  StoredTokenSource(const StoredTokenSource&) = delete;
  StoredTokenSource& operator=(const StoredTokenSource&) = delete;

  /// Another token than the one in use: somebody else's, or a new one.
  ///
  /// @throws LoginRequiredError when there is no refresh token that Globus Auth accepts; what the
  ///   storage and the request throw.
  RenewedToken next();

  /// Whether there is something that could not be stored yet.
  bool has_unsaved() const noexcept { return unsaved_.has_value(); }
  /// Tries once more to store what could not be stored.
  void save() { save(lock_timeout_); }

 private:
  void save(std::chrono::milliseconds lock_timeout);

  std::optional<TokenStorageData> read() const;

  /// The stored token, if it differs from ours and is still good.
  std::optional<RenewedToken> renewed_by_another(const std::optional<TokenStorageData>& stored);

  RenewedToken refresh(const std::optional<TokenStorageData>& stored);

  /// Tries once more after the storage was read again: a program that takes no lock may have used
  /// the refresh token, and may have stored the next one.
  RenewedToken try_again(const std::string& before, bool was_refused);

  /// Redeems the refresh token and stores the answer. The room for the answer, on the disk and in
  /// memory, is reserved before, so that it is there afterwards.
  RenewedToken redeem_and_store(const std::string& token,
                                const std::optional<TokenStorageData>& stored);

  std::string refresh_token(const std::optional<TokenStorageData>& stored) const;

  bool is_superseded(const std::optional<TokenStorageData>& stored) const;

  using InPlaceOf = std::optional<std::string>;
  /// The refresh token that what comes for another one will replace.
  static InPlaceOf spent_with(const std::optional<TokenStorageData>& stored);

  /// The tokens of an answer are in use even if they cannot be stored.
  ///
  /// @param stored what is stored until then.
  /// @param in_place_of its refresh token.
  RenewedToken store(const OAuthTokenResponse& response,
                     const std::optional<TokenStorageData>& stored, InPlaceOf in_place_of);

  /// The token for this resource server. A token that names no resource server counts as the right
  /// one when it is the only one.
  TokenData own_token(const OAuthTokenResponse& response,
                      const std::optional<TokenStorageData>& stored);

  void store_response(const OAuthTokenResponse& response) const;

  /// Stores the refresh token of an answer when nothing else in the answer can be stored.
  void store_refresh_token(const std::optional<TokenStorageData>& stored);

  void write_refresh_token(TokenStorageData stored) const;

  struct Unsaved {
    OAuthTokenResponse response;
    InPlaceOf in_place_of;
    bool is_whole = false;  ///< or nothing but its refresh token can be stored

    std::string refresh_token() const { return refresh_token_in(response).value(); }
  };

  const std::shared_ptr<const TokenStorage> storage_;
  const std::string resource_server_;
  const TokenGrant grant_;
  const std::chrono::milliseconds lock_timeout_;
  std::string in_use_;
  std::optional<Unsaved> unsaved_{};
};

/// How long to wait for another who renews.
///
/// @throws GlobusSDKUsageError when it is negative.
std::chrono::milliseconds checked_lock_timeout(const Field<std::chrono::milliseconds>& timeout);

}  // namespace globus_sdk::inline v0::detail
