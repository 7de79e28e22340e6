// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/authorizers/renewing_authorizer.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>

#include "../core/authorization_helper.hpp"
#include "../core/fork_count.hpp"
#include "../core/now_seconds.hpp"
#include "globus_sdk/authorizers/client_credentials_authorizer.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0 {

namespace {

/// Renewal begins this long before the expiry, unless a tenth of the lifetime is less.
constexpr std::int64_t early_renewal_seconds = 60;
/// After an early renewal that failed, the next try waits this long.
constexpr std::int64_t early_retry_seconds = 5;

using detail::now_seconds;

struct Token {
  std::string header{};
  std::int64_t expires_at = 0;
  std::int64_t renew_at = 0;
  bool rejected = false;

  bool is_usable(std::int64_t now) const { return !rejected && now < expires_at; }
};

Token make_token(const std::string& access_token, std::int64_t expires_at, std::int64_t lifetime) {
  const std::int64_t early =
      std::min(early_renewal_seconds, std::max<std::int64_t>(lifetime, 0) / 10);
  return {"Bearer " + access_token, expires_at, expires_at - early, false};
}

/// The only token of an answer.
TokenData token_of(const OAuthTokenResponse& response) {
  const auto& tokens = response.by_resource_server();
  if (tokens.size() != 1) {
    throw ValidationError("the renewal gave tokens for " + std::to_string(tokens.size()) +
                          " resource servers where an authorizer serves one: use a refresh token, "
                          "or scopes, of one resource server");
  }
  return tokens.begin()->second;
}

/// One renewal, which several callers may wait for.
struct Flight {
  const std::uint64_t owner = detail::fork_count();
  std::condition_variable_any changed{};  // here, so that a child of a fork has none with waiters
  bool done = false;
  std::exception_ptr failure{};
  std::string header{};
};

}  // namespace

struct RenewingAuthorizer::State {
  FindOrRenew renew;
  std::function<void(const OAuthTokenResponse&)> on_refresh;

  std::mutex mutex;
  // guarded by mutex
  std::optional<Token> token;
  std::shared_ptr<Flight> flight;
  std::int64_t no_early_renewal_before = 0;

  /// True while a thread of this process renews. Needs the lock.
  bool is_renewing() const { return flight && flight->owner == detail::fork_count(); }

  /// The header that a call may send without waiting, if there is one. Needs the lock.
  const std::string* at_hand(std::int64_t now) const {
    if (!token || !token->is_usable(now)) return nullptr;
    const bool somebody_must_renew =
        now >= token->renew_at && !is_renewing() && now >= no_early_renewal_before;
    return somebody_must_renew ? nullptr : &token->header;
  }

  std::string wait_for(const std::shared_ptr<Flight>& awaited, const CallLimits& limits,
                       std::unique_lock<std::mutex>& lock) {
    const auto is_done = [&awaited] { return awaited->done; };
    if (limits.deadline) {
      awaited->changed.wait_until(lock, limits.stop, *limits.deadline, is_done);
    } else {
      awaited->changed.wait(lock, limits.stop, is_done);
    }
    if (!awaited->done) detail::throw_wait_ended(limits);
    if (awaited->failure) std::rethrow_exception(awaited->failure);
    return awaited->header;
  }

  void finish(const std::shared_ptr<Flight>& finished) {
    finished->done = true;
    flight.reset();
    finished->changed.notify_all();
  }

  /// Renews in this thread, as the only one that does. `lock` is released meanwhile.
  std::string renew_now(std::unique_lock<std::mutex>& lock) {
    const auto mine = flight = std::make_shared<Flight>();
    lock.unlock();
    Renewed renewed;
    try {
      renewed = renew();
      Token fresh = make_token(renewed.access_token, renewed.expires_at_seconds,
                               renewed.expires_at_seconds - now_seconds());
      lock.lock();
      mine->header = fresh.header;
      token = std::move(fresh);
    } catch (...) {
      lock.lock();
      mine->failure = std::current_exception();
    }
    finish(mine);
    if (mine->failure) return after_failure(*mine);
    lock.unlock();
    if (renewed.trouble) std::rethrow_exception(renewed.trouble);
    if (on_refresh && renewed.response) on_refresh(*renewed.response);
    return mine->header;
  }

