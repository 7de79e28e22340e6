// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace globus_sandbox::transfer {

/// A point in time, in UTC.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

/// Now.
Instant current_time();

/// `2021-09-02T18:04:49+00:00`, as in task and event documents.
std::string to_iso_text(Instant time);

/// `2021-09-02 18:04:49+00:00`, as in file documents.
std::string to_spaced_text(Instant time);

/// Reads an ISO 8601 date or date and time: `2017-10-12`, `2017-10-12 09:30Z`,
/// `2017-10-12T12:33:54.5+02:00`. Without an offset it is UTC. Nothing when it is none of these.
std::optional<Instant> parse_instant(std::string_view text);

}  // namespace globus_sandbox::transfer
