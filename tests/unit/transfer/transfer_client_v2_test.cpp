// SPDX-License-Identifier: Apache-2.0
// What is TransferClientV2's own in how requests are sent, on a simulated network.
#include "globus_sdk/transfer/transfer_client_v2.hpp"

#include <gtest/gtest.h>

#include <regex>
#include <string>

#include "globus_sdk/async.hpp"
#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "globus_sdk/core/errors.hpp"
#include "support/simulated_mode.hpp"
#include "unit/mistake.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

struct World {
  BasicTransferClientV2<Simulated> client;
  std::shared_ptr<Simulation> simulation;
};

World world(detail::Outcome outcome) {
  auto [connection, simulation] = simulate(detail::service_of<TransferClientV2>);
  simulation->answer = in_turn({std::move(outcome)});
  return {BasicTransferClientV2<Simulated>(connection), simulation};
}

constexpr std::size_t all_attempts = 6;

TEST(SimulatedTransferV2, ErrorsAboutAnEndpointAreNotTransient) {
  for (const char* errors : {R"([{"code": "ExternalError"}])", R"([{"code": "EndpointError"}])",
                             R"([{"code": "Busy"}, {"code": "EndpointError"}])",
                             R"([{"title": "no code"}, {"code": "ExternalError"}])"}) {
    auto [client, simulation] =
        world(simulated_answer(502, std::string(R"({"errors": )") + errors + "}"));
    EXPECT_THROW(client.get("/x"), TransferAPIError);
    EXPECT_EQ(simulation->requests.size(), 1u) << errors;
  }
}

TEST(SimulatedTransferV2, OtherErrorsAreTransient) {
  for (const char* body :
       {"", "no JSON", "[]", "null", "{}", R"({"code": "ExternalError"})", R"({"errors": {}})",
        R"({"errors": null})", R"({"errors": []})", R"({"errors": [null, 7, "ExternalError"]})",
        R"({"errors": [{"code": null}]})", R"({"errors": [{"code": "ServiceUnavailable"}]})",
        R"({"errors": [{"code": "ExternalError.DirListingFailed"}]})"}) {
    auto [client, simulation] = world(simulated_answer(503, body));
    EXPECT_THROW(client.get("/x"), TransferAPIError);
    EXPECT_EQ(simulation->requests.size(), all_attempts) << body;
  }
}

TEST(SimulatedTransferV2, ATunnelWithASubmissionIdIsMadeAgainUntilItIsThere) {
  const TunnelCreateDocument document("from", "to");
  auto [client, simulation] = world(simulated_answer(503));
  EXPECT_THROW(client.create_tunnel(document), TransferAPIError);
  ASSERT_EQ(simulation->requests.size(), all_attempts);
  for (const auto& request : simulation->requests) {
    EXPECT_EQ(Json::parse(request.body.value()), document.document());
  }
}

TEST(SimulatedTransferV2, ATunnelWithoutASubmissionIdIsMadeOnce) {
  for (const Json& document :
       {Json{{"data", {{"type", "Tunnel"}}}}, Json{{"key", "value"}}, Json::array(),
        Json{{"data", {{"attributes", {{"submission_id", ""}}}}}},
        Json{{"data", {{"attributes", {{"submission_id", nullptr}}}}}}}) {
    auto [client, simulation] = world(simulated_answer(503));
    EXPECT_THROW(client.create_tunnel(document), TransferAPIError);
    ASSERT_EQ(simulation->requests.size(), 1u) << document;
    EXPECT_EQ(Json::parse(simulation->requests.front().body.value()), document);
  }
}

std::string submission_id_of(const TunnelCreateDocument& document) {
  return document.document().view()["data"]["attributes"]["submission_id"];
}

