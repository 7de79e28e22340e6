// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "globus_sdk/core/choice.hpp"
#include "globus_sdk/core/json_member.hpp"
#include "globus_sdk/core/json_view.hpp"
#include "globus_sdk/core/response.hpp"
#include "globus_sdk/groups/batch_membership_actions.hpp"

namespace globus_sdk::inline v0 {

/// What a membership in a group has come to.
enum class GroupMembershipStatus {
  active,    ///< a member
  invited,   ///< asked to join
  pending,   ///< has asked to join
  rejected,  ///< has asked, and was refused
  removed,   ///< is no member any more
  left,      ///< has left the group
  declined,  ///< has declined the invitation
};
template <> struct ChoiceNames<GroupMembershipStatus> {
  static constexpr std::string_view parameter = "status";
  static constexpr std::string_view names[] = {"active",  "invited", "pending", "rejected",
                                               "removed", "left",    "declined"};
  static constexpr bool closed = false;
};

/// An identity's membership in a group: in a Group, and in the answer of
/// `batch_membership_action`.
///
/// @see https://groups.api.globus.org/redoc#tag/membership
struct GroupMembership {
  /// @throws JsonError when the document is no object, or a member is of another type.
  explicit GroupMembership(const JsonView& data);
  /// The document of an answer.
  explicit GroupMembership(const GlobusHTTPResponse& response);

  /// The whole document, with the members that have no name here.
  JsonView document;

  /// The group: a UUID.
  JsonMember<std::string> group_id{document, "group_id"};
  /// The identity: a UUID.
  JsonMember<std::string> identity_id{document, "identity_id"};
  /// The identity's username.
  JsonMember<std::string> username{document, "username"};
  /// What the identity may do in the group.
  JsonMember<Choice<GroupRole>> role{document, "role"};
  /// What the membership has come to.
  JsonMember<Choice<GroupMembershipStatus>> status{document, "status"};
};

}  // namespace globus_sdk::inline v0
