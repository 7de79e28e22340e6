// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

#include "globus_sdk/core/choices.hpp"
#include "globus_sdk/groups/groups_client.hpp"
#include "globus_sdk/groups/groups_manager_options.hpp"

namespace globus_sdk::inline v0 {

/// The usual tasks with groups, one call each: it has no documents, only parameters. It is made of
/// a client, `GroupsManager{groups_client}`, and is a handle as clients are: cheap to copy, and
/// every method may be called from many threads at once. Mirrors `globus_sdk.GroupsManager`.
///
/// The methods throw GlobusSDKUsageError for an empty id, and else what the client's methods throw.
///
/// @see
/// https://groups.api.globus.org/redoc#operation/group_membership_post_actions_v2_groups__group_id__post
template <class Mode> class BasicGroupsManager {
 public:
  /// The type that a method returns when its result is a T: in the ordinary mode, T itself.
  template <class T> using Result = typename Mode::template Result<T>;
  /// The parameter type for a method's options: in the ordinary mode, `const O&`.
  template <class O> using Options = typename Mode::template Options<O>;

  /// The class of the errors that Groups answers with.
  using Error = GroupsAPIError;

  /// @param client the client that sends the requests.
  explicit BasicGroupsManager(BasicGroupsClient<Mode> client) : client_(std::move(client)) {}

  /// The client that sends the requests.
  const BasicGroupsClient<Mode>& client() const noexcept GLOBUS_SDK_LIFETIMEBOUND {
    return client_;
  }

  /// The same manager with other settings for its calls.
  [[nodiscard]] BasicGroupsManager with(Options<CallSettings> settings) const {
    return BasicGroupsManager(client_.with(settings));
  }
  /// The same manager in asynchronous mode; needs globus_sdk/async.hpp.
  template <class Other = Async>
  [[nodiscard]] detail::InMode<BasicGroupsManager, Other> async() const& {
    return detail::InMode<BasicGroupsManager, Other>(client_.template async<Other>());
  }
  /// On g++ 12 and 13 a manager needs a name first.
  template <class Other = Async, class Remedy = detail::NameTheClientBeforeCoAwait>
    requires detail::WantsNamedClient<Other>
  detail::InMode<BasicGroupsManager, Other> async() const&& = delete;

  // ---- groups -----------------------------------------------------------------------------------

  /// Makes a group; the user becomes its admin.
  ///
  /// @return the group; its UUID is in `id`.
  Result<GlobusHTTPResponse> create_group(
      Text name, Text description, Options<GroupsManagerCreateGroupOptions> options = {}) const {
    if (options.parent_id) detail::require("parent_id", *options.parent_id);
    const Payload group = Payload()
                              .set("name", detail::require("name", name))
                              .set("description", description)
                              .set("parent_id", Json(nullptr))
                              .set("parent_id", options.parent_id);
    return client_.create_group(group);
  }

  /// Sets the policies of a group, all of them.
  ///
  /// @param group_id a UUID.
  /// @param is_high_assurance whether the group is for data that needs a recent login.
  /// @param group_visibility who may see the group.
  /// @param group_members_visibility who may see its members.
  /// @param join_requests whether users may ask to join.
  /// @param signup_fields what a user has to fill in to join.
  Result<GlobusHTTPResponse> set_group_policies(
      Text group_id, bool is_high_assurance, const Choice<GroupVisibility>& group_visibility,
      const Choice<GroupMemberVisibility>& group_members_visibility, bool join_requests,
      const Choices<GroupRequiredSignupFields>& signup_fields,
      Options<GroupsManagerSetGroupPoliciesOptions> options = {}) const {
    GroupPoliciesOptions more{options.authentication_assurance_timeout};
    if (!options.authentication_assurance_timeout) more.authentication_assurance_timeout = null;
    const GroupPolicies policies(is_high_assurance, group_visibility, group_members_visibility,
                                 join_requests, signup_fields, more);
    return client_.set_group_policies(group_id, policies);
  }

  // ---- what admins and managers do with members -------------------------------------------------

  /// Makes an identity a member.
  ///
  /// @param group_id a UUID.
  /// @param identity_id a UUID.
  Result<GlobusHTTPResponse> add_member(Text group_id, Text identity_id,
                                        Options<AddMemberOptions> options = {}) const {
    return act(group_id, BatchMembershipActions().add_members(named(identity_id), options));
  }

  /// Invites an identity.
  ///
  /// @param group_id a UUID.
  /// @param identity_id a UUID.
  Result<GlobusHTTPResponse> invite_member(Text group_id, Text identity_id,
                                           Options<InviteMemberOptions> options = {}) const {
    return act(group_id, BatchMembershipActions().invite_members(named(identity_id), options));
  }

  /// Lets an identity in that has asked to join.
  ///
  /// @param group_id a UUID.
  /// @param identity_id a UUID.
  Result<GlobusHTTPResponse> approve_pending(Text group_id, Text identity_id) const {
    return act(group_id, BatchMembershipActions().approve_pending(named(identity_id)));
  }

  /// Turns an identity down that has asked to join.
  ///
  /// @param group_id a UUID.
  /// @param identity_id a UUID.
  Result<GlobusHTTPResponse> reject_join_request(Text group_id, Text identity_id) const {
    return act(group_id, BatchMembershipActions().reject_join_requests(named(identity_id)));
  }

  /// Gives a member another role.
  ///
  /// @param group_id a UUID.
  /// @param identity_id a UUID.
  Result<GlobusHTTPResponse> change_role(Text group_id, Text identity_id,
                                         const Choice<GroupRole>& role) const {
    return act(group_id, BatchMembershipActions().change_roles(role, named(identity_id)));
  }

  /// Removes a member.
  ///
  /// @param group_id a UUID.
  /// @param identity_id a UUID.
  Result<GlobusHTTPResponse> remove_member(Text group_id, Text identity_id) const {
    return act(group_id, BatchMembershipActions().remove_members(named(identity_id)));
  }

  // ---- what users do with identities of their own -----------------------------------------------

  /// Accepts an invitation.
  ///
  /// @param group_id a UUID.
  /// @param identity_id a UUID; one of the user's own identities.
  Result<GlobusHTTPResponse> accept_invite(Text group_id, Text identity_id) const {
    return act(group_id, BatchMembershipActions().accept_invites(named(identity_id)));
  }

  /// Declines an invitation.
  ///
  /// @param group_id a UUID.
  /// @param identity_id a UUID; one of the user's own identities.
  Result<GlobusHTTPResponse> decline_invite(Text group_id, Text identity_id) const {
    return act(group_id, BatchMembershipActions().decline_invites(named(identity_id)));
  }

  /// Joins a group whose policies let users join by themselves.
  ///
  /// @param group_id a UUID.
  /// @param identity_id a UUID; one of the user's own identities.
  Result<GlobusHTTPResponse> join(Text group_id, Text identity_id) const {
    return act(group_id, BatchMembershipActions().join(named(identity_id)));
  }

  /// Asks to join a group.
  ///
  /// @param group_id a UUID.
  /// @param identity_id a UUID; one of the user's own identities.
  Result<GlobusHTTPResponse> request_join(Text group_id, Text identity_id) const {
    return act(group_id, BatchMembershipActions().request_join(named(identity_id)));
  }

  /// Leaves a group.
  ///
  /// @param group_id a UUID.
  /// @param identity_id a UUID; one of the user's own identities.
  Result<GlobusHTTPResponse> leave(Text group_id, Text identity_id) const {
    return act(group_id, BatchMembershipActions().leave(named(identity_id)));
  }

 private:
  /// One identity of those that an action takes.
  static Strings named(Text identity_id) { return detail::require("identity_id", identity_id); }

  Result<GlobusHTTPResponse> act(Text group_id, const BatchMembershipActions& actions) const {
    return client_.batch_membership_action(group_id, actions);
  }

  BasicGroupsClient<Mode> client_;
};

extern template class BasicGroupsManager<Blocking>;

/// The manager in its ordinary mode: a method returns when its answer is there.
using GroupsManager = BasicGroupsManager<Blocking>;

}  // namespace globus_sdk::inline v0
