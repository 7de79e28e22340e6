// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>

#include "globus_sdk/core/limits.hpp"

namespace globus_sdk::inline v0::detail {

/// When a wait looks again, and when it is over.
class WaitTime {
 public:
  using Point = std::chrono::steady_clock::time_point;

  WaitTime(Point start, std::chrono::milliseconds timeout, std::chrono::milliseconds interval);

  /// The limits of each look: those of the call, and the wait's own end.
  CallLimits cut(CallLimits limits) const;
  /// Whether the wait is over by its own timeout, and not by the call's deadline.
  bool is_over(Point now, const CallLimits& limits) const;
  /// How long to sleep after a look: until the next one, or until the end when there is no time for
  /// another. Nothing when the wait is over.
  std::optional<std::chrono::milliseconds> pause(Point now) const;

 private:
  const Point ends_at_;
  const Point last_look_;
  const std::chrono::milliseconds interval_;
};

}  // namespace globus_sdk::inline v0::detail
