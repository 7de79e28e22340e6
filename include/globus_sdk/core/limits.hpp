// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <stop_token>

#include "globus_sdk/core/language.hpp"

namespace globus_sdk::inline v0 {

/// How long one call may take in all, and what can end it earlier.
struct CallLimits {
  /// The time at which the call ends with GlobusTimeoutError, whatever it is doing. Unset: never.
  std::optional<std::chrono::steady_clock::time_point> deadline{};
  /// Ends the call with CancelledError as soon as stop is requested.
  std::stop_token stop{};

  /// True when neither a deadline nor a stop can end the call.
  bool unlimited() const noexcept { return !deadline && !stop.stop_possible(); }
};

}  // namespace globus_sdk::inline v0
