// SPDX-License-Identifier: Apache-2.0
// As bad_input_test.cpp, for Groups.
#include <gtest/gtest.h>

#include "globus_sdk/async.hpp"
#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "globus_sdk/groups/groups_client.hpp"
#include "globus_sdk/groups/groups_manager.hpp"
#include "unit/mistake.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

template <class Manager> std::vector<Mistake<Manager>> manager_mistakes() {
  return {
      {"parent_id",
       [](const Manager& manager) {
         const GroupsManagerCreateGroupOptions options{.parent_id = ""};
         return manager.create_group("n", "d", options);
       }},
      {"group_visibility",
       [](const Manager& manager) {
         const Strings fields;
         return manager.set_group_policies("g", true, "", "members", true, fields);
       }},
      {"signup_fields",
       [](const Manager& manager) {
         const Strings fields{"city", ""};
         return manager.set_group_policies("g", true, "private", "members", true, fields);
       }},
      {"role", [](const Manager& manager) { return manager.change_role("g", "i", ""); }},
  };
}

TEST(BadInput, OfGroupsClient) {
  const Refused refused;
  const GroupsClient client(AccessTokenAuthorizer("t"), refused.options());
  EXPECT_TRUE(
      is_refused("subscription_id", [&] { client.set_subscription_admin_verified("g", {}); }));
  EXPECT_TRUE(
      is_refused("subscription_id", [&] { client.set_subscription_admin_verified("g", ""); }));
}

TEST(BadInput, OfGroupsManager) {
  using AsyncManager = BasicGroupsManager<Async>;
  const Refused refused;
  const GroupsManager manager{GroupsClient(AccessTokenAuthorizer("t"), refused.options())};
  const AsyncManager other = manager.async();
  expect_refused(manager, manager_mistakes<GroupsManager>());
  expect_refused(other, manager_mistakes<AsyncManager>());
}

TEST(BadInput, OfBatchMembershipActions) {
  BatchMembershipActions actions;
  EXPECT_TRUE(is_refused("identity_ids", [&] { actions.add_members({"a", ""}); }));
  EXPECT_TRUE(is_refused("identity_ids", [&] { actions.leave(""); }));
  EXPECT_TRUE(is_refused("role", [&] { actions.change_roles("", "a"); }));
  EXPECT_EQ(actions.document(), Json::object());
}

}  // namespace
}  // namespace globus_sdk_test
