// SPDX-License-Identifier: Apache-2.0
#include "id_token_decoder_state.hpp"

#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

constexpr std::chrono::seconds usual_leeway{64};

/// Whether a failure is about the call that fetched, whose deadline or stop_token others do not
/// share.
bool is_of_one_call(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const CancelledError&) {
    return true;
  } catch (const GlobusTimeoutError&) {
    return true;
  } catch (const GlobusError&) {
    return false;
  } catch (...) {
    return true;
  }
}

}  // namespace

std::shared_ptr<IDTokenDecoderState> make_decoder_state(std::string client_id,
                                                        const IDTokenDecoderOptions& options) {
  IDTokenExpectations expectations;
  expectations.audience = options.jwt_audience.value_or(std::move(client_id));
  expectations.leeway = options.jwt_leeway.value_or(std::chrono::milliseconds(usual_leeway));
  if (expectations.audience.empty()) {
    throw GlobusSDKUsageError(
        "an IDTokenDecoder needs a client id that tokens have to be made for: give it a login "
        "client, or jwt_audience");
  }
  if (expectations.leeway < std::chrono::milliseconds(0)) {
    throw GlobusSDKUsageError("jwt_leeway must not be negative");
  }
  return std::make_shared<IDTokenDecoderState>(std::move(expectations));
}

const std::string& audience_of(const IDTokenDecoderState& state) {
  return state.expectations().audience;
}

void store_configuration(IDTokenDecoderState& state, const JsonView& configuration) {
  state.store_configuration(configuration);
}

void store_jwk(IDTokenDecoderState& state, const JsonView& jwk) {
  state.store_jwk(jwk);
}

void IDTokenDecoderState::store_configuration(const JsonView& configuration) {
  const std::lock_guard lock(mutex_);
  stored_.configuration = configuration;
  provider_.reset();
  outdated_ = true;
}

void IDTokenDecoderState::store_jwk(const JsonView& jwk) {
  static_cast<void>(read_keys(jwk));  // refuses what is none
  const std::lock_guard lock(mutex_);
  stored_.jwk = jwk;
  provider_.reset();
  outdated_ = true;
}

std::uint64_t IDTokenDecoderState::coming_fetch() const {
  const std::lock_guard lock(mutex_);
  return fetching_ ? fetches_ : fetches_ + 1;
}

DecoderTurn IDTokenDecoderState::take_turn(const ProviderPtr& unfit, std::uint64_t since,
                                           SteadyTime now) {
  const std::lock_guard lock(mutex_);
  if (provider_ && provider_ != unfit) return {provider_, nullptr};
  if (fetching_) return {};
  if (failure_ && failed_fetch_ >= since) std::rethrow_exception(failure_);
  auto fetch = std::make_shared<ProviderFetch>(shared_from_this(), stored_, fetches_ + 1);
  ++fetches_;
  fetching_ = true;
  outdated_ = false;
  fetched_at_ = now;
  failure_ = nullptr;
  return {nullptr, std::move(fetch)};
}

bool IDTokenDecoderState::may_have_other(const ProviderPtr& unfit, SteadyTime now) const {
  const std::lock_guard lock(mutex_);
  if (provider_ && provider_ != unfit) return true;
  if (fetching_ || !fetched_at_) return true;
  return !stored_.jwk && now - *fetched_at_ >= refetch_interval;
}

void IDTokenDecoderState::end_fetch(std::uint64_t number) noexcept {
  const std::lock_guard lock(mutex_);
  if (fetches_ == number) fetching_ = false;
}

ProviderFetch::~ProviderFetch() {
  state_->end_fetch(number_);
}

void ProviderFetch::succeed(ProviderPtr provider) {
  const std::lock_guard lock(state_->mutex_);
  if (!state_->outdated_) state_->provider_ = std::move(provider);
  state_->fetching_ = false;
}

void ProviderFetch::fail(std::exception_ptr failure) {
  const bool is_for_all = !is_of_one_call(failure);
  const std::lock_guard lock(state_->mutex_);
  if (is_for_all) {
    state_->failed_fetch_ = number_;
    state_->failure_ = std::move(failure);
  }
  state_->fetching_ = false;
}

}  // namespace globus_sdk::inline v0::detail
