// SPDX-License-Identifier: Apache-2.0
// What docs/guide/compute.md shows beside its first program, compiled, and run against recorded
// answers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <string>

#include "support/recorded_answers.hpp"

using namespace globus_sdk;

namespace {

// those of the answers
const std::string endpoint_id = "4c134d00-e7c3-11f1-9dac-02fc00000001";
const std::string task_group_id = "4c134fe4-e7c3-11f1-9dac-02fc00000001";
const std::string task_id = "4c135066-e7c3-11f1-9dac-02fc00000001";

/// Compute as it was recorded.
class ComputeGuide : public testing::Test {
 protected:
  globus_sdk_test::RecordingServer server{
      [](const auto& request) { return globus_sdk_test::recorded_answer_to(request, "compute"); }};
  const ClientOptions options{.base_url = server.url()};
  ComputeClientV2 compute_v2{AccessTokenAuthorizer("an-access-token"), options};
  ComputeClientV3 compute{AccessTokenAuthorizer("an-access-token"), options};
};

TEST_F(ComputeGuide, KnowsItsEndpoints) {
  testing::internal::CaptureStdout();
  //! [endpoints]
  const auto endpoints = compute_v2.get_endpoints({.role = "any"});
  for (auto endpoint : endpoints.data())
    std::cout << endpoint["uuid"] << ": " << endpoint["name"] << '\n';

  const auto state = compute_v2.get_endpoint_status(endpoint_id);
  if (state["status"] != "online") std::cout << "tasks will wait until it is online\n";
  //! [endpoints]
  EXPECT_THAT(testing::internal::GetCapturedStdout(),
              testing::StartsWith(endpoint_id + ": my-endpoint\n"));
  EXPECT_EQ(server.requests().front().target, "/v2/endpoints?role=any");
}

TEST_F(ComputeGuide, AsksForManyTasksAtOnce) {
  testing::internal::CaptureStdout();
  //! [batch]
  std::vector<std::string> ids;
  const auto group = compute_v2.get_task_group(task_group_id);
  for (auto task : group["tasks"]) ids.push_back(task["id"]);

  const auto states = compute_v2.get_task_batch(ids);
  for (const auto& [id, task] : states["results"].items())
    std::cout << id << ": " << task["status"] << '\n';
  //! [batch]
  EXPECT_EQ(testing::internal::GetCapturedStdout(), task_id + ": success\n");
  EXPECT_THAT(server.requests().back().body,
              testing::StartsWith(R"({"task_ids":[")" + task_id + R"(",)"));
}

}  // namespace
