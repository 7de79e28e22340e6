// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/authorizers/renewing_authorizer.hpp"

#include <algorithm>
#include <chrono>
#include <deque>
#include <exception>
#include <mutex>
#include <utility>

#include "authorizers/bearer_header.hpp"
#include "authorizers/grant_failure.hpp"
#include "authorizers/renewal_under_way.hpp"
#include "core/base/now_seconds.hpp"
#include "core/base/wipe.hpp"
#include "core/call/authorization_helper.hpp"
#include "core/process/fork_count.hpp"
#include "core/process/helper_threads.hpp"
#include "core/process/single_flight.hpp"
#include "globus_sdk/authorizers/client_credentials_authorizer.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0 {

namespace {

/// Renewal begins this long before the expiry, unless a tenth of the lifetime is less.
constexpr std::int64_t early_renewal_seconds = 60;
/// After an early renewal that failed, the next try waits this long.
constexpr std::int64_t early_retry_seconds = 5;
/// Where a service refuses fresh tokens, the pauses between renewals double: from 1 s to 64 s.
constexpr std::chrono::seconds first_pause_after_refusal{1};
constexpr int most_doublings = 6;

using detail::now_seconds;

struct Token {
  std::string header{};
  std::int64_t expires_at = 0;
  std::int64_t renew_at = 0;
  bool rejected = false;              ///< by a service
  bool in_place_of_rejected = false;  ///< renewed because a service refused the one before
  bool refusal_is_counted = false;

  bool is_usable(std::int64_t now) const { return !rejected && now < expires_at; }
  ~Token() { detail::wipe(header); }
};

Token make_token(const std::string& access_token, std::int64_t expires_at, std::int64_t lifetime) {
  const std::int64_t early =
      std::min(early_renewal_seconds, std::max<std::int64_t>(lifetime, 0) / 10);
  return {detail::bearer_header(access_token), expires_at, expires_at - early};
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

/// Something that one thread of this process does; the child of a fork does not do it.
class Busy {
 public:
  explicit operator bool() const { return process_ == detail::fork_count(); }
  void set(bool busy) { process_ = busy ? std::optional(detail::fork_count()) : std::nullopt; }

 private:
  std::optional<std::uint64_t> process_{};
};

}  // namespace

/// What the copies of an authorizer share.
class RenewingAuthorizer::State : public std::enable_shared_from_this<State> {
 public:
  State(FindOrRenew renew, SaveAgain save_again, const RenewingAuthorizerOptions& options)
      : renew_(std::move(renew)),
        save_again_(std::move(save_again)),
        on_refresh_(options.on_refresh.value_or(nullptr)) {
    if (!options.access_token) return;
    // how long it was good for is not known: 60 s before the end is early enough for any
    token_ = make_token(*options.access_token, *options.expires_at, 10 * early_renewal_seconds);
  }

  /// The header that a call may send without waiting, if there is one. Other work that is due is
  /// begun on another thread. Only a call that may wait saves tokens here, so that this is done
  /// when the call ends.
  std::optional<std::string> at_hand(bool has_time) {
    std::unique_lock lock(mutex_);
    const std::int64_t now = now_seconds();
    if (unreported_failure_ || !is_usable(now)) return std::nullopt;
    std::string header = token_->header;
    if (is_early_renewal_due(now)) {
      begin_elsewhere(early_renewal_begun_, &State::renew_early, lock);
    } else if (is_save_due() && has_time) {
      lock.unlock();
      save_again();
    } else if (is_save_due()) {
      begin_elsewhere(save_begun_, &State::save_again, lock);
    }
    return header;
  }

  std::string get(const CallLimits& limits, const RenewingAuthorizer& authorizer) {
    if (auto header = at_hand(limits.unlimited())) return *std::move(header);
    std::unique_lock lock(mutex_);
    if (unreported_failure_) std::rethrow_exception(std::exchange(unreported_failure_, nullptr));
    if (is_usable(now_seconds())) return token_->header;
    if (const auto flight = renewals_.under_way()) {
      lock.unlock();
      return flight->wait(limits);
    }
    if (limits.unlimited()) return renew_now(lock);
    // a renewal outlives the call that began it: it runs elsewhere, and this call waits within
    // limits
    lock.unlock();
    return detail::fetch_within(std::make_shared<const RenewingAuthorizer>(authorizer), limits);
  }

  /// Renews in this thread if that is due, early or not.
  void renew_if_due() {
    std::unique_lock lock(mutex_);
    const auto flight = renewals_.under_way();
    const std::int64_t now = now_seconds();
    if (is_usable(now) && (flight || !is_due(now))) return;
    if (!flight) {
      renew_now(lock);
      return;
    }
    lock.unlock();
    flight->wait({});
  }

  bool reject(std::string_view header) {
    const std::lock_guard lock(mutex_);
    if (!token_ || token_->header != header) return true;
    if (std::chrono::steady_clock::now() < no_renewal_after_refusal_before_) return false;
    token_->rejected = true;
    return true;
  }

