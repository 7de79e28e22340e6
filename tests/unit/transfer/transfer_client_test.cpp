// SPDX-License-Identifier: Apache-2.0
// What is Transfer's own in how requests are sent, on a simulated network.
#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <string>

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/literals.hpp"
#include "globus_sdk/transfer/transfer_client.hpp"
#include "support/simulated_mode.hpp"
#include "transfer/transfer_operations.hpp"

namespace globus_sdk {
namespace {

struct World {
  BasicTransferClient<Simulated> client;
  std::shared_ptr<Simulation> simulation;
};

World world(detail::Outcome outcome) {
  auto [connection, simulation] = simulate(detail::service_of<TransferClient>);
  simulation->answer = in_turn({std::move(outcome)});
  return {BasicTransferClient<Simulated>(connection), simulation};
}

TEST(SimulatedTransfer, ErrorsAboutAnEndpointAreNotTransient) {
  for (const char* code : {"ExternalError.DirListingFailed.NotDirectory", "EndpointError"}) {
    auto [client, simulation] =
        world(simulated_answer(502, std::string(R"({"code": ")") + code + R"("})"));
    EXPECT_THROW(client.get("/x"), TransferAPIError);
    EXPECT_EQ(simulation->requests.size(), 1u);
  }
}

TEST(SimulatedTransfer, TheDeadlineOfASubmissionIsOneForBothRequests) {
  auto [client, simulation] = world(simulated_answer(200, R"({"value": "an-id"})"));
  simulation->round_trip = 700ms;
  TransferData data("source", "destination");
  EXPECT_THROW(client.with({.deadline = 1s}).submit_transfer(data), GlobusTimeoutError);
  EXPECT_EQ(simulation->requests.size(), 2u);
  EXPECT_EQ(data.submission_id(), "an-id");
}

TEST(SimulatedTransfer, StepsOfAPathAreNoIds) {
  auto [client, simulation] = world(simulated_answer(200));
  for (const char* id : {".", "..", "../endpoint", "a/../../b"}) {
    EXPECT_THROW(client.get_task(id), GlobusSDKUsageError) << id;
  }
  EXPECT_TRUE(simulation->requests.empty());
}

/// The body of the one request that was sent.
Json sent(const Simulation& simulation) {
  EXPECT_EQ(simulation.requests.size(), 1u);
  return Json::parse(simulation.requests.front().body.value_or("null"));
}

TEST(SimulatedTransfer, ASubscriptionMayBeTakenAway) {
  auto [client, simulation] = world(simulated_answer(200));
  client.set_subscription_id("a-collection", null);
  EXPECT_EQ(sent(*simulation), (Json{{"subscription_id", nullptr}}));
  EXPECT_THROW(client.set_subscription_id("a-collection", {}), GlobusSDKUsageError);
  EXPECT_THROW(client.set_subscription_id("a-collection", ""), GlobusSDKUsageError);
}

TEST(SimulatedTransfer, AServerOfAnEndpointHasANumber) {
  auto [client, simulation] = world(simulated_answer(200));
  client.get_endpoint_server("an-endpoint", 7);
  EXPECT_NE(simulation->requests.front().url.find("/server/7"), std::string::npos);
}

TEST(SimulatedTransfer, ATunnelHasASubmissionIdOfItsOwn) {
  const CreateTunnelData data("from", "to");
  std::set<std::string> ids;
  for (int call = 1; call <= 2; ++call) {
    auto [client, simulation] = world(simulated_answer(200));
    client.create_tunnel(data);
    const std::string id = sent(*simulation).view()["data"]["attributes"]["submission_id"];
    EXPECT_TRUE(std::regex_match(
        id, std::regex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")))
        << id;
    ids.insert(id);
  }
  EXPECT_EQ(ids.size(), 2u);
}

TEST(SimulatedTransfer, ATunnelKeepsTheSubmissionIdThatItIsGiven) {
  auto [client, simulation] = world(simulated_answer(200));
  client.create_tunnel(CreateTunnelData("from", "to", {.submission_id = "mine"}));
  EXPECT_EQ(sent(*simulation).view()["data"]["attributes"]["submission_id"], "mine");
}

TEST(SimulatedTransfer, ARetryMakesNoSecondTunnel) {
  auto [connection, simulation] = simulate(detail::service_of<TransferClient>);
  simulation->answer = in_turn({simulated_answer(503), simulated_answer(200)});
  const BasicTransferClient<Simulated> client(connection);
  client.create_tunnel({{"data", {{"type", "Tunnel"}}}});
  ASSERT_EQ(simulation->requests.size(), 2u);
  EXPECT_EQ(simulation->requests.front().body, simulation->requests.back().body);
}

TEST(SimulatedTransfer, StartsAndStopsTunnels) {
  auto [client, simulation] = world(simulated_answer(200));
  client.start_tunnel("t", {.listener_port = 80, .listener_ip_address = "::1"});
  EXPECT_EQ(simulation->requests.front().method, "PATCH");
  EXPECT_TRUE(simulation->requests.front().url.ends_with("/v2/tunnels/t"));
  EXPECT_EQ(sent(*simulation), Json::parse(R"({"data": {"type": "Tunnel", "id": "t", "attributes": {
                "listener_port": 80, "listener_ip_address": "::1"}}})"));
  simulation->requests.clear();
  client.stop_tunnel("t", {.label = "x"});
  EXPECT_EQ(sent(*simulation), Json::parse(R"({"data": {"type": "Tunnel", "id": "t", "attributes": {
                "label": "x", "state": "STOPPING"}}})"));
}

TEST(SimulatedTransfer, MakesASymbolicLinkOnce) {
  auto [client, simulation] = world(simulated_answer(503));
  EXPECT_THROW(client.operation_symlink("a collection", "../ü", "/a b",
                                        {.query_params = {{"local_user", "me"}}}),
               TransferAPIError);
  EXPECT_EQ(sent(*simulation),
            (Json{{"DATA_TYPE", "symlink"}, {"symlink_target", "../ü"}, {"path", "/a b"}}));
  const auto& request = simulation->requests.front();
  EXPECT_EQ(request.method, "POST");
  EXPECT_TRUE(
      request.url.ends_with("/v0.10/operation/endpoint/a%20collection/symlink?local_user=me"))
      << request.url;
}

TEST(SimulatedTransfer, RemovesATask) {
  auto [client, simulation] = world(simulated_answer(200));
  client.remove_task("t");
  EXPECT_EQ(simulation->requests.front().method, "POST");
  EXPECT_TRUE(simulation->requests.front().url.ends_with("/v0.10/task/t/remove"));
}

TEST(SimulatedTransfer, ListsPauseRulesOnWhatAnEndpointHosts) {
  auto [client, simulation] = world(simulated_answer(200));
  client.endpoint_manager_pause_rule_list(
      {.query_params = {{"x", 1}}, .filter_host_endpoint = "a host"});
  EXPECT_TRUE(simulation->requests.front().url.ends_with(
      "/pause_rule_list?filter_host_endpoint=a+host&x=1"))
      << simulation->requests.front().url;
}

TEST(SimulatedTransfer, ATunnelIsADocumentWithData) {
  auto [client, simulation] = world(simulated_answer(200));
  for (const Json& wrong : {Json(), Json("x"), Json{{"label", "x"}}, Json{{"data", 1}},
                            Json{{"data", {{"attributes", 1}}}}}) {
    EXPECT_THROW(client.create_tunnel(wrong), GlobusSDKUsageError) << wrong;
  }
  EXPECT_TRUE(simulation->requests.empty());
}

}  // namespace
}  // namespace globus_sdk
