// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "globus_sdk/core/service_client.hpp"
#include "globus_sdk/groups/batch_membership_actions.hpp"
#include "globus_sdk/groups/errors.hpp"
#include "globus_sdk/groups/group.hpp"
#include "globus_sdk/groups/group_membership.hpp"
#include "globus_sdk/groups/group_policies.hpp"
#include "globus_sdk/groups/groups_options.hpp"
#include "globus_sdk/scopes/scope_collections.hpp"

namespace globus_sdk::inline v0 {

/// Globus Groups: groups, their members and policies. An authorizer for it has a user's tokens for
/// `groups.api.globus.org`. Mirrors `globus_sdk.GroupsClient`.
template <class Mode> class BasicGroupsClient : public BasicServiceClient<BasicGroupsClient, Mode> {
  using Base = BasicServiceClient<BasicGroupsClient, Mode>;

 public:
  using Base::Base;
  template <class T> using Result = typename Base::template Result<T>;
  template <class O> using Options = typename Base::template Options<O>;
  using Document = typename Base::Document;

  /// The class of the errors that Groups answers with.
  using Error = GroupsAPIError;
  /// As in the variable `GLOBUS_SDK_SERVICE_URL_GROUPS`.
  static constexpr std::string_view service_name = "groups";
  /// The key under which an app keeps the client's tokens.
  static constexpr std::string_view resource_server = GroupsScopes.resource_server;
  /// The scopes that a client adds to what its app requires.
  static constexpr std::array<std::string_view, 1> default_scopes{
      GroupsScopes.view_my_groups_and_memberships};

  /// The groups that the user has a membership in, of whatever status.
  ///
  /// @see
  /// https://groups.api.globus.org/redoc#operation/get_my_groups_and_memberships_v2_groups_my_groups_get
  Result<ArrayResponse> get_my_groups(Options<GetMyGroupsOptions> options = {}) const {
    return this->template send<ArrayResponse>(detail::get("/v2/groups/my_groups")
                                                  .query("statuses", options.statuses)
                                                  .query_params(options.query_params));
  }

  /// How many members of each status there are, in each group of which the user is an admin or
  /// manager: an object by group id, of objects by status. Beyond the Python SDK.
  ///
  /// @see https://groups.api.globus.org/redoc#operation/get_statuses_v2_groups_statuses_get
  Result<GlobusHTTPResponse> get_statuses(Options<GetStatusesOptions> options = {}) const {
    return this->send(detail::get("/v2/groups/statuses").query_params(options.query_params));
  }

  /// The document of a group.
  ///
  /// @param group_id a UUID.
  /// @see https://groups.api.globus.org/redoc#operation/get_group_v2_groups__group_id__get
  Result<GlobusHTTPResponse> get_group(Text group_id, Options<GetGroupOptions> options = {}) const {
    return this->send(detail::get(detail::path("/v2/groups/{group_id}", {group_id}))
                          .query("include", options.include)
                          .query_params(options.query_params));
  }

  /// Which group belongs to a subscription; in `group_id`.
  ///
  /// @param subscription_id a UUID.
  /// @see
  /// https://groups.api.globus.org/redoc#operation/get_group_by_subscription_id_v2_subscription_info__subscription_id__get
  Result<GlobusHTTPResponse> get_group_by_subscription_id(Text subscription_id) const {
    return this->send(
        detail::get(detail::path("/v2/subscription_info/{subscription_id}", {subscription_id})));
  }

  /// Deletes a group.
  ///
  /// @param group_id a UUID.
  /// @see https://groups.api.globus.org/redoc#operation/delete_group_v2_groups__group_id__delete
  Result<GlobusHTTPResponse> delete_group(Text group_id,
                                          Options<DeleteGroupOptions> options = {}) const {
    return this->send(detail::delete_(detail::path("/v2/groups/{group_id}", {group_id}))
                          .query_params(options.query_params));
  }

  /// Makes a group.
  ///
  /// @param data a group document; `name` is required.
  /// @see https://groups.api.globus.org/redoc#operation/create_group_v2_groups_post
  Result<GlobusHTTPResponse> create_group(Document data,
                                          Options<CreateGroupOptions> options = {}) const {
    return this->send(
        detail::post("/v2/groups").json(data.json()).query_params(options.query_params));
  }

  /// Changes a group.
  ///
  /// @param group_id a UUID.
  /// @param data a group document with what is to change.
  /// @see https://groups.api.globus.org/redoc#operation/update_group_v2_groups__group_id__put
  Result<GlobusHTTPResponse> update_group(Text group_id, Document data,
                                          Options<UpdateGroupOptions> options = {}) const {
    return this->send(detail::put(detail::path("/v2/groups/{group_id}", {group_id}))
                          .json(data.json())
                          .query_params(options.query_params));
  }

  /// The policies of a group.
  ///
  /// @param group_id a UUID.
  /// @see
  /// https://groups.api.globus.org/redoc#operation/get_policies_v2_groups__group_id__policies_get
  Result<GlobusHTTPResponse> get_group_policies(
      Text group_id, Options<GetGroupPoliciesOptions> options = {}) const {
    return this->send(detail::get(detail::path("/v2/groups/{group_id}/policies", {group_id}))
                          .query_params(options.query_params));
  }

  /// Sets the policies of a group.
  ///
  /// @param group_id a UUID.
  /// @param data GroupPolicies, or a document of your own.
  /// @see
  /// https://groups.api.globus.org/redoc#operation/update_policies_v2_groups__group_id__policies_put
  Result<GlobusHTTPResponse> set_group_policies(
      Text group_id, Document data, Options<SetGroupPoliciesOptions> options = {}) const {
    return this->send(detail::put(detail::path("/v2/groups/{group_id}/policies", {group_id}))
                          .json(data.json())
                          .query_params(options.query_params));
  }

  /// The user's preferences: whether each identity may be added to groups.
  ///
  /// @see
  /// https://groups.api.globus.org/redoc#operation/get_identity_set_preferences_v2_preferences_get
  Result<GlobusHTTPResponse> get_identity_preferences(
      Options<GetIdentityPreferencesOptions> options = {}) const {
    return this->send(detail::get("/v2/preferences").query_params(options.query_params));
  }

  /// Sets the user's preferences.
  ///
  /// @param data an object with preferences by identity id.
  /// @see
  /// https://groups.api.globus.org/redoc#operation/put_identity_set_preferences_v2_preferences_put
  Result<GlobusHTTPResponse> set_identity_preferences(
      Document data, Options<SetIdentityPreferencesOptions> options = {}) const {
    return this->send(
        detail::put("/v2/preferences").json(data.json()).query_params(options.query_params));
  }

  /// What the user has filled in to join a group.
  ///
  /// @param group_id a UUID.
  /// @see
  /// https://groups.api.globus.org/redoc#operation/get_membership_fields_v2_groups__group_id__membership_fields_get
  Result<GlobusHTTPResponse> get_membership_fields(
      Text group_id, Options<GetMembershipFieldsOptions> options = {}) const {
    return this->send(
        detail::get(detail::path("/v2/groups/{group_id}/membership_fields", {group_id}))
            .query_params(options.query_params));
  }

  /// Sets what the user has filled in to join a group.
  ///
  /// @param group_id a UUID.
  /// @param data an object with fields by identity id.
  /// @see
  /// https://groups.api.globus.org/redoc#operation/put_membership_fields_v2_groups__group_id__membership_fields_put
  Result<GlobusHTTPResponse> set_membership_fields(
      Text group_id, Document data, Options<SetMembershipFieldsOptions> options = {}) const {
    return this->send(
        detail::put(detail::path("/v2/groups/{group_id}/membership_fields", {group_id}))
            .json(data.json())
            .query_params(options.query_params));
  }

  /// Changes the membership of a group: adds, invites, removes members, and what else
  /// BatchMembershipActions has.
  ///
  /// @param group_id a UUID.
  /// @param actions BatchMembershipActions, or a document of your own.
  /// @see
  /// https://groups.api.globus.org/redoc#operation/group_membership_post_actions_v2_groups__group_id__post
  Result<GlobusHTTPResponse> batch_membership_action(
      Text group_id, Document actions, Options<BatchMembershipActionOptions> options = {}) const {
    return this->send(detail::post(detail::path("/v2/groups/{group_id}", {group_id}))
                          .json(actions.json())
                          .query_params(options.query_params));
  }

  /// Says which subscription's administrator has verified a group.
  ///
  /// @param group_id a UUID.
  /// @param subscription_id a UUID; null for none.
  /// @see
  /// https://groups.api.globus.org/redoc#operation/update_subscription_admin_verified_id_v2_groups__group_id__subscription_admin_verified_put
  Result<GlobusHTTPResponse> set_subscription_admin_verified(
      Text group_id, const Nullable<std::string>& subscription_id,
      Options<SetSubscriptionAdminVerifiedOptions> options = {}) const {
    return this->send(
        detail::put(detail::path("/v2/groups/{group_id}/subscription_admin_verified", {group_id}))
            .json(Payload().set("subscription_admin_verified_id",
                                detail::require_given("subscription_id", subscription_id)))
            .query_params(options.query_params));
  }
};

extern template class BasicGroupsClient<Blocking>;

/// The client in its ordinary mode: a method returns when its answer is there.
using GroupsClient = BasicGroupsClient<Blocking>;

}  // namespace globus_sdk::inline v0
