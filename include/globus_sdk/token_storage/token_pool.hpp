// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "globus_sdk/authorizers/refresh_token_authorizer.hpp"
#include "globus_sdk/core/authorizer.hpp"
#include "globus_sdk/core/export.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/text.hpp"
#include "globus_sdk/token_storage/multi_user_token_storage.hpp"

namespace globus_sdk::inline v0 {

/// What a TokenPool tells of.
enum class TokenPoolEventKind {
  renewal_begun,  ///< a thread of the pool begins to look for a newer token
  renewal_ended,  ///< it has found one, or it has failed
  wait_ended,     ///< a call had to wait for a token, and goes on
};

/// How a renewal of a TokenPool ended.
enum class TokenRenewalOutcome {
  renewed,         ///< Globus Auth gave a new token
  found,           ///< the storage had a good token: somebody else renewed, or it was read first
  not_stored,      ///< Globus Auth gave a new token, which is in use but could not be stored yet
  stored_later,    ///< what could not be stored before is stored now
  login_required,  ///< only a new login of this user helps
  failed,          ///< the pool will try again after a pause
};

/// Something that happened in a TokenPool. Fields that say nothing for its kind have their
/// defaults.
struct TokenPoolEvent {
  TokenPoolEventKind kind = TokenPoolEventKind::renewal_begun;
  std::string namespace_{};       ///< the user
  std::string resource_server{};  ///< the service that the token is for
  /// Of a renewal that ended.
  TokenRenewalOutcome outcome = TokenRenewalOutcome::found;
  /// Whether no call was waiting when the renewal began.
  bool is_ahead_of_need = false;
  /// How long the renewal took, or the call waited.
  std::chrono::microseconds duration{0};
  /// How long the token before had been in use by this pool; unset when there was none.
  std::optional<std::chrono::milliseconds> token_age{};
  /// How many renewals wait for a thread.
  std::size_t queue_length = 0;
  /// Why the renewal failed, or the token was not stored; or what the wait ended with.
  std::exception_ptr failure{};
};

/// Options of TokenPool.
struct TokenPoolOptions {
  /// How long before its expiry a token is renewed at the earliest; 10 minutes when unset, but
  /// never more than a quarter of the time that the token is good for when the pool gets it. The
  /// pool picks a random time in this span for each token, so that tokens which expire together are
  /// not renewed together.
  Field<std::chrono::milliseconds> renew_ahead{};
  /// How many renewals are under way at once at most, and so how many threads renew; 8 when unset.
  /// Renewals that no call waits for use three quarters of them.
  Field<std::int64_t> max_renewals{};
  /// How many tokens are kept in memory at most; 10,000 when unset. Those that were used last are
  /// kept. The others are read again from the storage when they are needed.
  Field<std::int64_t> max_cached_tokens{};
  /// Whether all tokens in the storage are renewed ahead of need; false when unset: only tokens
  /// that were used since their last renewal are. Each renewal of a token that nobody uses is a
  /// request to Globus Auth for nothing.
  Field<bool> renew_stored{};
  /// How long to wait for another process that is renewing the same token; 60 s when unset.
  Field<std::chrono::milliseconds> lock_timeout{};
  /// Told of everything that happens, on the thread where it happens, without any lock held. Be
  /// quick: a renewal, or a call, waits for the end of this function. What it throws is ignored.
  Field<std::function<void(const TokenPoolEvent&)>> on_event{};
};

/// The numbers of a TokenPool since it was made, and now.
struct TokenPoolStatistics {
  std::uint64_t renewed = 0;              ///< renewals that brought a new token of Globus Auth
  std::uint64_t found = 0;                ///< renewals that found a good token in the storage
  std::uint64_t login_required = 0;       ///< renewals that ended in LoginRequiredError
  std::uint64_t failed = 0;               ///< renewals that failed in another way
  std::uint64_t not_stored = 0;           ///< new tokens that could not be stored at once
  std::uint64_t waits = 0;                ///< calls that had to wait for a token
  std::chrono::microseconds waited{0};    ///< how long they waited in all
  std::chrono::microseconds renewing{0};  ///< how long the renewals took in all
  std::size_t under_way = 0;              ///< renewals that are under way now
  std::size_t most_under_way = 0;         ///< the most that there were at once
  std::size_t queue_length = 0;           ///< renewals that wait for a thread now
  std::size_t waiting = 0;                ///< calls that wait now
  std::size_t cached_tokens = 0;          ///< tokens in memory now
  std::size_t threads = 0;                ///< threads of the pool now
};

namespace detail {
class TokenPoolState;
}

/// Sends the access token of one user of a TokenPool: the pool renews it. TokenPool::authorizer
/// makes one. It keeps the pool's work going as long as it lives.
class GLOBUS_SDK_EXPORT TokenPoolAuthorizer final : public GlobusAuthorizer {
 public:
  ~TokenPoolAuthorizer() override;

