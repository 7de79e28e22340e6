// SPDX-License-Identifier: Apache-2.0
// The errors that Flows was recorded to answer with, as FlowsAPIError reads them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "globus_sdk/flows/flows_client.hpp"
#include "globus_sdk/flows/specific_flow_client.hpp"
#include "support/recorded_answers.hpp"
#include "support/simulated_mode.hpp"

namespace globus_sdk {
namespace {

using Texts = std::vector<std::string>;

/// The records hide what texts say.
constexpr const char* hidden = "<text>";

/// A recorded answer as an error.
FlowsAPIError recorded(const std::string& call, const std::string& which) {
  const auto answer = globus_sdk_test::recorded_answer(call, which);
  return FlowsAPIError(Answer{.status = answer.status,
                              .headers = {{"Content-Type", "application/json"}},
                              .body = answer.body});
}

/// Every recorded error of Flows has its code in `error`, and a text or a list in its `detail`.
TEST(FlowsAPIError, ReadsEveryRecordedError) {
  int errors = 0;
  const auto records = globus_sdk_test::load_records("answers.json");
  for (const auto& answer : records.at("answers").as_array()) {
    if (answer.at("service") != "flows" || answer.at("status").to_number<int>() < 400) continue;
    const auto& error = answer.at("body").at("error");
    const auto* const list = error.at("detail").if_array();
    const FlowsAPIError read = recorded(std::string(answer.at("answer_of").as_string()),
                                        std::string(answer.at("case").as_string()));
    EXPECT_EQ(read.code(), error.at("code").as_string()) << answer;
    EXPECT_EQ(read.messages(), Texts(list == nullptr ? 1 : list->size(), hidden)) << answer;
    EXPECT_EQ(read.errors().size(), 1u) << answer;
    ++errors;
  }
  EXPECT_EQ(errors, 14);
}

TEST(FlowsAPIError, HasAMessageForEachMistake) {
  const FlowsAPIError error = recorded("flows.create_flow", "bad_admin_principal_error");
  EXPECT_EQ(error.http_status(), 422);
  EXPECT_EQ(error.code(), "UNPROCESSABLE_ENTITY");
  EXPECT_EQ(error.messages(), (Texts{hidden, hidden}));
  const JsonView detail = *error.errors().front().get("detail");
  EXPECT_EQ(detail[1]["loc"][0], "flow_administrators");
  EXPECT_EQ(detail[1]["loc"][1].as<int>(), 1);
  EXPECT_EQ(error.debug_id(), "cf71b1d1-ab7e-48b1-8c54-764201d28ded");
}

TEST(FlowsAPIError, AsksForALogin) {
  const FlowsAPIError error = recorded("flows.get_web_input", "auth_policy_required");
  EXPECT_EQ(error.code(), "AUTHENTICATION_POLICY_REQUIRED");
  EXPECT_THAT(error.info().authorization_parameters.session_required_policies.value(),
              testing::ElementsAre("6f2c1d7e-3b4a-4a5e-9f0f-8f2a1b7c4d9e"));
}

TEST(FlowsAPIError, HasNoDebugIdWhereTheAnswerHasNone) {
  EXPECT_EQ(recorded("flows.get_web_input", "not_found").debug_id(), "");
  EXPECT_EQ(FlowsAPIError(Answer{.status = 502, .body = "<html>"}).debug_id(), "");
  EXPECT_EQ(FlowsAPIError(Answer{.status = 500, .body = R"({"debug_id": 7})"}).debug_id(), "");
}

TEST(FlowsAPIError, IsWhatBothClientsThrow) {
  const auto conflict = globus_sdk_test::recorded_answer("flows.delete_run", "conflict");
  auto [connection, simulation] = simulate(detail::service_of<FlowsClient>);
  simulation->answer = in_turn({simulated_answer(conflict.status, conflict.body)});
  EXPECT_THROW(BasicFlowsClient<Simulated>(connection).delete_run("a-run"), FlowsAPIError);
  auto [other, network] = simulate(detail::service_of<SpecificFlowClient>);
  network->answer = in_turn({simulated_answer(conflict.status, conflict.body)});
  EXPECT_THROW(BasicSpecificFlowClient<Simulated>(other).resume_run("a-run"), FlowsAPIError);
}

}  // namespace
}  // namespace globus_sdk
