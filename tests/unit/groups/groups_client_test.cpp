// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/groups/groups_client.hpp"

#include <gtest/gtest.h>

#include "globus_sdk/core/errors.hpp"
#include "support/simulated_mode.hpp"

namespace globus_sdk {
namespace {

TEST(BatchMembershipActions, CollectsEachKindOfAction) {
  BatchMembershipActions actions;
  actions.add_members("a")
      .add_members({"b", "c"}, {.role = GroupRole::manager})
      .invite_members("d", {.role = "admin"})
      .change_roles("member", {"e"})
      .accept_invites("f")
      .approve_pending("g")
      .decline_invites("h")
      .join("i")
      .leave("j")
      .reject_join_requests("k")
      .remove_members("l")
      .request_join("m");
  EXPECT_EQ(actions.document(), Json::parse(R"({
    "add": [{"identity_id": "a", "role": "member"}, {"identity_id": "b", "role": "manager"},
            {"identity_id": "c", "role": "manager"}],
    "invite": [{"identity_id": "d", "role": "admin"}],
    "change_role": [{"identity_id": "e", "role": "member"}],
    "accept": [{"identity_id": "f"}],
    "approve": [{"identity_id": "g"}],
    "decline": [{"identity_id": "h"}],
    "join": [{"identity_id": "i"}],
    "leave": [{"identity_id": "j"}],
    "reject": [{"identity_id": "k"}],
    "remove": [{"identity_id": "l"}],
    "request_join": [{"identity_id": "m"}]
  })"));
}

TEST(GroupPolicies, MayHaveEnumeratorsOrTexts) {
  const GroupPolicies policies(true, GroupVisibility::private_, "managers", false,
                               {GroupRequiredSignupFields::address1, "country"},
                               {.authentication_assurance_timeout = null});
  EXPECT_EQ(policies.document(), Json::parse(R"({
    "is_high_assurance": true, "group_visibility": "private",
    "group_members_visibility": "managers", "join_requests": false,
    "signup_fields": ["address1", "country"], "authentication_assurance_timeout": null
  })"));
}

TEST(SimulatedGroups, ItsErrorsHaveAClassOfTheirOwn) {
  auto [connection, simulation] = simulate(detail::service_of<GroupsClient>);
  simulation->answer = in_turn({simulated_answer(404, R"({"code": "GROUP_NOT_FOUND"})")});
  EXPECT_THROW(BasicGroupsClient<Simulated>(connection).get_group("a-group"), GroupsAPIError);
}

TEST(SimulatedGroups, CountTheMembersOfGroupsByStatus) {
  auto [connection, simulation] = simulate(detail::service_of<GroupsClient>);
  simulation->answer = in_turn({simulated_answer(200, R"({"a-group": {"active": 2, "left": 1}})")});
  const BasicGroupsClient<Simulated> client(connection);
  const auto statuses = client.get_statuses({.query_params = {{"x", "ü &"}}});
  EXPECT_EQ(statuses["a-group"]["active"], 2);
  ASSERT_EQ(simulation->requests.size(), 1u);
  EXPECT_EQ(simulation->requests[0].method, "GET");
  EXPECT_EQ(simulation->requests[0].url,
            "https://groups.api.globus.org/v2/groups/statuses?x=%C3%BC+%26");
}

}  // namespace
}  // namespace globus_sdk
