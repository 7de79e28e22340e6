// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "globus_sdk/core/choice.hpp"
#include "globus_sdk/core/json_member.hpp"
#include "globus_sdk/core/json_view.hpp"
#include "globus_sdk/core/response.hpp"
#include "globus_sdk/groups/group_membership.hpp"

namespace globus_sdk::inline v0 {

/// The kinds of groups.
enum class GroupType {
  regular,  ///< one that any user may make
  plus,     ///< one with a subscription's features
};
template <> struct ChoiceNames<GroupType> {
  static constexpr std::string_view parameter = "group_type";
  static constexpr std::string_view names[] = {"regular", "plus"};
  static constexpr bool closed = false;
};

/// A group: the document of `get_group`, and an item of `get_my_groups`.
///
/// The lists are there when they were asked for, by `include` of `get_group`.
///
///     for (const auto& item : groups_client.get_my_groups()) {
///       const Group group{item};
///       for (const GroupMembership& membership : *group.my_memberships) {
///         if (membership.role == GroupRole::admin) std::cout << group.name << '\n';
///       }
///     }
///
/// @see https://groups.api.globus.org/redoc#tag/groups
struct Group {
  /// @throws JsonError when the document is no object, or a member is of another type.
  explicit Group(const JsonView& data);
  /// The document of an answer.
  explicit Group(const GlobusHTTPResponse& response);

  /// The whole document, with the members that have no name here.
  JsonView document;

  /// A UUID.
  JsonMember<std::string> id{document, "id"};
  /// What it is called.
  JsonMember<std::string> name{document, "name"};
  /// What it is for.
  JsonMember<std::string> description{document, "description"};
  /// The group that it is part of: a UUID.
  JsonMember<std::string> parent_id{document, "parent_id"};
  /// Its kind.
  JsonMember<Choice<GroupType>> group_type{document, "group_type"};
  /// Whether members need a recent login.
  JsonMember<bool> enforce_session{document, "enforce_session"};
  /// How old that login may be, in seconds.
  JsonMember<std::int64_t> session_limit{document, "session_limit"};
  /// What members have to agree to.
  JsonMember<std::string> terms_and_conditions{document, "terms_and_conditions"};
  /// The subscription that it stands for: a UUID.
  JsonMember<std::string> subscription_id{document, "subscription_id"};
  /// The subscription whose administrator has verified it: a UUID.
  JsonMember<std::string> subscription_admin_verified_id{document,
                                                         "subscription_admin_verified_id"};

  /// The memberships of the user's identities.
  JsonMember<std::vector<GroupMembership>> my_memberships{document, "my_memberships"};
  /// All memberships.
  JsonMember<std::vector<GroupMembership>> memberships{document, "memberships"};
  /// Who sees it and its members, and who joins.
  JsonMember<JsonView> policies{document, "policies"};
  /// What the user may do with it.
  JsonMember<std::vector<std::string>> allowed_actions{document, "allowed_actions"};
  /// The groups in it: UUIDs.
  JsonMember<std::vector<std::string>> child_ids{document, "child_ids"};
};

}  // namespace globus_sdk::inline v0
