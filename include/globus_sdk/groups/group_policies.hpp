// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "globus_sdk/core/choice.hpp"
#include "globus_sdk/core/choices.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"

namespace globus_sdk::inline v0 {

/// Who may see a group.
enum class GroupVisibility { authenticated, private_ };
template <> struct ChoiceNames<GroupVisibility> {
  static constexpr std::string_view parameter = "group_visibility";
  static constexpr std::string_view names[] = {"authenticated", "private"};
  static constexpr bool closed = false;
};

/// Who may see the members of a group.
enum class GroupMemberVisibility { members, managers };
template <> struct ChoiceNames<GroupMemberVisibility> {
  static constexpr std::string_view parameter = "group_members_visibility";
  static constexpr std::string_view names[] = {"members", "managers"};
  static constexpr bool closed = false;
};

/// What a user has to fill in to join a group.
enum class GroupRequiredSignupFields {
  institution,
  current_project_name,
  address,
  city,
  state,
  country,
  address1,
  address2,
  zip,
  phone,
  department,
  field_of_science,
};
template <> struct ChoiceNames<GroupRequiredSignupFields> {
  static constexpr std::string_view parameter = "signup_fields";
  static constexpr std::string_view names[] = {"institution", "current_project_name",
                                               "address",     "city",
                                               "state",       "country",
                                               "address1",    "address2",
                                               "zip",         "phone",
                                               "department",  "field_of_science"};
  static constexpr bool closed = false;
};

/// Options of GroupPolicies.
struct GroupPoliciesOptions {
  /// Within how many seconds a member must have logged in, for a group of high assurance; null for
  /// no such policy.
  Nullable<std::int64_t> authentication_assurance_timeout{};
};

/// The policies of a group. Mirrors `globus_sdk.GroupPolicies`.
///
/// @see
/// https://groups.api.globus.org/redoc#operation/update_policies_v2_groups__group_id__policies_put
class GroupPolicies {
 public:
  /// @param is_high_assurance whether the group is for data that needs a recent login.
  /// @param group_visibility who may see the group.
  /// @param group_members_visibility who may see its members.
  /// @param join_requests whether users may ask to join.
  /// @param signup_fields what a user has to fill in to join.
  GroupPolicies(bool is_high_assurance, const Choice<GroupVisibility>& group_visibility,
                const Choice<GroupMemberVisibility>& group_members_visibility, bool join_requests,
                const Choices<GroupRequiredSignupFields>& signup_fields,
                const GroupPoliciesOptions& options = {});

  /// The document that is sent.
  const Json& document() const& noexcept GLOBUS_SDK_LIFETIMEBOUND { return document_; }
  /// The same for a temporary object.
  Json document() && { return document_; }

 private:
  Json document_;
};

}  // namespace globus_sdk::inline v0
