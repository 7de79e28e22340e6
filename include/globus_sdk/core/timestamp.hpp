// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

namespace detail {

/// Throws GlobusSDKUsageError unless the time lies in the years 1 to 9999.
void check_time(std::chrono::duration<double> since_epoch);

template <class Duration>
std::chrono::time_point<std::chrono::system_clock, Duration> checked_time(
    std::chrono::time_point<std::chrono::system_clock, Duration> time) {
  check_time(time.time_since_epoch());
  return time;
}

}  // namespace detail

/// A moment as a parameter: where Python takes `str | datetime`.
///
/// It is made from a `std::chrono::system_clock::time_point`, or from a text in ISO 8601, which is
/// sent as it is. A text that is not a date, or a date and time, in ISO 8601 throws
/// GlobusSDKUsageError.
class Timestamp {
 public:
  /// A point in time, kept to the microsecond. A time outside the years 1 to 9999, which ISO 8601
  /// cannot write, throws GlobusSDKUsageError.
  template <class Duration>
  // NOLINTNEXTLINE(google-explicit-constructor): `.deadline = std::chrono::system_clock::now() +
  // 1h`
  Timestamp(std::chrono::time_point<std::chrono::system_clock, Duration> time)
      : time_(std::chrono::floor<std::chrono::microseconds>(detail::checked_time(time))) {}

  /// A text in ISO 8601: `2026-01-31`, `2026-01-31T12:00:00Z`, `2026-01-31 12:00:00.5+01:00`, ...
  template <detail::TextLike T>
  // NOLINTNEXTLINE(google-explicit-constructor): `.deadline = "2026-01-31"`
  Timestamp(const T& text) : Timestamp(AsText{}, detail::text_of(text)) {}

  /// The time in UTC. A text without an offset is taken as UTC.
  std::chrono::sys_time<std::chrono::microseconds> time() const noexcept { return time_; }

  /// `2026-01-31T12:00:00+00:00`, with microseconds when they are not zero. A time that was given
  /// as a text is returned as it is.
  std::string iso() const;

  /// As `iso()`, cut to whole seconds.
  std::string iso_seconds() const;

  /// As `iso()`, with a space in place of the `T`. Python's `str` writes a datetime in this form,
  /// and Python's SDK writes the deadline of a task in it.
  std::string str() const;

 private:
  struct AsText {};
  Timestamp(AsText, std::string_view text);

  std::chrono::sys_time<std::chrono::microseconds> time_{};
  std::optional<std::string> text_{};
};

}  // namespace globus_sdk::inline v0
