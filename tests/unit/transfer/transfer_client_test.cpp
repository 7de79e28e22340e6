// SPDX-License-Identifier: Apache-2.0
// What is Transfer's own in how requests are sent, on a simulated network.
#include <gtest/gtest.h>

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

}  // namespace
}  // namespace globus_sdk
