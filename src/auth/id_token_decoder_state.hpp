// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "globus_sdk/auth/id_token_decoder.hpp"
#include "id_token_claims.hpp"
#include "id_token_provider.hpp"

namespace globus_sdk::inline v0::detail {

using ProviderPtr = std::shared_ptr<const IDTokenProvider>;
using SteadyTime = std::chrono::steady_clock::time_point;

/// What was stored by the program, and is not fetched.
struct StoredByUser {
  std::optional<JsonView> configuration{};
  std::optional<JsonView> jwk{};
};

/// Fetching a provider: one at a time. It ends when it goes, however that comes about.
class ProviderFetch {
 public:
  ProviderFetch(std::shared_ptr<IDTokenDecoderState> state, StoredByUser stored,
                std::uint64_t number)
      : state_(std::move(state)), stored_(std::move(stored)), number_(number) {}
  ProviderFetch(const ProviderFetch&) = delete;
  ProviderFetch& operator=(const ProviderFetch&) = delete;
  ~ProviderFetch();

  const StoredByUser& stored() const noexcept { return stored_; }
  void succeed(ProviderPtr provider);
  void fail(std::exception_ptr failure);

 private:
  std::shared_ptr<IDTokenDecoderState> state_;
  StoredByUser stored_;
  std::uint64_t number_;
};

/// What a decoder may do for its next step: one of the two, or nothing but wait.
struct DecoderTurn {
  ProviderPtr provider{};
  std::shared_ptr<ProviderFetch> fetch{};  ///< the caller fetches, for all
};

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

  /// The number of the fetch that is under way, or will be the next: one that waits for it is told
  /// of its failure.
  std::uint64_t coming_fetch() const;
  /// The provider if it is another one than `unfit`; else a fetch, where none is under way.
  ///
  /// @throws what a fetch threw that is not older than `since`.
  DecoderTurn take_turn(const ProviderPtr& unfit, std::uint64_t since, SteadyTime now);
  /// Whether there is, or may be fetched, another provider than one that does not fit.
  bool may_have_other(const ProviderPtr& unfit, SteadyTime now) const;

 private:
  friend class ProviderFetch;

  void end_fetch(std::uint64_t number) noexcept;

  const IDTokenExpectations expectations_;
  mutable std::mutex mutex_;
  // guarded by mutex_
  StoredByUser stored_{};
  ProviderPtr provider_{};
  std::optional<SteadyTime> fetched_at_{};
  std::uint64_t fetches_ = 0;       // how many have begun
  bool fetching_ = false;           // the last of them has not ended
  bool outdated_ = false;           // something was stored after it began
  std::uint64_t failed_fetch_ = 0;  // the last that failed for all
  std::exception_ptr failure_;      // what it threw
};

}  // namespace globus_sdk::inline v0::detail
