// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/flows/run_activity_notification_policy.hpp"

#include "flows/as_given.hpp"
#include "globus_sdk/core/payload.hpp"

namespace globus_sdk::inline v0 {

RunActivityNotificationPolicy::RunActivityNotificationPolicy(
    const RunActivityNotificationPolicyOptions& options) {
  Field<Strings> status;
  if (options.status) status = options.status->strings();
  document_ = Payload().set("status", detail::as_given(status)).json();
}

}  // namespace globus_sdk::inline v0
