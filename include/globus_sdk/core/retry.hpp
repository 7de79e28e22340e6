// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "globus_sdk/core/answer.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/network_failure.hpp"

namespace globus_sdk::inline v0 {

/// What a retry check is told: one attempt and how it ended.
struct RetryContext {
  int attempt = 0;                          ///< retries made so far
  const Answer* answer = nullptr;           ///< the answer; null when none came
  const NetworkFailure* failure = nullptr;  ///< the failure; null when an answer came
  bool safe_to_repeat = false;              ///< repeating cannot do the work twice
};

/// The decision of a retry check.
enum class RetryCheckResult { no_decision, do_retry, do_not_retry };

/// A function of the user's, called after each attempt and before the SDK's own rules. The first
/// decision counts.
using RetryCheck = std::function<RetryCheckResult(const RetryContext&)>;

/// When and how requests are sent again. Mirrors `globus_sdk.transport.RetryConfig`; docs/adr says
/// where it differs: a POST or PATCH is only repeated when that cannot do its work twice.
struct RetryConfig {
  Field<std::int64_t> max_retries{};             ///< 5
  Field<std::chrono::milliseconds> max_sleep{};  ///< 10 s; the longest backoff
  Field<std::chrono::milliseconds>
      max_retry_after{};  ///< 60 s; a longer Retry-After is thrown at once
  Field<std::vector<int>> transient_error_status_codes{};  ///< 429, 500, 502, 503, 504
  /// Time to sleep before retry number `attempt` (from 0); exponential with jitter when unset.
  Field<std::function<std::chrono::milliseconds(const RetryContext&)>> backoff{};
  /// Called in this order, before the SDK's own rules.
  std::vector<RetryCheck> checks{};
};

namespace detail {

/// RetryConfig with every default filled in.
struct RetryPolicy {
  int max_retries = 5;
  std::chrono::milliseconds max_sleep{10'000};
  std::chrono::milliseconds max_retry_after{60'000};
  std::vector<int> transient_error_status_codes{429, 500, 502, 503, 504};
  std::function<std::chrono::milliseconds(const RetryContext&)> backoff{};
  std::vector<RetryCheck> checks{};
  /// Whether an answer with a transient status is final nevertheless, in this service.
  bool (*is_permanent)(const Answer&) = nullptr;
};

RetryPolicy make_retry_policy(const RetryConfig& config);

/// Decides whether to send again, and after how long: a pure function.
///
/// @param jitter a random number from 0 to 1.
/// @param remaining time until the call's deadline, if there is one.
/// @return the time to sleep, or nothing when this attempt was the last.
std::optional<std::chrono::milliseconds> decide_retry(
    const RetryPolicy& policy, const RetryContext& context, double jitter,
    std::chrono::system_clock::time_point now, std::optional<std::chrono::milliseconds> remaining);

/// The answer's Retry-After, in seconds or as an HTTP date.
std::optional<std::chrono::milliseconds> retry_after(const Answer& answer,
                                                     std::chrono::system_clock::time_point now);

}  // namespace detail
}  // namespace globus_sdk::inline v0
