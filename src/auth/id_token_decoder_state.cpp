// SPDX-License-Identifier: Apache-2.0
#include "auth/id_token_decoder_state.hpp"

#include <utility>

#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

constexpr std::chrono::seconds usual_leeway{64};

/// What becomes of a fetch whose call went before it had ended.
struct CallGone : std::exception {
  const char* what() const noexcept override { return "the call that fetched keys is gone"; }
};

}  // namespace

void rethrow_if_for_all(const Flight<std::monostate>& ended) {
  try {
    ended.result();
  } catch (const CancelledError&) {
  } catch (const GlobusTimeoutError&) {
  } catch (const GlobusError&) {
    throw;
  } catch (...) {  // no memory, or nobody is at it any more
  }
}

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

DecoderTurn IDTokenDecoderState::take_turn(const ProviderPtr& unfit, SteadyTime now) {
  const std::lock_guard lock(mutex_);
  if (provider_ && provider_ != unfit) return {provider_, nullptr, nullptr};
  auto boarded = fetches_.board();
  if (!boarded.begun) return {nullptr, nullptr, std::move(boarded.flight)};
  auto fetch = begin(std::move(boarded.flight));
  outdated_ = false;
  fetched_at_ = now;
  return {nullptr, std::move(fetch), nullptr};
}

std::shared_ptr<ProviderFetch> IDTokenDecoderState::begin(ProviderFetches::Shared flight) {
  try {
    return std::make_shared<ProviderFetch>(shared_from_this(), stored_, flight);
  } catch (...) {
    fetches_.fail(flight, std::current_exception());
    throw;
  }
}

bool IDTokenDecoderState::may_have_other(const ProviderPtr& unfit, SteadyTime now) const {
  const std::lock_guard lock(mutex_);
  if (provider_ && provider_ != unfit) return true;
  if (fetches_.under_way() || !fetched_at_) return true;
  return !stored_.jwk && now - *fetched_at_ >= refetch_interval;
}

ProviderFetch::~ProviderFetch() {
  if (flight_) fail(std::make_exception_ptr(CallGone()));
}

void ProviderFetch::succeed(ProviderPtr provider) noexcept {
  {
    const std::lock_guard lock(state_->mutex_);
    if (!state_->outdated_) state_->provider_ = std::move(provider);
  }
  state_->fetches_.land(std::exchange(flight_, nullptr), {});
}

void ProviderFetch::fail(std::exception_ptr failure) noexcept {
  state_->fetches_.fail(std::exchange(flight_, nullptr), std::move(failure));
}

}  // namespace globus_sdk::inline v0::detail
