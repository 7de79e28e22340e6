// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "globus_sdk/authorizers/oauth_token_response.hpp"
#include "globus_sdk/core/authorizer.hpp"
#include "globus_sdk/core/field.hpp"

namespace globus_sdk::inline v0 {

/// Options of a renewing authorizer.
struct RenewingAuthorizerOptions {
  /// An access token to begin with. Give both this and `expires_at`, or neither.
  Field<std::string> access_token{};
  /// When that token expires, in seconds since the epoch.
  Field<std::int64_t> expires_at{};
  /// Called once after each renewal, outside any lock, before the call that renewed first uses the
  /// new token. Callbacks run one at a time, in the order of the renewals. When a callback is due
  /// while the one before it still runs, the same thread calls it right after that one. An
  /// exception of a callback reaches the call that renewed, or the next call when no call waits for
  /// the renewal. The new token is kept all the same.
  Field<std::function<void(const OAuthTokenResponse&)>> on_refresh{};
};

/// Sends an access token, and renews it by itself. Mirrors `globus_sdk.RenewingAuthorizer`.
///
/// A token that expires is renewed once, however many threads ask for it. From 60 s before the
/// expiry on (or a tenth of the token's lifetime, if that is less), a helper thread of the SDK
/// renews the token, while all calls go on with the old token, which is still valid. After the
/// expiry, calls wait for the renewal, each until its own deadline. After a 401 the token that was
/// refused is not used again; a newer token stays in use. When a renewal fails, its error is thrown
/// to every call that waits for it, and the next call tries again. While the old token is still
/// valid, no call sees that error.
///
/// When a service refuses a token that was just renewed, another renewal will hardly help. The
/// error says so, and the next renewal after a 401 is delayed: by one second at first, then by two,
/// and so on up to about a minute.
///
/// A function that renews must not ask its own authorizer for a header that needs this same
/// renewal: that throws GlobusSDKUsageError.
///
/// Nothing is fetched before the first call. Python fetches a first token when the authorizer is
/// constructed.
class GLOBUS_SDK_EXPORT RenewingAuthorizer : public GlobusAuthorizer {
 public:
  /// Gets new tokens. Its exceptions reach the callers.
  using Renew = std::function<OAuthTokenResponse()>;

  /// @throws GlobusSDKUsageError when only one of access_token and expires_at is given.
  explicit RenewingAuthorizer(Renew renew, const RenewingAuthorizerOptions& options = {});
  ~RenewingAuthorizer() override;

  std::string get_authorization_header(const CallLimits& limits) const final;
  std::optional<std::string> try_get_authorization_header() const final;
  bool handle_missing_authorization(std::string_view rejected_header) const final;
  std::string explain_refusal(std::string_view rejected_header) const final;

  /// Renews the token if that is due, and waits for the renewal. Mirrors Python's
  /// `ensure_valid_token`.
  void ensure_valid_token() const;
  /// The current access token, if there is one; it may have expired.
  std::optional<std::string> access_token() const;
  /// When the current token expires, in seconds since the epoch. Nothing when there is no token, or
  /// a service refused it.
  std::optional<std::int64_t> expires_at() const;

 protected:
  /// The result of a renewal, which need not come from an answer of Globus Auth.
  struct Renewed {
    /// The token that is in use from now on.
    std::string access_token{};
    /// When it expires, in seconds since the epoch.
    std::int64_t expires_at_seconds = 0;
    /// The answer that brought the token; nothing when the token was found elsewhere.
    std::optional<OAuthTokenResponse> response{};
    /// An error that occurred after the new token was there. The call that renewed throws it; the
    /// token is used all the same.
    std::exception_ptr trouble{};
    /// Whether the token is saved. If it is not, the next calls try again to save it.
    bool is_saved = true;
  };
  /// Finds a token that somebody else has renewed, or renews the token.
  using FindOrRenew = std::function<Renewed()>;
  /// Saves a token that could not be saved before, or throws. Not called during a renewal.
  using SaveAgain = std::function<void()>;

  /// @throws GlobusSDKUsageError when only one of access_token and expires_at is given.
  RenewingAuthorizer(FindOrRenew renew, SaveAgain save_again,
                     const RenewingAuthorizerOptions& options);

 private:
  class State;
  std::shared_ptr<State> state_;
};

}  // namespace globus_sdk::inline v0
