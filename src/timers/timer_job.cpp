// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/timers/timer_job.hpp"

#include "core/arguments/not_negative.hpp"
#include "core/arguments/object_of.hpp"
#include "globus_sdk/core/payload.hpp"
#include "globus_sdk/core/request.hpp"

namespace globus_sdk::inline v0 {

namespace {

Json whole_seconds(const Nullable<std::chrono::milliseconds>& interval) {
  if (interval.is_unset()) {
    throw GlobusSDKUsageError("interval must be given: null for a job that runs once");
  }
  if (interval.is_null()) return nullptr;
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(*interval);
  detail::not_negative("interval", interval->count());
  return std::int64_t{seconds.count()};
}

}  // namespace

TimerJob::TimerJob(Text callback_url, const Document& callback_body, const Timestamp& start,
                   const Nullable<std::chrono::milliseconds>& interval,
                   const TimerJobOptions& options) {
  document_ = Payload()
                  .set("callback_url", detail::require("callback_url", callback_url))
                  .set("callback_body", detail::object_of(callback_body.json(), "callback_body"))
                  .set("start", start.iso())
                  .set("interval", whole_seconds(interval))
                  .set("name", options.name)
                  .set("stop_after", options.stop_after)
                  .set("stop_after_n", detail::not_negative("stop_after_n", options.stop_after_n))
                  .set("scope", options.scope)
                  .json();
}

}  // namespace globus_sdk::inline v0
