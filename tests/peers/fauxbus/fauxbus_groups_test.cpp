// SPDX-License-Identifier: Apache-2.0
// GroupsClient and GroupsManager against fauxbus, for all that it serves of Groups.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "peers/fauxbus/fauxbus_world.hpp"

namespace globus_sdk {
namespace {

/// The application makes groups, and is their admin; the user is whoever else there is.
struct FauxbusGroups : FauxbusWorld {
  const std::string subscribers = variable("FAUXBUS_GROUP");
  const std::string subscription = variable("FAUXBUS_SUBSCRIPTION");
  const GroupsClient groups{ClientCredentialsAuthorizer(login_client, GroupsScopes.all), options()};
  const GroupsManager manager{groups};
  const GroupsClient groups_of_user = log_user_in();
  const GroupsManager manager_of_user{groups_of_user};

  GroupsClient log_user_in() {
    login_client.oauth2_start_flow(redirect_uri, {AuthScopes.openid, GroupsScopes.all});
    const std::string code = log_in(login_client.oauth2_get_authorize_url());
    const auto tokens = login_client.oauth2_exchange_code_for_tokens(code);
    const auto& token = tokens.by_resource_server().at(GroupsScopes.resource_server);
    return GroupsClient(AccessTokenAuthorizer(token.access_token), options());
  }

