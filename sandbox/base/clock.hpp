// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>

namespace globus_sandbox {

/// A point in time, in UTC: the one type that the sandbox has for it. The epoch itself stands for
/// no time at all.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

/// Now, by the one clock of the sandbox.
Instant current_time();

/// Seconds since the epoch, as the state keeps times.
double to_seconds(Instant time);
/// The opposite, to the nearest microsecond.
Instant from_seconds(double seconds);
/// Whole seconds since the epoch, as tokens and claims show times.
std::int64_t whole_seconds(Instant time);

}  // namespace globus_sandbox