  /// @throws LoginRequiredError when only a new login of this user helps; what the renewal throws.
  ///   After a failure, calls that need a new token throw the same error until the pool's pause
  ///   before the next try is over.
  std::string get_authorization_header(const CallLimits& limits) const override;
  std::optional<std::string> try_get_authorization_header() const override;
  bool handle_missing_authorization(std::string_view rejected_header) const override;
  std::string explain_refusal(std::string_view rejected_header) const override;

 private:
  friend class TokenPool;
  struct Key;
  TokenPoolAuthorizer(std::shared_ptr<detail::TokenPoolState> state, std::string namespace_,
                      std::string resource_server);

  std::shared_ptr<detail::TokenPoolState> state_;
  std::shared_ptr<const Key> key_;
};

/// Renews the tokens of all users of a server: one storage, one engine. Python has no such class.
///
/// A user is a namespace of the storage. The pool reads a user's token when it is first used, and
/// renews it ahead of its expiry, a bounded number at once. A call that needs a token now goes
/// ahead of renewals that nobody waits for. Calls go on with a token that is still good while it is
/// being renewed, or while Globus Auth is down. Pools in any number of processes, on any number of
/// hosts, may use one storage: a token is renewed once for all of them, as by
/// StoredTokenAuthorizer, which says what becomes of tokens that cannot be stored.
///
/// A user whose refresh token was refused gets LoginRequiredError; no other user notices. The same
/// refresh token is not sent again. As soon as anybody has stored a new login, calls succeed.
///
/// After a renewal that failed, the pool waits before it tries that user's token again: half a
/// second at first, then longer, up to a minute, or as long as Globus Auth asks for.
///
/// The pool has no thread before there is something to renew: then one that keeps the time, and up
/// to `max_renewals` that renew, which end when they have been idle for two seconds. A pool is a
/// handle: copies, and the authorizers that it gave, share its work, which ends with the last of
/// them. Renewals that are under way then end by themselves, and what they bring is stored (see
/// finish_renewals). A child of a fork begins with an empty pool over the same storage.
class GLOBUS_SDK_EXPORT TokenPool {
 public:
  /// @param storage the storage with a namespace for each user.
  /// @param auth_client the login client that the tokens were issued to.
  /// @throws GlobusSDKUsageError for a time that is negative, or a number that is less than one.
  template <RefreshingClient C>
  TokenPool(const AnyMultiUserTokenStorage& storage, C auth_client,
            const TokenPoolOptions& options = {})
      : TokenPool(storage, Redeem([client = std::move(auth_client)](const std::string& token) {
                    return OAuthTokenResponse(client.oauth2_refresh_token(token));
                  }),
                  options) {}
  ~TokenPool();
  TokenPool(const TokenPool&);
  TokenPool(TokenPool&&) noexcept;
  TokenPool& operator=(const TokenPool&);
  TokenPool& operator=(TokenPool&&) noexcept;

  /// An authorizer for the calls of one user to one service. Nothing is read before the first call.
  ///
  /// @param user_namespace the user's namespace in the storage.
  /// @param resource_server `transfer.api.globus.org`, for example.
  /// @throws GlobusSDKUsageError when one of them is empty.
  TokenPoolAuthorizer authorizer(Text user_namespace, Text resource_server) const;

  /// Stores what a login of a user brought. The user's next calls use it.
  ///
  /// @throws GlobusSDKUsageError when the namespace is empty; what the storage throws.
  void store_token_response(Text user_namespace, const OAuthTokenResponse& token_response) const;

  /// Removes a user: every token of the namespace, from the storage and from memory. It waits for
  /// renewals of these tokens that are under way. Tokens are not revoked: revoke them before, if
  /// they are to be void.
  ///
  /// @return how many tokens there were.
  /// @throws GlobusSDKUsageError when the namespace is empty; what the storage throws.
  std::size_t remove_user(Text user_namespace) const;

  /// The pool's numbers.
  TokenPoolStatistics statistics() const;

 private:
  using Redeem = std::function<OAuthTokenResponse(const std::string& refresh_token)>;
  TokenPool(const AnyMultiUserTokenStorage& storage, Redeem redeem,
            const TokenPoolOptions& options);

  std::shared_ptr<detail::TokenPoolState> state_;
};

}  // namespace globus_sdk::inline v0
