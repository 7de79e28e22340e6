// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/flows/specific_flow_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "globus_sdk/app/user_app.hpp"
#include "globus_sdk/async.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/literals.hpp"
#include "support/simulated_mode.hpp"

namespace globus_sdk {
namespace {

const std::string flow_id = "f47431cd-d65f-578e-aa96-2f95794af624";
const std::string user_scope =
    "https://auth.globus.org/scopes/" + flow_id + "/flow_f47431cd_d65f_578e_aa96_2f95794af624_user";

UserApp app_in_memory() {
  return UserApp("an app", {.client_id = "5f83b5a0-0000-4000-8000-000000000000",
                            .config = {.token_storage = "memory"}});
}

/// The scopes that an app requires of the tokens for the flow.
std::vector<std::string> required(const UserApp& app) {
  const auto requirements = app.scope_requirements();
  std::vector<std::string> texts;
  for (const Scope& scope : requirements.at(flow_id)) texts.push_back(scope.str());
  return texts;
}

struct World {
  BasicSpecificFlowClient<Simulated> client;
  std::shared_ptr<Simulation> simulation;

  Json sent() const { return Json::parse(simulation->requests.back().body.value_or("null")); }
};

/// A client for the flow on a simulated network.
World world(std::deque<detail::Outcome> outcomes = {simulated_answer(200)}) {
  const SpecificFlowClient blocking(flow_id);
  auto state = std::make_shared<SimulatedState>();
  static_cast<detail::ClientState&>(*state) = *blocking.connection().state;
  state->simulation->answer = in_turn(std::move(outcomes));
  const auto simulation = state->simulation;
  const detail::Connection connection{std::move(state), blocking.connection().settings};
  return {BasicSpecificFlowClient<Simulated>(connection), simulation};
}

TEST(SpecificFlowClient, KnowsItsFlowInEveryForm) {
  const SpecificFlowClient client(flow_id);
  EXPECT_EQ(client.flow_id(), flow_id);
  EXPECT_EQ(client.with({.timeout = 5s}).flow_id(), flow_id);
  EXPECT_EQ(client.async().flow_id(), flow_id);
  EXPECT_EQ(SpecificFlowClient(flow_id, app_in_memory()).flow_id(), flow_id);
  EXPECT_EQ(client.scopes().user.str(), user_scope);
}

TEST(SpecificFlowClient, AddsTheFlowsScopeToItsApp) {
  const UserApp app = app_in_memory();
  const SpecificFlowClient client{flow_id, app};
  EXPECT_EQ(required(app), std::vector{user_scope});
}

TEST(SpecificFlowClient, AddsOtherScopesInPlaceOfIt) {
  const UserApp app = app_in_memory();
  const SpecificFlowClient client{flow_id, app, {.app_scopes = "another"}};
  EXPECT_EQ(required(app), std::vector<std::string>{"another"});
  client.add_app_scope("one-more");
  EXPECT_EQ(required(app), (std::vector<std::string>{"another", "one-more"}));
}

TEST(SpecificFlowClient, AddsAccessToTheDataOfCollections) {
  const UserApp app = app_in_memory();
  const SpecificFlowClient client{flow_id, app};
  const std::string a = "2e178292-0110-56cb-9147-194c8cc17de9";
  const std::string b = "fad3d6cd-70ea-5b05-a3d1-a159d8906018";
  const SpecificFlowClient same =
      client.add_app_transfer_data_access_scope({a, "FAD3D6CD-70EA-5B05-A3D1-A159D8906018"});
  EXPECT_EQ(same.flow_id(), flow_id);
  const std::string of = "https://auth.globus.org/scopes/";
  // one login asks for all of them
  EXPECT_THAT(
      ScopeRequirements(app.scope_requirements()).merged(),
      testing::Contains(user_scope + "[*urn:globus:auth:scope:transfer.api.globus.org:all[*" + of +
                        a + "/data_access *" + of + b + "/data_access]]"));
}

TEST(SpecificFlowClient, SendsAPolicyAsAClassOrAsADocument) {
  const World flow = world();
  const Json expected = {{"body", Json::object()},
                         {"activity_notification_policy", {{"status", {"SUCCEEDED", "FAILED"}}}}};
  const RunActivityNotificationPolicy policy(
      {.status = {RunNotificationStatus::succeeded, "FAILED"}});
  flow.client.run_flow(Json::object(), {.activity_notification_policy = policy});
  EXPECT_EQ(flow.sent(), expected);
  flow.client.validate_run(Json::object(),
                           {.activity_notification_policy = {{"status", {"SUCCEEDED", "FAILED"}}}});
  EXPECT_EQ(flow.sent(), expected);
}

TEST(SpecificFlowClient, APolicyMayHaveOneStatusOrNone) {
  EXPECT_EQ(RunActivityNotificationPolicy().document(), Json::object());
  EXPECT_EQ(RunActivityNotificationPolicy({.status = {"INACTIVE"}}).document(),
            (Json{{"status", Json::array({"INACTIVE"})}}));
  EXPECT_EQ(RunActivityNotificationPolicy({.status = "INACTIVE"}).document(),
            (Json{{"status", "INACTIVE"}}));
  EXPECT_EQ(RunActivityNotificationPolicy({.status = Strings()}).document(),
            (Json{{"status", Json::array()}}));
}

TEST(SpecificFlowClient, StartsNoSecondRun) {
  const World flow = world({simulated_answer(502), simulated_answer(200)});
  EXPECT_THROW(flow.client.run_flow(Json::object()), FlowsAPIError);
  EXPECT_EQ(flow.simulation->requests.size(), 1u);
}

TEST(SpecificFlowClient, ChecksARunAgain) {
  const World flow = world({simulated_answer(502), simulated_answer(200)});
  EXPECT_EQ(flow.client.validate_run(Json::object()).http_status(), 200);
  EXPECT_EQ(flow.simulation->requests.size(), 2u);
}

}  // namespace
}  // namespace globus_sdk
