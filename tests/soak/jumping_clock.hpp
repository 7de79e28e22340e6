// SPDX-License-Identifier: Apache-2.0
// A clock_gettime of the program's own, which the C++ library calls in place of the system's: the
// time of day jumps as a test wants. The steady clock goes on as ever. Include it in one file of a
// program.
#pragma once

#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>

namespace soak {

/// How far the time of day is ahead, in seconds.
inline std::atomic<std::int64_t> clock_is_ahead{0};

}  // namespace soak

extern "C" __attribute__((visibility("default"))) int clock_gettime(clockid_t clock,
                                                                    timespec* time) noexcept {
  const long result = syscall(SYS_clock_gettime, clock, time);
  if (result == 0 && clock == CLOCK_REALTIME) {
    time->tv_sec += soak::clock_is_ahead.load(std::memory_order_relaxed);
  }
  return static_cast<int>(result);
}
