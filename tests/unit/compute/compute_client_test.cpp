// SPDX-License-Identifier: Apache-2.0
// The clients of Compute beyond their wire records: answers of other kinds than objects, errors,
// what is repeated, what is refused.
#include <gtest/gtest.h>

#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "globus_sdk/async.hpp"
#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "globus_sdk/compute/compute_client_v2.hpp"
#include "globus_sdk/compute/compute_client_v3.hpp"
#include "support/recorded_answers.hpp"
#include "support/simulated_mode.hpp"
#include "unit/mistake.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

/// A client that gets recorded answers to these calls, in turn.
BasicComputeClientV2<Simulated> client_with(const std::vector<RecordedAnswer>& answers,
                                            std::shared_ptr<Simulation>& simulation) {
  auto simulated = simulate(detail::service_of<ComputeClientV2>);
  simulation = simulated.second;
  std::deque<detail::Outcome> outcomes;
  for (const RecordedAnswer& answer : answers) {
    outcomes.push_back(simulated_answer(answer.status, answer.body));
  }
  simulation->answer = in_turn(std::move(outcomes));
  return BasicComputeClientV2<Simulated>(simulated.first);
}

TEST(ComputeAnswers, MayBeATextOrAnArray) {
  std::shared_ptr<Simulation> simulation;
  const auto client = client_with(
      {recorded_answer("compute.v2.get_version"), recorded_answer("compute.v2.get_version", "all"),
       recorded_answer("compute.v2.get_endpoints", "any")},
      simulation);
  EXPECT_EQ(client.get_version().data(), "1.23.0");
  EXPECT_EQ(client.get_version({.service = "all"})["min_sdk_version"], "1.0.0a6");
  std::vector<std::string> names;
  const GlobusHTTPResponse endpoints = client.get_endpoints({.role = "any"});
  for (const JsonView& endpoint : endpoints.data()) names.push_back(endpoint["name"]);
  EXPECT_EQ(names,
            (std::vector<std::string>{"my-endpoint", "my-second-endpoint", "public_endpoint"}));
}

TEST(SimulatedCompute, RepeatsAQuestionAboutTasksAndNoSubmission) {
  const RecordedAnswer busy{503, "{}"};
  std::shared_ptr<Simulation> simulation;
  const auto client =
      client_with({busy, recorded_answer("compute.v2.get_task_batch"), busy}, simulation);
  EXPECT_EQ(client.get_task_batch("t")["response"], "batch");
  EXPECT_EQ(simulation->requests.size(), 2U);
  EXPECT_THROW(client.submit({{"tasks", Json::array()}}), ComputeAPIError);
  EXPECT_EQ(simulation->requests.size(), 3U);
}

template <class Client> std::vector<Mistake<Client>> mistakes_of_version_2() {
  return {
      {"endpoint_id", [](const Client& client) { return client.get_endpoint(""); }},
      {"endpoint_id", [](const Client& client) { return client.get_endpoint_status(""); }},
      {"endpoint_id", [](const Client& client) { return client.delete_endpoint(""); }},
      {"endpoint_id", [](const Client& client) { return client.lock_endpoint(""); }},
      {"function_id", [](const Client& client) { return client.get_function(""); }},
      {"function_id", [](const Client& client) { return client.delete_function(""); }},
      {"task_id", [](const Client& client) { return client.get_task(""); }},
      {"task_group_id", [](const Client& client) { return client.get_task_group(""); }},
      {"task_ids",
       [](const Client& client) {
         const Strings ids{"an-id", ""};
         return client.get_task_batch(ids);
       }},
  };
}

template <class Client> std::vector<Mistake<Client>> mistakes_of_version_3() {
  return {
      {"endpoint_id",
       [](const Client& client) {
         const Json data = {{"display_name", "x"}};
         return client.update_endpoint("", data);
       }},
      {"endpoint_id", [](const Client& client) { return client.lock_endpoint(""); }},
      {"endpoint_id", [](const Client& client) { return client.get_endpoint_allowlist(""); }},
      {"endpoint_id",
       [](const Client& client) {
         const Json tasks = {{"tasks", Json::object()}};
         return client.submit("", tasks);
       }},
  };
}

TEST(BadInput, OfComputeClients) {
  const Refused refused;
  const ComputeClientV2 v2(AccessTokenAuthorizer("an-access-token"), refused.options());
  const ComputeClientV3 v3(AccessTokenAuthorizer("an-access-token"), refused.options());
  const auto async_v2 = v2.async();
  const auto async_v3 = v3.async();
  expect_refused(v2, mistakes_of_version_2<ComputeClientV2>());
  expect_refused(v3, mistakes_of_version_3<ComputeClientV3>());
  expect_refused(async_v2, mistakes_of_version_2<BasicComputeClientV2<Async>>());
  expect_refused(async_v3, mistakes_of_version_3<BasicComputeClientV3<Async>>());
}

}  // namespace
}  // namespace globus_sdk_test
