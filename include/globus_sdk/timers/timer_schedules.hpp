// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/timestamp.hpp"

namespace globus_sdk::inline v0 {

/// Options of OnceTimerSchedule.
struct OnceTimerScheduleOptions {
  /// When the timer runs; at once when unset. A `std::chrono` time is sent to the second, a text as
  /// it is.
  Field<Timestamp> datetime{};
};

/// The schedule of a timer that runs once. Mirrors `globus_sdk.OnceTimerSchedule`.
///
/// @see https://docs.globus.org/api/timers/timer-schedules
class OnceTimerSchedule {
 public:
  /// At once, or at the time that the options name.
  explicit OnceTimerSchedule(const OnceTimerScheduleOptions& options = {});

  /// The document that is sent.
  const Json& document() const& noexcept GLOBUS_SDK_LIFETIMEBOUND { return document_; }
  /// The same for a temporary object.
  Json document() && { return document_; }

 private:
  Json document_;
};

/// Options of RecurringTimerSchedule.
struct RecurringTimerScheduleOptions {
  /// When the timer runs for the first time; at once when unset. A `std::chrono` time is sent to
  /// the second, a text as it is.
  Field<Timestamp> start{};
  /// When the timer ends; never when unset. `{{"condition", "iterations"}, {"iterations", 10}}` is
  /// after ten runs, `{{"condition", "time"}, {"datetime", "2026-12-31T00:00:00Z"}}` at a time;
  /// `Timestamp(time).iso_seconds()` makes the text of a `std::chrono` time.
  Field<Json> end{};
};

/// The schedule of a timer that runs again and again. Mirrors `globus_sdk.RecurringTimerSchedule`.
///
/// @see https://docs.globus.org/api/timers/timer-schedules
class RecurringTimerSchedule {
 public:
  /// @param interval_seconds how many seconds pass from one run to the next.
  /// @throws GlobusSDKUsageError when they are negative, or `end` is no object.
  explicit RecurringTimerSchedule(std::int64_t interval_seconds,
                                  const RecurringTimerScheduleOptions& options = {});
  /// The same: `RecurringTimerSchedule(24h)`.
  ///
  /// @param interval the time from one run to the next.
  /// @throws GlobusSDKUsageError when it is negative, or `end` is no object.
  explicit RecurringTimerSchedule(std::chrono::seconds interval,
                                  const RecurringTimerScheduleOptions& options = {});

  /// The document that is sent.
  const Json& document() const& noexcept GLOBUS_SDK_LIFETIMEBOUND { return document_; }
  /// The same for a temporary object.
  Json document() && { return document_; }

 private:
  Json document_;
};

}  // namespace globus_sdk::inline v0
