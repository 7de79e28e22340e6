// SPDX-License-Identifier: Apache-2.0
// The two versions of the API take different documents: the second one timers, in `timer`, the
// first one jobs as they are.
#include "core/arguments/object_of.hpp"
#include "globus_sdk/timers/timers_client.hpp"

namespace globus_sdk::inline v0::detail {

Json timer_body(const Json& timer) {
  const auto& members = object_of(timer, "timer");
  if (members.contains("callback_url") && !members.contains("timer_type")) {
    throw GlobusSDKUsageError(
        "timer: this is a TimerJob; call create_job, or make a TransferTimer or FlowTimer");
  }
  return Payload().set("timer", timer).json();
}

Json job_body(const Json& data) {
  if (object_of(data, "data").contains("timer_type")) {
    throw GlobusSDKUsageError(
        "data: this is a TransferTimer or FlowTimer; call create_timer, or make a TimerJob");
  }
  return data;
}

}  // namespace globus_sdk::inline v0::detail