  /// A new group that every user may see, join, and ask to join.
  std::string open_group() const {
    const std::string id = manager.create_group("Open", "for all")["id"];
    manager.set_group_policies(id, false, GroupVisibility::authenticated,
                               GroupMemberVisibility::members, true, {});
    return id;
  }
  /// What the user is in a group of the application's: `manager, active`.
  std::string user_in(const std::string& group_id) const {
    const auto group = groups.get_group(group_id, {.include = "memberships"});
    for (auto membership : group["memberships"]) {
      if (membership["identity_id"] == user)
        return membership["role"] + ", " + membership["status"];
    }
    return "unknown";
  }
  /// The code with which a change to one member failed; empty when it did not.
  static std::string failure(const GlobusHTTPResponse& changed, const std::string& action) {
    const auto errors = changed.get("errors");
    if (!errors) return {};
    return (*errors)[action][0]["code"];
  }
};

TEST_F(FauxbusGroups, AreMadeChangedAndDeleted) {
  const auto made = groups.create_group({{"name", "ü & é"}, {"description", "first"}});
  const std::string id = made["id"];
  EXPECT_EQ(made["name"], "ü & é");
  EXPECT_EQ(made["my_memberships"][0]["role"], "admin");

  const std::string child = manager.create_group("part", "of it", {.parent_id = id})["id"];
  const auto group = groups.get_group(id, {.include = {"child_ids", "policies", "memberships"}});
  EXPECT_EQ(group["child_ids"].as<std::vector<std::string>>(), std::vector<std::string>{child});
  EXPECT_EQ(group["policies"]["join_requests"], false);
  EXPECT_EQ(group["memberships"].size(), 1u);
  EXPECT_EQ(groups.get_group(child)["parent_id"], id);

  EXPECT_EQ(groups.update_group(id, {{"description", "second"}})["description"], "second");
  EXPECT_EQ(groups.get_group(id)["name"], "ü & é");

  EXPECT_EQ(groups.delete_group(id)["id"], id);
  const auto gone = refusal<GroupsAPIError>([&] { groups.get_group(id); });
  EXPECT_EQ(gone.http_status(), 404);
  EXPECT_EQ(gone.code(), "NOT_FOUND");
  EXPECT_NE(gone.message().find(id), std::string::npos);
}

TEST_F(FauxbusGroups, AreListedByTheStatusOfTheMembership) {
  const std::string id = open_group();
  const auto lists = [&](const Strings& statuses) {
    for (auto group : groups_of_user.get_my_groups({.statuses = statuses}))
      if (group["id"] == id) return true;
    return false;
  };
  manager.invite_member(id, user);
  EXPECT_TRUE(lists("invited"));
  EXPECT_FALSE(lists("active"));
  manager_of_user.accept_invite(id, user);
  EXPECT_TRUE(lists({"active", "left"}));
  manager_of_user.leave(id, user);
  EXPECT_TRUE(lists({"active", "left"}));
  EXPECT_FALSE(lists("active"));
  const auto unknown = refusal<GroupsAPIError>([&] { lists("asleep"); });
  EXPECT_EQ(unknown.http_status(), 422);
}

TEST_F(FauxbusGroups, HavePolicies) {
  const std::string id = manager.create_group("Policies", "")["id"];
  EXPECT_EQ(groups.get_group_policies(id)["group_visibility"], "private");
  const GroupPolicies policies(true, GroupVisibility::authenticated, GroupMemberVisibility::members,
                               true, {GroupRequiredSignupFields::city, "phone"},
                               {.authentication_assurance_timeout = 3600});
  groups.set_group_policies(id, policies);
  EXPECT_EQ(Json(groups.get_group_policies(id).data()), policies.document());
  manager.set_group_policies(id, false, "private", "managers", false, "address1");
  EXPECT_EQ(Json(groups.get_group_policies(id).data()), Json::parse(R"({
    "is_high_assurance": false, "group_visibility": "private",
    "group_members_visibility": "managers", "join_requests": false, "signup_fields": ["address1"],
    "authentication_assurance_timeout": null})"));
  const auto refused =
      refusal<GroupsAPIError>([&] { groups.set_group_policies(id, {{"no_such_policy", 1}}); });
  EXPECT_EQ(refused.code(), "VALIDATION_ERROR");
}

TEST_F(FauxbusGroups, HaveMembersWithRoles) {
  const std::string id = manager.create_group("Members", "")["id"];
  EXPECT_EQ(failure(manager.add_member(id, user), "add"), "");
  EXPECT_EQ(user_in(id), "member, active");
  EXPECT_EQ(failure(manager.change_role(id, user, GroupRole::manager), "change_role"), "");
  EXPECT_EQ(user_in(id), "manager, active");
  EXPECT_EQ(failure(manager.add_member(id, user), "add"), "ALREADY_MEMBER");
  EXPECT_EQ(failure(manager.remove_member(id, user), "remove"), "");
  EXPECT_EQ(user_in(id), "manager, removed");
  EXPECT_EQ(failure(manager.add_member(id, user, {.role = "admin"}), "add"), "");
  EXPECT_EQ(user_in(id), "admin, active");
}

TEST_F(FauxbusGroups, InviteUsers) {
  const std::string id = manager.create_group("Invited", "")["id"];
  manager.invite_member(id, user, {.role = GroupRole::manager});
  EXPECT_EQ(user_in(id), "manager, invited");
  EXPECT_EQ(failure(manager_of_user.decline_invite(id, user), "decline"), "");
  EXPECT_EQ(user_in(id), "manager, declined");
  manager.invite_member(id, user);
  EXPECT_EQ(failure(manager_of_user.accept_invite(id, user), "accept"), "");
  EXPECT_EQ(user_in(id), "member, active");
}

TEST_F(FauxbusGroups, AreJoinedAndLeft) {
  const std::string id = open_group();
  EXPECT_EQ(failure(manager_of_user.join(id, user), "join"), "");
  EXPECT_EQ(user_in(id), "member, active");
  EXPECT_EQ(failure(manager_of_user.leave(id, user), "leave"), "");
  EXPECT_EQ(user_in(id), "member, left");
  EXPECT_EQ(failure(manager_of_user.request_join(id, user), "request_join"), "");
  EXPECT_EQ(user_in(id), "member, pending");
  EXPECT_EQ(failure(manager.reject_join_request(id, user), "reject"), "");
  EXPECT_EQ(user_in(id), "member, rejected");
  manager_of_user.request_join(id, user);
  EXPECT_EQ(failure(manager.approve_pending(id, user), "approve"), "");
  EXPECT_EQ(user_in(id), "member, active");
}

TEST_F(FauxbusGroups, ChangeSeveralMembersAtOnce) {
  const std::string id = open_group();
  BatchMembershipActions actions;
  actions.add_members({user, subscribers}).invite_members(subscription).leave(client_id);
  const auto changed = groups.batch_membership_action(id, actions);
  EXPECT_EQ(changed["add"].size(), 2u);
  EXPECT_EQ(changed["add"][1]["identity_id"], subscribers);
  EXPECT_EQ(changed["invite"][0]["status"], "invited");
  EXPECT_EQ(failure(changed, "leave"), "LAST_ADMIN");
  EXPECT_EQ(groups.get_group(id, {.include = "memberships"})["memberships"].size(), 4u);
}

TEST_F(FauxbusGroups, AskWhetherSomebodyMayBeAdded) {
  const std::string id = manager.create_group("Preferences", "")["id"];
  groups_of_user.set_identity_preferences({{"allow_add", false}});
  EXPECT_EQ(groups_of_user.get_identity_preferences()["allow_add"], false);
  EXPECT_EQ(failure(manager.add_member(id, user), "add"), "NOT_ALLOWED");
  groups_of_user.set_identity_preferences({{"allow_add", true}});
  EXPECT_EQ(failure(manager.add_member(id, user), "add"), "");
}

TEST_F(FauxbusGroups, KeepWhatAMemberFilledIn) {
  const std::string id = open_group();
  manager_of_user.join(id, user);
  const Json fields = {{user, {{"city", "Zürich"}}}};
  groups_of_user.set_membership_fields(id, fields);
  EXPECT_EQ(Json(groups_of_user.get_membership_fields(id).data()), fields);
  EXPECT_EQ(groups.get_membership_fields(id).data().size(), 0u);
}

TEST_F(FauxbusGroups, BelongToSubscriptions) {
  const auto found = groups.get_group_by_subscription_id(subscription);
  EXPECT_EQ(found["group_id"], subscribers);
  EXPECT_EQ(found["subscription_info"]["is_high_assurance"], true);
  const auto none =
      refusal<GroupsAPIError>([&] { groups.get_group_by_subscription_id(subscribers); });
  EXPECT_EQ(none.http_status(), 404);

  const std::string id = manager.create_group("Verified", "")["id"];
  EXPECT_EQ(groups.set_subscription_admin_verified(id, subscription)["id"], id);
  EXPECT_EQ(groups.set_subscription_admin_verified(id, null)["id"], id);
}

TEST_F(FauxbusGroups, SayWhatIsWrong) {
  const auto no_uuid = refusal<GroupsAPIError>([&] { groups.get_group("mine"); });
  EXPECT_EQ(no_uuid.http_status(), 422);
  EXPECT_NE(no_uuid.message().find("'mine'"), std::string::npos) << no_uuid.message();

  const auto hidden = refusal<GroupsAPIError>([&] { groups.get_group(subscribers); });
  EXPECT_EQ(hidden.http_status(), 404) << "it is private, and the application is not in it";

  const auto no_admin = refusal<GroupsAPIError>(
      [&] { groups_of_user.update_group(open_group(), {{"name", "mine"}}); });
  EXPECT_EQ(no_admin.http_status(), 403);
  EXPECT_EQ(no_admin.code(), "FORBIDDEN");

  const GroupsClient for_transfer(ClientCredentialsAuthorizer(login_client, TransferScopes.all),
                                  options());
  const auto foreign = refusal<GroupsAPIError>([&] { for_transfer.get_my_groups(); });
  EXPECT_EQ(foreign.http_status(), 403);
}

}  // namespace
}  // namespace globus_sdk
