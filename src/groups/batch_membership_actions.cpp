// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/groups/batch_membership_actions.hpp"

#include <string>

#include "globus_sdk/core/request.hpp"

namespace globus_sdk::inline v0 {

namespace {

Choice<GroupRole> role_of(const MemberRoleOptions& options) {
  return options.role.value_or(GroupRole::member);
}

}  // namespace

BatchMembershipActions& BatchMembershipActions::add(std::string_view action,
                                                    const Strings& identity_ids,
                                                    const Field<Choice<GroupRole>>& role) {
  for (const std::string& id : detail::require_each("identity_ids", identity_ids).values()) {
    document_.append(action, Payload().set("identity_id", id).set("role", role));
  }
  return *this;
}

BatchMembershipActions& BatchMembershipActions::accept_invites(const Strings& identity_ids) {
  return add("accept", identity_ids);
}

BatchMembershipActions& BatchMembershipActions::add_members(const Strings& identity_ids,
                                                            const MemberRoleOptions& options) {
  return add("add", identity_ids, role_of(options));
}

BatchMembershipActions& BatchMembershipActions::approve_pending(const Strings& identity_ids) {
  return add("approve", identity_ids);
}

BatchMembershipActions& BatchMembershipActions::change_roles(const Choice<GroupRole>& role,
                                                             const Strings& identity_ids) {
  return add("change_role", identity_ids, role);
}

BatchMembershipActions& BatchMembershipActions::decline_invites(const Strings& identity_ids) {
  return add("decline", identity_ids);
}

BatchMembershipActions& BatchMembershipActions::invite_members(const Strings& identity_ids,
                                                               const MemberRoleOptions& options) {
  return add("invite", identity_ids, role_of(options));
}

BatchMembershipActions& BatchMembershipActions::join(const Strings& identity_ids) {
  return add("join", identity_ids);
}

BatchMembershipActions& BatchMembershipActions::leave(const Strings& identity_ids) {
  return add("leave", identity_ids);
}

BatchMembershipActions& BatchMembershipActions::reject_join_requests(const Strings& identity_ids) {
  return add("reject", identity_ids);
}

BatchMembershipActions& BatchMembershipActions::remove_members(const Strings& identity_ids) {
  return add("remove", identity_ids);
}

BatchMembershipActions& BatchMembershipActions::request_join(const Strings& identity_ids) {
  return add("request_join", identity_ids);
}

}  // namespace globus_sdk::inline v0
