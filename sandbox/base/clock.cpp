// SPDX-License-Identifier: Apache-2.0
#include "sandbox/base/clock.hpp"

#include <cmath>

namespace globus_sandbox {

Instant current_time() {
  return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

double to_seconds(Instant time) {
  return std::chrono::duration<double>(time.time_since_epoch()).count();
}

Instant from_seconds(double seconds) {
  return Instant{std::chrono::microseconds{std::llround(seconds * 1e6)}};
}

std::int64_t whole_seconds(Instant time) {
  return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

}  // namespace globus_sandbox
