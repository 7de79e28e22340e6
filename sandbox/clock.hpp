// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace globus_sandbox {

/// Seconds since the epoch: the one clock of the sandbox.
double unix_time();

/// A time as Globus writes it in documents, such as `2026-03-01T12:00:00+00:00`.
std::string iso_time(double seconds);

/// The same with microseconds, such as `2026-03-01T12:00:00.123456+00:00`.
std::string iso_time_precise(double seconds);

/// A time as HTTP headers have it, such as `Tue, 03 Mar 2026 12:00:00 GMT`.
std::string http_time(double seconds);

}  // namespace globus_sandbox
