// SPDX-License-Identifier: Apache-2.0
// What is Flows' own in how requests are sent, on a simulated network.
#include "globus_sdk/flows/flows_client.hpp"

#include <gtest/gtest.h>

#include <string>
#include <type_traits>

#include "globus_sdk/async.hpp"
#include "globus_sdk/core/errors.hpp"
#include "support/simulated_mode.hpp"

namespace globus_sdk {
namespace {

// A number needs no name before co_await, and neither does null.
static_assert(std::is_constructible_v<Async::DocumentOf<Document>, int>);
static_assert(std::is_constructible_v<Async::DocumentOf<Document>, bool>);
static_assert(std::is_constructible_v<Async::DocumentOf<Document>, std::nullptr_t>);

struct World {
  BasicFlowsClient<Simulated> client;
  std::shared_ptr<Simulation> simulation;

  /// The body of the newest request.
  Json sent() const { return Json::parse(simulation->requests.back().body.value_or("null")); }
  std::string url() const { return simulation->requests.back().url; }
};

World world(std::deque<detail::Outcome> outcomes = {simulated_answer(200)}) {
  auto [connection, simulation] = simulate(detail::service_of<FlowsClient>);
  simulation->answer = in_turn(std::move(outcomes));
  return {BasicFlowsClient<Simulated>(connection), simulation};
}

const Json definition{{"StartAt", "a"}, {"States", {{"a", {{"Type", "Pass"}, {"End", true}}}}}};

TEST(SimulatedFlows, AListStaysAListAndATextAText) {
  const World flows = world();
  flows.client.create_flow("A flow", definition, Json::object(),
                           {.flow_viewers = {"public"}, .keywords = "climate"});
  EXPECT_EQ(flows.sent(), (Json{{"title", "A flow"},
                                {"definition", definition},
                                {"input_schema", Json::object()},
                                {"flow_viewers", Json::array({"public"})},
                                {"keywords", "climate"}}));
  flows.client.update_run("a-run", {.tags = Strings(), .run_managers = {"urn:a"}});
  EXPECT_EQ(flows.sent(),
            (Json{{"tags", Json::array()}, {"run_managers", Json::array({"urn:a"})}}));
}

TEST(SimulatedFlows, ANewFlowMayHaveNoSubscriptionAndNoPolicy) {
  const World flows = world();
  flows.client.create_flow("A flow", definition, Json::object(),
                           {.subscription_id = null, .authentication_policy_id = null});
  const Json sent = flows.sent();
  EXPECT_TRUE(sent.view()["subscription_id"].is_null());
  EXPECT_TRUE(sent.view()["authentication_policy_id"].is_null());
}

TEST(SimulatedFlows, AdditionalFieldsComeLast) {
  const World flows = world();
  flows.client.update_flow("a-flow", {.title = "old", .additional_fields = {{"title", "new"}}});
  EXPECT_EQ(flows.sent(), (Json{{"title", "new"}}));
}

TEST(SimulatedFlows, AResponseIsAnyJson) {
  const World flows = world();
  flows.client.respond_to_web_input("an-input", {{"approved", true}, {"by", {"a", "b"}}});
  EXPECT_EQ(flows.sent(),
            (Json{{"response", {{"value", {{"approved", true}, {"by", {"a", "b"}}}}}}}));
  flows.client.respond_to_web_input("an-input", nullptr);
  EXPECT_TRUE(flows.sent().view()["response"]["value"].is_null());
}

TEST(SimulatedFlows, OrdersRepeatTheirParameterAndAreQuoted) {
  const World flows = world();
  flows.client.list_flows({.orderby = {"title ASC", "ü&/=+%"}});
  EXPECT_TRUE(flows.url().ends_with("/flows?orderby=title+ASC&orderby=%C3%BC%26%2F%3D%2B%25"))
      << flows.url();
  flows.client.list_flows({.filter_roles = Strings(), .filter_fulltext = "", .orderby = Strings()});
  EXPECT_TRUE(flows.url().ends_with("/flows?filter_roles=&filter_fulltext=")) << flows.url();
}

TEST(SimulatedFlows, RepeatsWhatIsDoneOnlyOnce) {
  for (const auto& call :
       {+[](const BasicFlowsClient<Simulated>& client) { return client.cancel_run("a-run"); },
        +[](const BasicFlowsClient<Simulated>& client) { return client.delete_run("a-run"); },
        +[](const BasicFlowsClient<Simulated>& client) {
          return client.validate_flow(definition);
        }}) {
    const World flows = world({simulated_answer(502), simulated_answer(200)});
    EXPECT_EQ(call(flows.client).http_status(), 200);
    EXPECT_EQ(flows.simulation->requests.size(), 2u);
  }
}

TEST(SimulatedFlows, MakesNoSecondFlow) {
  const World flows = world({simulated_answer(502), simulated_answer(200)});
  EXPECT_THROW(flows.client.create_flow("A flow", definition, Json::object()), FlowsAPIError);
  EXPECT_EQ(flows.simulation->requests.size(), 1u);
}

}  // namespace
}  // namespace globus_sdk
