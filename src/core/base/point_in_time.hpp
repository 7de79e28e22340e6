// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

namespace globus_sdk::inline v0::detail {

/// The time `duration` after `start`, or the last one that there is.
inline std::chrono::steady_clock::time_point after(std::chrono::steady_clock::time_point start,
                                                   std::chrono::milliseconds duration) {
  using Point = std::chrono::steady_clock::time_point;
  const auto most = std::chrono::duration_cast<std::chrono::milliseconds>(Point::max() - start);
  return duration < most ? start + duration : Point::max();
}

}  // namespace globus_sdk::inline v0::detail