  /// A renewal that failed is no loss as long as the old token is good. Needs the lock.
  std::string after_failure(const Flight& failed) {
    const std::int64_t now = now_seconds();
    if (!token || !token->is_usable(now)) std::rethrow_exception(failed.failure);
    no_early_renewal_before = now + early_retry_seconds;
    return token->header;
  }
};

RenewingAuthorizer::RenewingAuthorizer(Renew renew, const RenewingAuthorizerOptions& options)
    : RenewingAuthorizer(renew ? FindOrRenew([renew] {
                           Renewed renewed;
                           renewed.response.emplace(renew());
                           TokenData token = token_of(*renewed.response);
                           renewed.access_token = std::move(token.access_token);
                           renewed.expires_at_seconds = token.expires_at_seconds;
                           return renewed;
                         })
                               : FindOrRenew(),
                         options) {}

RenewingAuthorizer::RenewingAuthorizer(FindOrRenew renew, const RenewingAuthorizerOptions& options)
    : state_(std::make_shared<State>()) {
  if (!renew) throw GlobusSDKUsageError("renew must be a function");
  if (options.access_token.has_value() != options.expires_at.has_value()) {
    throw GlobusSDKUsageError(options.access_token
                                  ? "access_token needs its expires_at: give both, or neither"
                                  : "expires_at needs its access_token: give both, or neither");
  }
  state_->renew = std::move(renew);
  if (options.on_refresh) state_->on_refresh = *options.on_refresh;
  if (!options.access_token) return;
  if (options.access_token->empty()) throw GlobusSDKUsageError("access_token must not be empty");
  // how long it was good for is not known: 60 s before the end is early enough for any
  state_->token =
      make_token(*options.access_token, *options.expires_at, 10 * early_renewal_seconds);
}

RenewingAuthorizer::~RenewingAuthorizer() = default;

std::string RenewingAuthorizer::get_authorization_header(const CallLimits& limits) const {
  std::unique_lock lock(state_->mutex);
  if (const std::string* header = state_->at_hand(now_seconds())) return *header;
  if (state_->is_renewing()) {
    const std::shared_ptr<Flight> flight = state_->flight;
    return state_->wait_for(flight, limits, lock);
  }
  if (limits.unlimited()) return state_->renew_now(lock);
  // a renewal outlives the call that began it: it runs elsewhere, and this call waits within limits
  lock.unlock();
  return detail::fetch_within(std::make_shared<const RenewingAuthorizer>(*this), limits);
}

std::optional<std::string> RenewingAuthorizer::try_get_authorization_header() const {
  std::lock_guard lock(state_->mutex);
  const std::string* header = state_->at_hand(now_seconds());
  return header != nullptr ? std::optional<std::string>(*header) : std::nullopt;
}

bool RenewingAuthorizer::handle_missing_authorization(std::string_view rejected_header) const {
  std::lock_guard lock(state_->mutex);
  if (state_->token && state_->token->header == rejected_header) state_->token->rejected = true;
  return true;
}

void RenewingAuthorizer::ensure_valid_token() const {
  static_cast<void>(get_authorization_header({}));
}

std::optional<std::string> RenewingAuthorizer::access_token() const {
  std::lock_guard lock(state_->mutex);
  if (!state_->token) return std::nullopt;
  return state_->token->header.substr(std::string_view("Bearer ").size());
}

std::optional<std::int64_t> RenewingAuthorizer::expires_at() const {
  std::lock_guard lock(state_->mutex);
  if (!state_->token || state_->token->rejected) return std::nullopt;
  return state_->token->expires_at;
}

ClientCredentialsAuthorizer::~ClientCredentialsAuthorizer() = default;

Strings ClientCredentialsAuthorizer::checked(Strings scopes) {
  if (scopes.joined(' ').find_first_not_of(' ') == std::string::npos) {
    throw GlobusSDKUsageError("scopes must name at least one scope");
  }
  return scopes;
}

}  // namespace globus_sdk::inline v0
