// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/strings.hpp"

namespace globus_sdk::inline v0 {

// Options of GroupsClient's methods, each struct named for its method.

/// Options of GroupsClient::get_my_groups.
struct GetMyGroupsOptions {
  /// Only memberships of these statuses: `active`, `invited`, `pending`, `rejected`, `removed`,
  /// `left`, `declined`; one or several.
  Field<Strings> statuses{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GroupsClient::get_statuses.
struct GetStatusesOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GroupsClient::get_group.
struct GetGroupOptions {
  /// What else to show: `memberships`, `my_memberships`, `policies`, `allowed_actions`,
  /// `child_ids`; one or several.
  Field<Strings> include{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GroupsClient::delete_group.
struct DeleteGroupOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GroupsClient::create_group.
struct CreateGroupOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GroupsClient::update_group.
struct UpdateGroupOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GroupsClient::get_group_policies.
struct GetGroupPoliciesOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GroupsClient::set_group_policies.
struct SetGroupPoliciesOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GroupsClient::get_identity_preferences.
struct GetIdentityPreferencesOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GroupsClient::set_identity_preferences.
struct SetIdentityPreferencesOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GroupsClient::get_membership_fields.
struct GetMembershipFieldsOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GroupsClient::set_membership_fields.
struct SetMembershipFieldsOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GroupsClient::batch_membership_action.
struct BatchMembershipActionOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GroupsClient::set_subscription_admin_verified.
struct SetSubscriptionAdminVerifiedOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

}  // namespace globus_sdk::inline v0