TEST(TunnelDocuments, AreOneSubmissionEach) {
  const TunnelCreateDocument document("from", "to");
  const std::string id = submission_id_of(document);
  EXPECT_TRUE(std::regex_match(
      id, std::regex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")))
      << id;
  EXPECT_EQ(submission_id_of(TunnelCreateDocument(document)), id);
  EXPECT_NE(submission_id_of(TunnelCreateDocument("from", "to")), id);
  EXPECT_EQ(submission_id_of(TunnelCreateDocument("from", "to", {.submission_id = "mine"})),
            "mine");
}

TEST(TunnelDocuments, OfAnUpdateTakeAStateOfTheEnumOrAText) {
  const auto state_of = [](const Choice<TunnelState>& state) {
    const TunnelUpdateDocument document({.state = state});
    return document.document().view()["data"]["attributes"]["state"].as<std::string>();
  };
  EXPECT_EQ(state_of(TunnelState::STOPPING), "STOPPING");
  EXPECT_EQ(state_of("STARTING"), "STARTING");  // younger than the SDK
}

/// The body of the one request that was sent.
Json sent(const Simulation& simulation) {
  EXPECT_EQ(simulation.requests.size(), 1u);
  EXPECT_EQ(simulation.requests.front().method, "PATCH");
  return Json::parse(simulation.requests.front().body.value_or("null"));
}

TEST(SimulatedTransferV2, StartsAndStopsTunnels) {
  auto [client, simulation] = world(simulated_answer(200));
  client.start_tunnel("a tunnel",
                      {.label = "x", .listener_port = 80, .listener_ip_address = "::1"});
  EXPECT_TRUE(simulation->requests.front().url.ends_with("/v2/tunnels/a%20tunnel"));
  EXPECT_EQ(sent(*simulation),
            Json::parse(R"({"data": {"type": "Tunnel", "id": "a tunnel", "attributes": {
                "label": "x", "listener_port": 80, "listener_ip_address": "::1"}}})"));
  simulation->requests.clear();
  client.stop_tunnel("t");
  EXPECT_EQ(sent(*simulation), Json::parse(R"({"data": {"type": "Tunnel", "id": "t",
                                     "attributes": {"state": "STOPPING"}}})"));
}

template <class Client> std::vector<Mistake<Client>> mistakes() {
  return {
      {"tunnel_id", [](const Client& client) { return client.get_tunnel(""); }},
      {"tunnel_id", [](const Client& client) { return client.delete_tunnel(""); }},
      {"tunnel_id", [](const Client& client) { return client.get_tunnel_events(""); }},
      {"tunnel_id", [](const Client& client) { return client.start_tunnel(""); }},
      {"tunnel_id", [](const Client& client) { return client.stop_tunnel(""); }},
      {"tunnel_id",
       [](const Client& client) {
         const TunnelUpdateDocument document;
         return client.update_tunnel("", document);
       }},
      {"bookmark_id", [](const Client& client) { return client.get_bookmark(""); }},
      {"bookmark_id", [](const Client& client) { return client.delete_bookmark(""); }},
      {"bookmark_id",
       [](const Client& client) {
         const BookmarkUpdateDocument document("n", "/p");
         return client.update_bookmark("", document);
       }},
      {"stream_ap_id", [](const Client& client) { return client.get_stream_access_point(""); }},
      {"query_params",
       [](const Client& client) {
         ListBookmarksOptions options;
         options.query_params = "text";
         return client.list_bookmarks(options);
       }},
  };
}

TEST(BadInput, OfTransferClientV2) {
  const Refused refused;
  const TransferClientV2 client(AccessTokenAuthorizer("t"), refused.options());
  expect_refused(client, mistakes<TransferClientV2>());
  expect_refused(client.async(), mistakes<BasicTransferClientV2<Async>>());
}

TEST(BadInput, OfDocumentsOfTransferV2) {
  EXPECT_TRUE(is_refused("initiator_stream_access_point", [] { TunnelCreateDocument("", "to"); }));
  EXPECT_TRUE(is_refused("listener_stream_access_point", [] { TunnelCreateDocument("from", ""); }));
  EXPECT_TRUE(is_refused("submission_id",
                         [] { TunnelCreateDocument("from", "to", {.submission_id = ""}); }));
  EXPECT_TRUE(
      is_refused("additional_fields", [] { TunnelUpdateDocument({.additional_fields = "x"}); }));
  EXPECT_TRUE(is_refused("collection", [] { BookmarkCreateDocument("", "n", "/p"); }));
  EXPECT_TRUE(is_refused("name", [] { BookmarkCreateDocument("c", "", "/p"); }));
  EXPECT_TRUE(is_refused("path", [] { BookmarkCreateDocument("c", "n", ""); }));
  EXPECT_TRUE(is_refused("name", [] { BookmarkUpdateDocument("", "/p"); }));
  EXPECT_TRUE(is_refused("path", [] { BookmarkUpdateDocument("n", ""); }));
}

}  // namespace
}  // namespace globus_sdk_test