  std::string explain_refusal(std::string_view header) {
    const std::lock_guard lock(mutex_);
    if (!token_ || token_->header != header || !token_->in_place_of_rejected) return {};
    if (!std::exchange(token_->refusal_is_counted, true)) put_next_renewal_off();
    return detail::fresh_token_is_refused("it was renewed", "renewal");
  }

  std::optional<Token> token() const {
    const std::lock_guard lock(mutex_);
    return token_;
  }

 private:
  // the functions below must be called with the lock, unless they take it as a parameter

  bool is_usable(std::int64_t now) const { return token_ && token_->is_usable(now); }
  bool is_due(std::int64_t now) const {
    return now >= token_->renew_at && now >= no_early_renewal_before_;
  }
  bool is_early_renewal_due(std::int64_t now) const {
    return is_due(now) && !early_renewal_begun_ && !renewals_.under_way();
  }
  bool is_save_due() const {
    return unsaved_ && std::chrono::steady_clock::now() >= no_save_before_ && !save_begun_ &&
           !saves_.under_way() && !renewals_.under_way();
  }

  void put_next_renewal_off() {
    const auto pause = first_pause_after_refusal * (1 << refused_fresh_tokens_);
    refused_fresh_tokens_ = std::min(refused_fresh_tokens_ + 1, most_doublings);
    no_renewal_after_refusal_before_ = std::chrono::steady_clock::now() + pause;
  }

  /// Begins an early renewal, or another try to save, on a helper thread. When it cannot be begun,
  /// no call fails: the token is still good. `lock` is released.
  void begin_elsewhere(Busy& begun, void (State::*work)(), std::unique_lock<std::mutex>& lock) {
    begun.set(true);
    lock.unlock();
    try {
      const auto under_way = std::make_shared<detail::RenewalUnderWay>();
      detail::run_on_helper_thread([state = shared_from_this(), work, under_way] {
        try {
          (state.get()->*work)();
        } catch (...) {  // no memory: what was due still is
        }
      });
    } catch (...) {
      const std::lock_guard again(mutex_);
      begun.set(false);
      no_early_renewal_before_ = now_seconds() + early_retry_seconds;
    }
  }

  /// Runs on a helper thread, for no call in particular. The next call throws what goes wrong here.
  void renew_early() {
    std::unique_lock lock(mutex_);
    early_renewal_begun_.set(false);
    if (!token_ || !is_due(now_seconds()) || renewals_.under_way()) return;
    try {
      renew_now(lock);
    } catch (...) {
      if (lock.owns_lock()) lock.unlock();
      const std::lock_guard again(mutex_);
      // when the renewal itself failed, the next one tells the calls that wait for it
      if (is_usable(now_seconds())) unreported_failure_ = std::current_exception();
    }
  }

  /// Renews in this thread; no other thread renews at that time. `lock` is released.
  std::string renew_now(std::unique_lock<std::mutex>& lock) {
    const detail::RenewalUnderWay under_way;
    const auto flight = renewals_.board().flight;
    lock.unlock();
    std::exception_ptr trouble;
    renewals_.fly(flight, [&] {
      // a try to save what came before is not disturbed
      if (const auto save = saves_.under_way()) save->wait_for_end({});
      Renewed renewed = renew_();
      trouble = renewed.trouble;
      std::string header = take(renewed);
      detail::wipe(renewed.access_token);
      return header;
    });
    std::string header = result_of(*flight);
    const detail::AtWork at_work(flight->number());
    report_renewals(std::move(trouble));
    return header;
  }

  /// Puts the new token into use.
  std::string take(const Renewed& renewed) {
    const std::int64_t now = now_seconds();
    Token fresh = make_token(renewed.access_token, renewed.expires_at_seconds,
                             renewed.expires_at_seconds - now);
    std::string header = fresh.header;
    const std::lock_guard lock(mutex_);
    if (on_refresh_ && renewed.response && !renewed.trouble) {
      unreported_renewals_.push_back(*renewed.response);
    }
    fresh.in_place_of_rejected = token_ && token_->rejected;
    if (!fresh.in_place_of_rejected) {
      refused_fresh_tokens_ = 0;
      no_renewal_after_refusal_before_ = {};
    }
    token_ = std::move(fresh);
    unsaved_ = !renewed.is_saved;
    no_save_before_ = {};
    return header;
  }

  /// A renewal that failed is no loss as long as the old token is good.
  std::string result_of(const detail::Flight<std::string>& ended) {
    try {
      return ended.result();
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!is_usable(now_seconds())) throw;
      no_early_renewal_before_ = now_seconds() + early_retry_seconds;
      return token_->header;
    }
  }

