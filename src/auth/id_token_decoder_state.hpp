// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <variant>

#include "auth/id_token_claims.hpp"
#include "auth/id_token_provider.hpp"
#include "core/process/single_flight.hpp"
#include "globus_sdk/auth/id_token_decoder.hpp"

namespace globus_sdk::inline v0::detail {

using ProviderPtr = std::shared_ptr<const IDTokenProvider>;
using SteadyTime = std::chrono::steady_clock::time_point;

/// What was stored by the program, and is not fetched.
struct StoredByUser {
  std::optional<JsonView> configuration{};
  std::optional<JsonView> jwk{};
};

/// Fetching a provider: one at a time, for all who need it. Who waits takes a turn when it has
/// ended.
using ProviderFetches = SingleFlight<std::monostate>;

/// A fetch that this call has begun. It ends when it goes, however that comes about.
class ProviderFetch {
 public:
  ProviderFetch(std::shared_ptr<IDTokenDecoderState> state, StoredByUser stored,
                ProviderFetches::Shared flight)
      : state_(std::move(state)), stored_(std::move(stored)), flight_(std::move(flight)) {}
  ProviderFetch(const ProviderFetch&) = delete;
  ProviderFetch& operator=(const ProviderFetch&) = delete;
  ~ProviderFetch();

  const StoredByUser& stored() const noexcept { return stored_; }
  void succeed(ProviderPtr provider) noexcept;
  void fail(std::exception_ptr failure) noexcept;

 private:
  std::shared_ptr<IDTokenDecoderState> state_;
  StoredByUser stored_;
  ProviderFetches::Shared flight_;  // none when it has ended
};

/// What a decoder may do for its next step: one of the three.
struct DecoderTurn {
  ProviderPtr provider{};
  std::shared_ptr<ProviderFetch> fetch{};  ///< the caller fetches, for all
  ProviderFetches::Shared others{};        ///< another call fetches
};

/// Throws what a fetch that has ended threw, unless that was about the call that fetched, whose
/// deadline or stop_token others do not share: they fetch themselves.
void rethrow_if_for_all(const Flight<std::monostate>& ended);

/// What the copies of a decoder share. Its functions may be called from many threads at once, and
/// none of them takes long.
class IDTokenDecoderState : public std::enable_shared_from_this<IDTokenDecoderState> {
 public:
  /// Keys are not fetched again sooner than that.
  static constexpr std::chrono::seconds refetch_interval{60};

  explicit IDTokenDecoderState(IDTokenExpectations expectations)
      : expectations_(std::move(expectations)) {}

  const IDTokenExpectations& expectations() const noexcept { return expectations_; }

  void store_configuration(const JsonView& configuration);
  void store_jwk(const JsonView& jwk);

  /// The provider if it is another one than `unfit`; else a fetch, or somebody else's.
  DecoderTurn take_turn(const ProviderPtr& unfit, SteadyTime now);
  /// Whether there is, or may be fetched, another provider than one that does not fit.
  bool may_have_other(const ProviderPtr& unfit, SteadyTime now) const;

 private:
  friend class ProviderFetch;

  std::shared_ptr<ProviderFetch> begin(ProviderFetches::Shared flight);

  const IDTokenExpectations expectations_;
  mutable std::mutex mutex_;
  // guarded by mutex_
  StoredByUser stored_{};
  ProviderPtr provider_{};
  std::optional<SteadyTime> fetched_at_{};
  bool outdated_ = false;  // something was stored after the fetch began that is under way
  ProviderFetches fetches_;
};

}  // namespace globus_sdk::inline v0::detail
