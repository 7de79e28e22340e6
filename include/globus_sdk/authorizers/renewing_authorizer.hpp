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
  /// call that renewed; what it throws reaches that call, and the new token is kept all the same.
  Field<std::function<void(const OAuthTokenResponse&)>> on_refresh{};
};

/// Sends an access token and gets the next one by itself. Mirrors `globus_sdk.RenewingAuthorizer`.
///
/// However many threads ask, one expiry is one renewal. From 60 s before the expiry (a tenth of the
/// token's lifetime, where that is less) one caller renews while the others go on with the token
/// that is still good; past the expiry they wait for that renewal, each until its own deadline.
/// After a 401 the token that was refused is not used again; a token that is newer stays in use.
/// The error of a renewal that fails is thrown to every call that waits for it, and the next call
/// tries again. While the old token is still good, no call sees that error.
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

  /// Renews if it is due: what every call does by itself. Mirrors Python's `ensure_valid_token`.
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
  };
  /// Finds a token that another has renewed, or renews.
  using FindOrRenew = std::function<Renewed()>;

  /// @throws GlobusSDKUsageError when access_token and expires_at do not come together.
  RenewingAuthorizer(FindOrRenew renew, const RenewingAuthorizerOptions& options);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace globus_sdk::inline v0
