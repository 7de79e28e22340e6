// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/groups/batch_membership_actions.hpp"

namespace globus_sdk::inline v0 {

// Options of GroupsManager's methods, each named for its method.

/// Options of GroupsManager::create_group.
struct GroupsManagerCreateGroupOptions {
  /// The group of which it becomes a part, a UUID; none when unset or null.
  Nullable<std::string> parent_id{};
};

/// Options of GroupsManager::set_group_policies.
struct GroupsManagerSetGroupPoliciesOptions {
  /// Within how many seconds a member must have logged in, for a group of high assurance; no such
  /// policy when unset or null.
  Nullable<std::int64_t> authentication_assurance_timeout{};
};

/// Options of GroupsManager::add_member.
using AddMemberOptions = MemberRoleOptions;
/// Options of GroupsManager::invite_member.
using InviteMemberOptions = MemberRoleOptions;

}  // namespace globus_sdk::inline v0
