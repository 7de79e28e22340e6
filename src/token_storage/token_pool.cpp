// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/token_storage/token_pool.hpp"

#include <mutex>
#include <utility>
#include <vector>

#include "core/process/abandoned.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/request.hpp"
#include "token_storage/renewal_engine.hpp"

namespace globus_sdk::inline v0 {

namespace {

constexpr std::chrono::minutes default_renew_ahead{10};
constexpr std::int64_t default_max_renewals = 8;
constexpr std::int64_t largest_max_renewals = 1024;
constexpr std::int64_t default_max_cached_tokens = 10'000;

std::chrono::milliseconds checked_renew_ahead(const Field<std::chrono::milliseconds>& time) {
  if (!time) return default_renew_ahead;
  if (time->count() < 0) {
    throw GlobusSDKUsageError(
        "renew_ahead must not be negative: give how long before its expiry "
        "a token is to be renewed");
  }
  return *time;
}

std::size_t at_least_one(const char* option, const Field<std::int64_t>& number,
                         std::int64_t default_value) {
  if (!number) return static_cast<std::size_t>(default_value);
  if (*number < 1) {
    throw GlobusSDKUsageError(std::string(option) +
                              " must be 1 or more; leave it unset for the default of " +
                              std::to_string(default_value));
  }
  return static_cast<std::size_t>(*number);
}

std::size_t checked_max_renewals(const Field<std::int64_t>& number) {
  const std::size_t checked = at_least_one("max_renewals", number, default_max_renewals);
  if (checked > static_cast<std::size_t>(largest_max_renewals)) {
    throw GlobusSDKUsageError("max_renewals must be " + std::to_string(largest_max_renewals) +
                              " or less: each renewal under way needs a thread");
  }
  return checked;
}

}  // namespace

/// What the copies of a pool and its authorizers share.
class detail::TokenPoolState {
 public:
  explicit TokenPoolState(std::shared_ptr<const TokenPoolSettings> settings)
      : settings_(std::move(settings)), engine_(make_engine()) {}
  ~TokenPoolState() {
    if (engine_->is_of_this_process()) {
      engine_->stop();
    } else {
      abandon(std::move(engine_));
    }
  }
  TokenPoolState(const TokenPoolState&) = delete;
  TokenPoolState& operator=(const TokenPoolState&) = delete;

  const TokenPoolSettings& settings() const { return *settings_; }
  /// The engine of this process: a child of a fork gets one of its own.
  std::shared_ptr<RenewalEngine> engine() {
    const std::lock_guard lock(mutex_);
    if (!engine_->is_of_this_process()) {
      auto own = make_engine();
      abandon(std::exchange(engine_, std::move(own)));
    }
    return engine_;
  }

 private:
  std::shared_ptr<RenewalEngine> make_engine() const {
    auto engine = std::make_shared<RenewalEngine>(settings_);
    engine->start();
    return engine;
  }

  const std::shared_ptr<const TokenPoolSettings> settings_;
  std::mutex mutex_;
  std::shared_ptr<RenewalEngine> engine_;
};

struct TokenPoolAuthorizer::Key {
  detail::PooledTokenKey pair;
};

TokenPoolAuthorizer::TokenPoolAuthorizer(std::shared_ptr<detail::TokenPoolState> state,
                                         std::string namespace_, std::string resource_server)
    : state_(std::move(state)),
      key_(std::make_shared<Key>(Key{{std::move(namespace_), std::move(resource_server)}})) {}

TokenPoolAuthorizer::~TokenPoolAuthorizer() = default;

std::string TokenPoolAuthorizer::get_authorization_header(const CallLimits& limits) const {
  return state_->engine()->get(key_->pair, limits);
}

std::optional<std::string> TokenPoolAuthorizer::try_get_authorization_header() const {
  return state_->engine()->try_get(key_->pair);
}

bool TokenPoolAuthorizer::handle_missing_authorization(std::string_view rejected_header) const {
  return state_->engine()->reject(key_->pair, rejected_header);
}

std::string TokenPoolAuthorizer::explain_refusal(std::string_view rejected_header) const {
  return state_->engine()->explain_refusal(key_->pair, rejected_header);
}

TokenPool::TokenPool(const AnyMultiUserTokenStorage& storage, Redeem redeem,
                     const TokenPoolOptions& options) {
  if (!storage.get()) throw GlobusSDKUsageError("storage must not be null: give a storage");
  auto settings = std::make_shared<detail::TokenPoolSettings>();
  settings->storage = storage.get();
  settings->grant = {std::move(redeem), true};
  settings->renew_ahead = checked_renew_ahead(options.renew_ahead);
  settings->max_renewals = checked_max_renewals(options.max_renewals);
  settings->max_cached_tokens =
      at_least_one("max_cached_tokens", options.max_cached_tokens, default_max_cached_tokens);
  settings->renew_stored = options.renew_stored.value_or(false);
  settings->lock_timeout = detail::checked_lock_timeout(options.lock_timeout);
  settings->on_event = options.on_event.value_or(nullptr);
  state_ = std::make_shared<detail::TokenPoolState>(std::move(settings));
}

TokenPool::~TokenPool() = default;
TokenPool::TokenPool(const TokenPool&) = default;
TokenPool::TokenPool(TokenPool&&) noexcept = default;
TokenPool& TokenPool::operator=(const TokenPool&) = default;
TokenPool& TokenPool::operator=(TokenPool&&) noexcept = default;

TokenPoolAuthorizer TokenPool::authorizer(Text user_namespace, Text resource_server) const {
  return {state_, detail::require("user_namespace", user_namespace).str(),
          detail::require("resource_server", resource_server).str()};
}

void TokenPool::store_token_response(Text user_namespace,
                                     const OAuthTokenResponse& token_response) const {
  const std::string user = detail::require("user_namespace", user_namespace).str();
  state_->settings().storage->in_namespace(user)->store_token_response(token_response);
  state_->engine()->forget(user);
}

std::size_t TokenPool::remove_user(Text user_namespace) const {
  const std::string user = detail::require("user_namespace", user_namespace).str();
  const auto& settings = state_->settings();
  const auto storage = settings.storage->in_namespace(user);
  // with their locks, no renewal is under way that would store a token once more
  std::vector<TokenStorage::RenewalLock> locks;
  for (const auto& [resource_server, data] : storage->get_token_data_by_resource_server()) {
    locks.push_back(storage->lock_renewal(resource_server, settings.lock_timeout));
  }
  const std::size_t removed = settings.storage->remove_namespace(user);
  locks.clear();
  state_->engine()->forget(user);
  return removed;
}

TokenPoolStatistics TokenPool::statistics() const {
  return state_->engine()->statistics();
}

}  // namespace globus_sdk::inline v0
