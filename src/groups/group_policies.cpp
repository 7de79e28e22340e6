// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/groups/group_policies.hpp"

#include "globus_sdk/core/payload.hpp"

namespace globus_sdk::inline v0 {

GroupPolicies::GroupPolicies(bool is_high_assurance,
                             const Choice<GroupVisibility>& group_visibility,
                             const Choice<GroupMemberVisibility>& group_members_visibility,
                             bool join_requests,
                             const Choices<GroupRequiredSignupFields>& signup_fields,
                             const GroupPoliciesOptions& options) {
  document_ = Payload()
                  .set("is_high_assurance", Json(is_high_assurance))
                  .set("group_visibility", group_visibility.str())
                  .set("group_members_visibility", group_members_visibility.str())
                  .set("join_requests", Json(join_requests))
                  .set("signup_fields", Json(signup_fields.strings()))
                  .set("authentication_assurance_timeout", options.authentication_assurance_timeout)
                  .json();
}

}  // namespace globus_sdk::inline v0
