// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/groups/groups_manager.hpp"

#include <gtest/gtest.h>

#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "support/recording_server.hpp"
#include "support/run_async.hpp"
#include "support/simulated_mode.hpp"

namespace globus_sdk {
namespace {

using globus_sdk_test::RecordedAnswer;
using globus_sdk_test::RecordedRequest;
using globus_sdk_test::RecordingServer;
using globus_sdk_test::run_async;

struct SimulatedManager : testing::Test {
  /// The body of the latest request.
  Json sent() const { return Json::parse(simulation->requests.back().body.value()); }

  std::pair<detail::Connection, std::shared_ptr<Simulation>> simulated =
      simulate(detail::service_of<GroupsClient>);
  std::shared_ptr<Simulation> simulation = simulated.second;
  BasicGroupsManager<Simulated> manager{BasicGroupsClient<Simulated>(simulated.first)};

  void SetUp() override { simulation->answer = in_turn({simulated_answer(200)}); }
};

TEST_F(SimulatedManager, TakesEnumeratorsAndTexts) {
  manager.add_member("g", "i", {.role = GroupRole::manager});
  EXPECT_EQ(sent(), Json::parse(R"({"add": [{"identity_id": "i", "role": "manager"}]})"));
  manager.change_role("g", "i", GroupRole::admin);
  EXPECT_EQ(sent(), Json::parse(R"({"change_role": [{"identity_id": "i", "role": "admin"}]})"));
  manager.set_group_policies("g", true, GroupVisibility::private_, "managers", false,
                             {GroupRequiredSignupFields::address1, "country"},
                             {.authentication_assurance_timeout = 3600});
  EXPECT_EQ(sent(), Json::parse(R"({
    "is_high_assurance": true, "group_visibility": "private",
    "group_members_visibility": "managers", "join_requests": false,
    "signup_fields": ["address1", "country"], "authentication_assurance_timeout": 3600
  })"));
}

/// What is unset is sent as null, as Python does, and null is what it is.
TEST_F(SimulatedManager, SendsNullForWhatIsUnset) {
  const Json group = Json::parse(R"({"name": "n", "description": "", "parent_id": null})");
  manager.create_group("n", "");
  EXPECT_EQ(sent(), group);
  manager.create_group("n", "", {.parent_id = null});
  EXPECT_EQ(sent(), group);
  for (const auto& options :
       {GroupsManagerSetGroupPoliciesOptions{}, GroupsManagerSetGroupPoliciesOptions{null}}) {
    manager.set_group_policies("g", false, "private", "members", true, {}, options);
    EXPECT_EQ(sent(), Json::parse(R"({
      "is_high_assurance": false, "group_visibility": "private",
      "group_members_visibility": "members", "join_requests": true, "signup_fields": [],
      "authentication_assurance_timeout": null
    })"));
  }
}

TEST_F(SimulatedManager, ThrowsWhatItsClientThrows) {
  simulation->answer = in_turn({simulated_answer(409, R"({"code": "LAST_ADMIN"})")});
  try {
    manager.leave("g", "i");
    FAIL() << "nothing is thrown";
  } catch (const GroupsAPIError& error) {
    EXPECT_EQ(error.code(), "LAST_ADMIN");
  }
}

/// What is done to members is not done twice.
TEST_F(SimulatedManager, SendsNothingAgainWhoseAnswerIsLost) {
  simulation->answer = in_turn({simulated_answer(502), simulated_answer(200)});
  EXPECT_THROW(manager.add_member("g", "i"), GroupsAPIError);
  EXPECT_EQ(simulation->requests.size(), 1u);
}

TEST_F(SimulatedManager, TakesSettingsForItsCalls) {
  simulation->answer = in_turn({simulated_answer(502)});
  const auto set = [this] {
    manager.set_group_policies("g", false, "private", "members", true, {});
  };
  EXPECT_THROW(set(), GroupsAPIError);
  const std::size_t tries = simulation->requests.size();
  EXPECT_GT(tries, 1u) << "setting policies twice sets the same";
  manager = manager.with({.max_retries = 0});
  EXPECT_THROW(set(), GroupsAPIError);
  EXPECT_EQ(simulation->requests.size(), tries + 1);
}

/// The manager and the client that it is made of have the same settings, in both modes.
TEST(GroupsManager, IsItsClientInEveryMode) {
  const RecordingServer server([](const RecordedRequest&) { return RecordedAnswer(); });
  const GroupsClient client(AccessTokenAuthorizer("t"), ClientOptions{.base_url = server.url()});
  const GroupsManager manager{client};
  EXPECT_EQ(manager.client().base_url(), client.base_url());
  manager.join("g", "i");
  const auto other = manager.async();
  run_async(other.join("g", "i"));
  const AddMemberOptions options{.role = "admin"};
  run_async(other.add_member("g", "i", options));
  const auto requests = server.requests();
  ASSERT_EQ(requests.size(), 3u);
  for (const RecordedRequest& request : requests) {
    EXPECT_EQ(request.target, "/v2/groups/g");
    EXPECT_EQ(request.header("authorization"), "Bearer t");
  }
  EXPECT_EQ(requests[0].body, requests[1].body);
  EXPECT_EQ(requests[2].body, R"({"add":[{"identity_id":"i","role":"admin"}]})");
}

}  // namespace
}  // namespace globus_sdk
