// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sandbox/base/clock.hpp"

namespace globus_sandbox {

/// `2021-09-02T18:04:49+00:00`, as Globus writes most times.
std::string to_iso_text(Instant time);

/// The same with microseconds: `2021-09-02T18:04:49.123456+00:00`.
std::string to_precise_iso_text(Instant time);

/// `2021-09-02 18:04:49+00:00`, as in file documents.
std::string to_spaced_text(Instant time);

/// `Tue, 03 Mar 2026 12:00:00 GMT`, as HTTP headers have it.
std::string to_http_text(Instant time);

/// Reads a time as HTTP headers have it, in each of the three forms that there have been (RFC 9110,
/// 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` and
/// `Sun Nov  6 08:49:37 1994`. Nothing when it is none of these.
std::optional<Instant> parse_http_text(std::string_view text);

/// Reads an ISO 8601 date or date and time: `2017-10-12`, `2017-10-12 09:30Z`,
/// `2017-10-12T12:33:54.5+02:00`. Without an offset it is UTC. Nothing when it is none of these.
std::optional<Instant> parse_instant(std::string_view text);

}  // namespace globus_sandbox
