// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace globus_sdk::inline v0::detail {

/// Reads a date in any of the three forms of RFC 9110, 5.6.7.
std::optional<std::chrono::system_clock::time_point> parse_http_date(const std::string& text);

}  // namespace globus_sdk::inline v0::detail
