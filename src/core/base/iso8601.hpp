// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace globus_sdk::inline v0::detail {

// Dates and times in ISO 8601. All that the SDK reads or writes of them goes through this file.

/// Whether ISO 8601 can write a time, in the years 1 to 9999.
bool has_iso8601_text(std::chrono::duration<double> since_epoch);

/// The time that an ISO 8601 text names; nothing when the text is not ISO 8601. A text without an
/// offset is taken as UTC. Digits below the microsecond are dropped.
std::optional<std::chrono::sys_time<std::chrono::microseconds>> parse_iso8601(
    std::string_view text);

/// `time` as Python's `datetime.isoformat(separator)` writes it for UTC.
std::string format_iso8601(std::chrono::sys_time<std::chrono::microseconds> time,
                           char separator = 'T');

/// A time in whole seconds, with a `Z` for UTC: `2026-01-31T12:00:00Z`.
std::string format_iso8601_seconds(std::chrono::sys_seconds time);

}  // namespace globus_sdk::inline v0::detail
