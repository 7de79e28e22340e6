// SPDX-License-Identifier: Apache-2.0
// What docs/guide/groups.md shows beside its first program, run against answers of Groups.
#include <gtest/gtest.h>

#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <sstream>
#include <string>

#include "support/recording_server.hpp"

using namespace globus_sdk;
using globus_sdk_test::RecordedAnswer;
using globus_sdk_test::RecordedRequest;
using globus_sdk_test::RecordingServer;

namespace {

const std::string known_group = "8b7d57bc-1666-11ec-88b2-f50515619d57";

/// One of the changes to members failed; a group of another id is not there.
RecordedAnswer answer(const RecordedRequest& request) {
  if (request.target.find(known_group) == std::string::npos) {
    return {.status = 404, .body = R"({"code": "GROUP_NOT_FOUND", "detail": "no such group"})"};
  }
  if (request.method != "POST") return {};
  return {.body = R"({"add": [{"identity_id": "i-1", "role": "member", "status": "active"}],
                      "errors": {"invite": [{"identity_id": "i-3", "code": "ALREADY_ACTIVE"}]}})"};
}

struct GroupsGuide : testing::Test {
  void SetUp() override {
    cout = std::cout.rdbuf(out.rdbuf());
    cerr = std::cerr.rdbuf(out.rdbuf());
  }
  void TearDown() override {
    std::cout.rdbuf(cout);
    std::cerr.rdbuf(cerr);
  }

  RecordingServer server{answer};
  GroupsClient groups{AccessTokenAuthorizer{"a token"}, ClientOptions{.base_url = server.url()}};
  std::ostringstream out;
  std::streambuf* cout = nullptr;
  std::streambuf* cerr = nullptr;
};

TEST_F(GroupsGuide, Batch) {
  const std::string& group_id = known_group;
  //! [batch]
  BatchMembershipActions actions;
  actions.add_members({"i-1", "i-2"}, {.role = GroupRole::manager})
      .invite_members("i-3")
      .remove_members("i-4");
  const auto changed = groups.batch_membership_action(group_id, actions);

  if (const auto errors = changed.get("errors"); errors && !errors->is_null())
    std::cerr << "not changed: " << *errors << '\n';
  //! [batch]
  EXPECT_EQ(out.str(),
            "not changed: "
            R"({"invite":[{"identity_id":"i-3","code":"ALREADY_ACTIVE"}]})"
            "\n");
  EXPECT_EQ(Json::parse(server.requests().at(0).body), Json::parse(R"({
    "add": [{"identity_id": "i-1", "role": "manager"}, {"identity_id": "i-2", "role": "manager"}],
    "invite": [{"identity_id": "i-3", "role": "member"}],
    "remove": [{"identity_id": "i-4"}]})"));
}

TEST_F(GroupsGuide, Policies) {
  const std::string& group_id = known_group;
  //! [policies]
  const GroupPolicies policies{false,
                               GroupVisibility::authenticated,
                               GroupMemberVisibility::managers,
                               true,
                               {GroupRequiredSignupFields::institution, "field_of_science"}};
  groups.set_group_policies(group_id, policies);
  //! [policies]
  EXPECT_EQ(server.requests().at(0).target, "/v2/groups/" + group_id + "/policies");
  EXPECT_EQ(Json::parse(server.requests().at(0).body), Json::parse(R"({
    "is_high_assurance": false, "group_visibility": "authenticated",
    "group_members_visibility": "managers", "join_requests": true,
    "signup_fields": ["institution", "field_of_science"]})"));
}

TEST_F(GroupsGuide, Errors) {
  const std::string group_id = "unknown";
  //! [errors]
  try {
    groups.get_group(group_id, {.include = {"memberships", "policies"}});
  } catch (const GroupsAPIError& error) {
    if (error.http_status() != 404) throw;
    std::cerr << "there is no such group\n";
  }
  //! [errors]
  EXPECT_EQ(out.str(), "there is no such group\n");
}

}  // namespace
