// SPDX-License-Identifier: Apache-2.0
#include "transfer/wait_time.hpp"

#include <algorithm>

#include "core/base/point_in_time.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

using std::chrono::milliseconds;

/// What is left to the last look: one at the very end would have no time for its answer.
milliseconds time_for_a_look(milliseconds timeout) {
  return std::min(timeout / 10, milliseconds(1000));
}

}  // namespace

WaitTime::WaitTime(Point start, milliseconds timeout, milliseconds interval)
    : ends_at_(after(start, timeout)),
      last_look_(after(start, timeout - time_for_a_look(timeout))),
      interval_(interval) {}

CallLimits WaitTime::cut(CallLimits limits) const {
  limits.deadline = std::min(limits.deadline.value_or(ends_at_), ends_at_);
  return limits;
}

bool WaitTime::is_over(Point now, const CallLimits& limits) const {
  return now >= ends_at_ && (!limits.deadline || ends_at_ < *limits.deadline);
}

std::optional<milliseconds> WaitTime::pause(Point now) const {
  if (now >= ends_at_) return std::nullopt;
  const Point until = now < last_look_ ? std::min(after(now, interval_), last_look_) : ends_at_;
  return std::chrono::ceil<milliseconds>(until - now);
}

}  // namespace globus_sdk::inline v0::detail
