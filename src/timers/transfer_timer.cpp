// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/timers/transfer_timer.hpp"

#include "core/arguments/object_of.hpp"
#include "globus_sdk/core/payload.hpp"

namespace globus_sdk::inline v0 {

namespace {

/// A transfer as timers take it: each run has a submission id of its own.
Json repeated(const Json& transfer) {
  boost::json::object body = detail::object_of(transfer, "body");
  for (const char* name : {"submission_id", "skip_activation_check"}) body.stable_erase(name);
  return body;
}

}  // namespace

TransferTimer::TransferTimer(const Document& schedule, const Document& body,
                             const TransferTimerOptions& options)
    : document_(Payload()
                    .set("timer_type", "transfer")
                    .set("name", options.name)
                    .set("schedule", detail::object_of(schedule.json(), "schedule"))
                    .set("body", repeated(body.json()))
                    .json()) {}

}  // namespace globus_sdk::inline v0
