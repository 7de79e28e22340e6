// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/timestamp.hpp"

#include "core/base/iso8601.hpp"
#include "globus_sdk/core/globus_error.hpp"

namespace globus_sdk::inline v0 {

namespace {

std::string with_separator(std::chrono::sys_time<std::chrono::microseconds> time, char separator,
                           bool with_fraction) {
  return with_fraction
             ? detail::format_iso8601(time, separator)
             : detail::format_iso8601(std::chrono::floor<std::chrono::seconds>(time), separator);
}

}  // namespace

void detail::check_time(std::chrono::duration<double> since_epoch) {
  if (has_iso8601_text(since_epoch)) return;
  throw GlobusSDKUsageError("a timestamp lies outside the years 1 to 9999");
}

Timestamp::Timestamp(AsText, std::string_view text) : text_(std::string(text)) {
  const auto time = detail::parse_iso8601(text);
  if (!time) {
    throw GlobusSDKUsageError("'" + *text_ +
                              "' is no ISO 8601 date or time, such as 2026-01-31T12:00:00Z");
  }
  time_ = *time;
}

std::string Timestamp::iso() const {
  return text_ ? *text_ : with_separator(time_, 'T', true);
}

std::string Timestamp::iso_seconds() const {
  return text_ ? *text_ : with_separator(time_, 'T', false);
}

std::string Timestamp::str() const {
  return text_ ? *text_ : with_separator(time_, ' ', true);
}

}  // namespace globus_sdk::inline v0
