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

/// What a renewing authorizer may be given to begin with.
struct RenewingAuthorizerOptions {
  /// An access token to begin with; comes with `expires_at`, or not at all.
  Field<std::string> access_token{};
  /// When that token expires, in seconds since the epoch.
  Field<std::int64_t> expires_at{};
  /// Called once after each renewal, outside any lock, before the new token is first used by the
  /// call that renewed. Callbacks come one at a time and in the order of the renewals: one whose
  /// turn comes while the one before still runs is called right after that, by the same thread.
  /// What it throws reaches the call that renewed, or the next one where no call waits for the
  /// renewal; the new token is kept all the same.
  Field<std::function<void(const OAuthTokenResponse&)>> on_refresh{};
};

/// Sends an access token and gets the next one by itself. Mirrors `globus_sdk.RenewingAuthorizer`.
///
/// However many threads ask, one expiry is one renewal. From 60 s before the expiry (a tenth of the
/// token's lifetime, where that is less) the token is renewed by a helper thread of the SDK's,
/// while all calls go on with the one that is still good; past the expiry they wait for that
/// renewal, each until its own deadline. After a 401 the token that was refused is not used again;
/// a token that is newer stays in use. The error of a renewal that fails is thrown to every call
/// that waits for it, and the next call tries again. While the old token is still good, no call
/// sees that error.
///
/// A service that refuses a token which was just renewed refuses the next one, too: the error says
/// so, and the next renewal after a 401 is put off for a second, then for two, and so on to a
/// minute.
///
/// A function that renews must not ask its own authorizer for a header that the renewal is to
/// bring: that is a GlobusSDKUsageError.
///
/// Nothing is fetched before the first call. Python fetches a first token when it is constructed.
class GLOBUS_SDK_EXPORT RenewingAuthorizer : public GlobusAuthorizer {
 public:
  /// Gets new tokens. Its exceptions reach the callers.
  using Renew = std::function<OAuthTokenResponse()>;

  /// @throws GlobusSDKUsageError when access_token and expires_at do not come together.
  explicit RenewingAuthorizer(Renew renew, const RenewingAuthorizerOptions& options = {});
  ~RenewingAuthorizer() override;

  std::string get_authorization_header(const CallLimits& limits) const final;
  std::optional<std::string> try_get_authorization_header() const final;
  bool handle_missing_authorization(std::string_view rejected_header) const final;
  std::string explain_refusal(std::string_view rejected_header) const final;

  /// Renews if it is due, and waits for that. Mirrors Python's `ensure_valid_token`.
  void ensure_valid_token() const;
  /// The current access token, if there is one; it may have expired.
  std::optional<std::string> access_token() const;
  /// When the current token expires, in seconds since the epoch; nothing when there is none, or a
  /// service refused it.
  std::optional<std::int64_t> expires_at() const;

 protected:
  /// What a renewal comes to, where it may be more than an answer of Globus Auth.
  struct Renewed {
    /// The token that is in use from now on.
    std::string access_token{};
    /// When it expires, in seconds since the epoch.
    std::int64_t expires_at_seconds = 0;
    /// The answer that the token came in; none where it was found somewhere.
    std::optional<OAuthTokenResponse> response{};
    /// What went wrong after the token was there: it reaches the call that renewed, and the token
    /// is in use all the same.
    std::exception_ptr trouble{};
    /// Whether the token is where it is kept; the next calls try that again.
    bool is_saved = true;
  };
  /// Finds a token that another has renewed, or renews.
  using FindOrRenew = std::function<Renewed()>;
  /// Saves what could not be saved, or throws. Not called during a renewal.
  using SaveAgain = std::function<void()>;

  /// @throws GlobusSDKUsageError when access_token and expires_at do not come together.
  RenewingAuthorizer(FindOrRenew renew, SaveAgain save_again,
                     const RenewingAuthorizerOptions& options);

 private:
  class State;
  std::shared_ptr<State> state_;
};

}  // namespace globus_sdk::inline v0
