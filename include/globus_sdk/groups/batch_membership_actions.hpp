// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "globus_sdk/core/choice.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/payload.hpp"
#include "globus_sdk/core/strings.hpp"

namespace globus_sdk::inline v0 {

/// What a member of a group may do.
enum class GroupRole { member, manager, admin };
template <> struct ChoiceNames<GroupRole> {
  static constexpr std::string_view parameter = "role";
  static constexpr std::string_view names[] = {"member", "manager", "admin"};
  static constexpr bool closed = false;
};

/// Options of BatchMembershipActions::add_members and invite_members.
struct MemberRoleOptions {
  /// The members' role; `member` when unset.
  Field<Choice<GroupRole>> role{};
};

/// Changes in the membership of a group, which are made together. Each method adds identities, one
/// UUID or several, and returns the object; it throws GlobusSDKUsageError for an empty id. Mirrors
/// `globus_sdk.BatchMembershipActions`.
///
/// @see
/// https://groups.api.globus.org/redoc#operation/group_membership_post_actions_v2_groups__group_id__post
class BatchMembershipActions {
 public:
  /// Accepts invitations, for identities of the user's own.
  BatchMembershipActions& accept_invites(const Strings& identity_ids);
  /// Makes identities members.
  BatchMembershipActions& add_members(const Strings& identity_ids,
                                      const MemberRoleOptions& options = {});
  /// Lets identities in that have asked to join.
  BatchMembershipActions& approve_pending(const Strings& identity_ids);
  /// Gives identities another role.
  BatchMembershipActions& change_roles(const Choice<GroupRole>& role, const Strings& identity_ids);
  /// Declines invitations, for identities of the user's own.
  BatchMembershipActions& decline_invites(const Strings& identity_ids);
  /// Invites identities.
  BatchMembershipActions& invite_members(const Strings& identity_ids,
                                         const MemberRoleOptions& options = {});
  /// Joins the group, with identities of the user's own.
  BatchMembershipActions& join(const Strings& identity_ids);
  /// Leaves the group, with identities of the user's own.
  BatchMembershipActions& leave(const Strings& identity_ids);
  /// Turns identities down that have asked to join.
  BatchMembershipActions& reject_join_requests(const Strings& identity_ids);
  /// Removes members.
  BatchMembershipActions& remove_members(const Strings& identity_ids);
  /// Asks to join the group, with identities of the user's own.
  BatchMembershipActions& request_join(const Strings& identity_ids);

  /// The document that is sent.
  Json document() const { return document_.json(); }

 private:
  BatchMembershipActions& add(std::string_view action, const Strings& identity_ids,
                              const Field<Choice<GroupRole>>& role = {});

  Payload document_{};
};

}  // namespace globus_sdk::inline v0
