// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <initializer_list>
#include <string>

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/text.hpp"
#include "globus_sdk/core/timestamp.hpp"

namespace globus_sdk::inline v0 {

/// One end of a TimeRange: a time, or an empty text for no end.
class TimeRangeEnd {
 public:
  /// A `std::chrono` time, or a text in ISO 8601.
  template <class T>
    requires std::constructible_from<Timestamp, const T&>
  TimeRangeEnd(const T& time) {  // NOLINT(google-explicit-constructor): `{start, end}`
    if constexpr (detail::TextLike<T>) {
      if (detail::text_of(time).empty()) return;
    }
    text_ = Timestamp(time).iso_seconds();
  }

  /// The time in ISO 8601, to the second where it was no text; empty for no end.
  const std::string& text() const noexcept { return text_; }

 private:
  std::string text_{};
};

/// The time between two points in time: where Python takes `str | tuple[DateLike, DateLike]`.
///
///     .filter_completion_time = {start, end}               two times, or texts in ISO 8601
///     .filter_completion_time = {start, ""}                without an end
///     .filter_completion_time = "2026-01-01,2026-01-31"    as the service reads it
class TimeRange {
 public:
  using BraceElement = TimeRangeEnd;

  /// A text that is sent as it is.
  template <detail::TextLike T>
  TimeRange(const T& text)  // NOLINT(google-explicit-constructor): a parameter type
      : text_(detail::text_of(text)) {}
  /// The start and the end.
  ///
  /// @throws GlobusSDKUsageError unless there are two.
  TimeRange(std::initializer_list<TimeRangeEnd> ends);

  /// The text that a request contains.
  const std::string& str() const noexcept { return text_; }

 private:
  std::string text_;
};

namespace detail {

/// The text of a range, where there is one.
inline Field<std::string> text_of_range(const Field<TimeRange>& range) {
  if (!range) return {};
  return range->str();
}

}  // namespace detail
}  // namespace globus_sdk::inline v0
