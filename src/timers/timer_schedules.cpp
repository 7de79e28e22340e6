// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/timers/timer_schedules.hpp"

#include <string>

#include "core/arguments/not_negative.hpp"
#include "core/arguments/object_of.hpp"
#include "globus_sdk/core/payload.hpp"

namespace globus_sdk::inline v0 {

namespace {

/// Schedules have no parts of a second.
Field<std::string> to_the_second(const Field<Timestamp>& time) {
  if (!time) return {};
  return time->iso_seconds();
}

}  // namespace

OnceTimerSchedule::OnceTimerSchedule(const OnceTimerScheduleOptions& options)
    : document_(
          Payload().set("type", "once").set("datetime", to_the_second(options.datetime)).json()) {}

RecurringTimerSchedule::RecurringTimerSchedule(std::int64_t interval_seconds,
                                               const RecurringTimerScheduleOptions& options) {
  if (options.end) detail::object_of(*options.end, "end");
  document_ =
      Payload()
          .set("type", "recurring")
          .set("interval_seconds", detail::not_negative("interval_seconds", interval_seconds))
          .set("start", to_the_second(options.start))
          .set("end", options.end)
          .json();
}

RecurringTimerSchedule::RecurringTimerSchedule(std::chrono::seconds interval,
                                               const RecurringTimerScheduleOptions& options)
    : RecurringTimerSchedule(std::int64_t{interval.count()}, options) {}

}  // namespace globus_sdk::inline v0