  /// Calls `on_refresh` for what was renewed, in order. If another thread is doing that, it will do
  /// this as well.
  ///
  /// @throws `trouble`, or else what the callback throws.
  void report_renewals(std::exception_ptr trouble) {
    std::unique_lock lock(mutex_);
    if (!reporting_) {
      reporting_.set(true);
      while (!unreported_renewals_.empty()) {
        const OAuthTokenResponse response = std::move(unreported_renewals_.front());
        unreported_renewals_.pop_front();
        lock.unlock();
        try {
          on_refresh_(response);
        } catch (...) {
          if (!trouble) trouble = std::current_exception();
        }
        lock.lock();
      }
      reporting_.set(false);
    }
    lock.unlock();
    if (trouble) std::rethrow_exception(trouble);
  }

  /// Tries once more to save. An error is not thrown again: it was thrown the first time.
  void save_again() {
    const detail::RenewalUnderWay under_way;
    std::unique_lock lock(mutex_);
    save_begun_.set(false);
    if (!is_save_due()) return;
    const auto flight = saves_.board().flight;
    lock.unlock();
    const auto begun_at = std::chrono::steady_clock::now();
    bool is_saved = false;
    saves_.fly(flight, [&] {
      save_again_();
      return is_saved = true;
    });
    const auto ended_at = std::chrono::steady_clock::now();
    lock.lock();
    if (is_saved) unsaved_ = false;
    // a store that keeps everyone waiting takes no more than half of the time
    no_save_before_ = ended_at + (ended_at - begun_at);
  }

  const FindOrRenew renew_;
  const SaveAgain save_again_;
  const std::function<void(const OAuthTokenResponse&)> on_refresh_;
  detail::SingleFlight<std::string> renewals_;
  detail::SingleFlight<bool> saves_;

  mutable std::mutex mutex_;
  // guarded by mutex_
  std::optional<Token> token_;
  Busy early_renewal_begun_;
  std::int64_t no_early_renewal_before_ = 0;
  std::exception_ptr unreported_failure_;
  Busy reporting_;
  std::deque<OAuthTokenResponse> unreported_renewals_;
  bool unsaved_ = false;
  Busy save_begun_;
  std::chrono::steady_clock::time_point no_save_before_;
  int refused_fresh_tokens_ = 0;
  std::chrono::steady_clock::time_point no_renewal_after_refusal_before_;
};

RenewingAuthorizer::RenewingAuthorizer(Renew renew, const RenewingAuthorizerOptions& options)
    : RenewingAuthorizer(
          renew ? FindOrRenew([renew] {
            Renewed renewed;
            renewed.response.emplace(renew());
            TokenData token = token_of(*renewed.response);
            renewed.access_token = std::move(token.access_token);
            renewed.expires_at_seconds = token.expires_at_seconds;
            return renewed;
          })
                : FindOrRenew(),
          [] {}, options) {}

RenewingAuthorizer::RenewingAuthorizer(FindOrRenew renew, SaveAgain save_again,
                                       const RenewingAuthorizerOptions& options) {
  if (!renew) throw GlobusSDKUsageError("renew must be a function");
  if (options.access_token.has_value() != options.expires_at.has_value()) {
    throw GlobusSDKUsageError(options.access_token
                                  ? "access_token needs its expires_at: give both, or neither"
                                  : "expires_at needs its access_token: give both, or neither");
  }
  if (options.access_token && options.access_token->empty()) {
    throw GlobusSDKUsageError("access_token must not be empty");
  }
  state_ = std::make_shared<State>(std::move(renew), std::move(save_again), options);
}

RenewingAuthorizer::~RenewingAuthorizer() = default;

std::string RenewingAuthorizer::get_authorization_header(const CallLimits& limits) const {
  return state_->get(limits, *this);
}

std::optional<std::string> RenewingAuthorizer::try_get_authorization_header() const {
  return state_->at_hand(false);
}

bool RenewingAuthorizer::handle_missing_authorization(std::string_view rejected_header) const {
  return state_->reject(rejected_header);
}

std::string RenewingAuthorizer::explain_refusal(std::string_view rejected_header) const {
  return state_->explain_refusal(rejected_header);
}

void RenewingAuthorizer::ensure_valid_token() const {
  state_->renew_if_due();
}

std::optional<std::string> RenewingAuthorizer::access_token() const {
  const auto token = state_->token();
  if (!token) return std::nullopt;
  return detail::access_token_of(token->header);
}

std::optional<std::int64_t> RenewingAuthorizer::expires_at() const {
  const auto token = state_->token();
  if (!token || token->rejected) return std::nullopt;
  return token->expires_at;
}

ClientCredentialsAuthorizer::~ClientCredentialsAuthorizer() = default;

Strings ClientCredentialsAuthorizer::checked(Strings scopes) {
  if (scopes.joined(' ').find_first_not_of(' ') == std::string::npos) {
    throw GlobusSDKUsageError("scopes must name at least one scope");
  }
  return scopes;
}

}  // namespace globus_sdk::inline v0
