// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/timers/flow_timer.hpp"

#include "core/arguments/object_of.hpp"
#include "globus_sdk/core/payload.hpp"
#include "globus_sdk/core/request.hpp"

namespace globus_sdk::inline v0 {

FlowTimer::FlowTimer(Text flow_id, const Document& schedule, const Document& body,
                     const FlowTimerOptions& options)
    : document_(Payload()
                    .set("timer_type", "flow")
                    .set("flow_id", detail::require("flow_id", flow_id))
                    .set("name", options.name)
                    .set("schedule", detail::object_of(schedule.json(), "schedule"))
                    .set("body", detail::object_of(body.json(), "body"))
                    .json()) {}

}  // namespace globus_sdk::inline v0
