// SPDX-License-Identifier: Apache-2.0
// What docs/guide/flows.md shows beside its first program, compiled, and run against recorded
// answers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "support/recorded_answers.hpp"

using namespace globus_sdk;

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

const std::string client_id = "5f83b5a0-0000-4000-8000-000000000000";
const std::string collection_id = "11111111-1111-4111-8111-111111111111";
const std::string flow_id = "24bc4997-b483-4c25-a19c-64b0afc00743";  // that of the answers
const std::string run_id = "36ad9f9a-ad29-488f-beb4-c22ab729643a";   // likewise

UserApp app_in_memory() {
  return UserApp("an app", {.client_id = client_id, .config = {.token_storage = "memory"}});
}

/// Flows as it was recorded.
class FlowsGuide : public testing::Test {
 protected:
  std::vector<std::string> sent() const {
    std::vector<std::string> lines;
    for (const auto& request : server.requests()) {
      lines.push_back(request.method + ' ' + request.target + ' ' + request.body);
    }
    return lines;
  }

  globus_sdk_test::RecordingServer server{[](const globus_sdk_test::RecordedRequest& request) {
    // its answer was recorded for another web input
    const bool responds = request.target.ends_with("/respond");
    return responds ? globus_sdk_test::recorded_answer("flows.respond_to_web_input")
                    : globus_sdk_test::recorded_answer_to(request, "flows");
  }};
  FlowsClient flows{AccessTokenAuthorizer("t"), {.base_url = server.url()}};
  SpecificFlowClient flow{flow_id, AccessTokenAuthorizer("t"), {.base_url = server.url()}};
};

TEST(FlowsGuidePage, Apps) {
  const UserApp app = app_in_memory();
  //! [app]
  SpecificFlowClient flow{flow_id, app};  // the flow's own scope
  FlowsClient flows{app};                 // all of Flows
  flow.add_app_transfer_data_access_scope(collection_id);
  //! [app]
  EXPECT_EQ(app.scope_requirements().size(), 3U);
  EXPECT_THAT(app.scope_requirements().at(flow_id).values().back().str(),
              HasSubstr(collection_id + "/data_access"));
  EXPECT_EQ(flows.base_url(), flow.base_url());
}

TEST_F(FlowsGuide, Start) {
  //! [start]
  const Json input = {{"source_path", "/data/"}, {"destination_path", "/backup/"}};
  flow.validate_run(input);  // throws, with a message for each mistake
  auto run = flow.run_flow(
      input, {.label = "nightly",
              .tags = {"backup"},
              .activity_notification_policy =
                  RunActivityNotificationPolicy{{.status = {RunNotificationStatus::failed}}},
              .run_monitors = {"urn:globus:groups:id:c1dcd951-3f35-4ea3-9f28-a7cdeaf8b68f"}});
  //! [start]
  EXPECT_EQ(run["run_id"], run_id);
  ASSERT_EQ(sent().size(), 2U);
  EXPECT_THAT(sent().front(), StartsWith("POST /flows/" + flow_id + "/validate_run "));
  EXPECT_THAT(sent().back(),
              testing::AllOf(StartsWith("POST /flows/" + flow_id + "/run "),
                             HasSubstr(R"("activity_notification_policy":{"status":["FAILED"]})"),
                             HasSubstr(R"("tags":["backup"])")));
}

TEST_F(FlowsGuide, Lists) {
  testing::internal::CaptureStdout();
  //! [lists]
  const auto all = flows.paginated();
  for (auto mine : all.list_flows({.filter_roles = "flow_owner", .orderby = "title ASC"}).items())
    std::cout << mine["id"] << "  " << mine["title"] << '\n';
  for (auto run : all.list_runs({.filter_flow_id = flow_id}).items())
    std::cout << run["run_id"] << "  " << run["status"] << '\n';
  //! [lists]
  EXPECT_THAT(testing::internal::GetCapturedStdout(), StartsWith(flow_id + "  "));
  EXPECT_THAT(sent(), ElementsAre("GET /flows?filter_roles=flow_owner&orderby=title+ASC ",
                                  "GET /runs?filter_flow_id=" + flow_id + " "));
}

TEST_F(FlowsGuide, Manage) {
  //! [manage]
  auto run = flows.update_run(run_id, {.label = "the last one", .tags = {"backup", "2026"}});
  if (run["status"] == "ACTIVE") run = flows.cancel_run(run_id);
  flows.delete_run(run_id);  // with its log
  //! [manage]
  EXPECT_EQ(run["status"], "FAILED");
  EXPECT_EQ(sent().size(), 3U);
}

TEST_F(FlowsGuide, Author) {
  //! [author]
  const Json definition = {
      {"StartAt", "Wait"},
      {"States", {{"Wait", {{"Type", "Wait"}, {"Seconds", 60}, {"End", true}}}}},
  };
  const Json input_schema = {{"type", "object"}, {"additionalProperties", false}};
  flows.validate_flow(definition, {.input_schema = input_schema});
  auto made = flows.create_flow("A minute", definition, input_schema,
                                {.subtitle = "does nothing for a minute",
                                 .flow_viewers = {"public"},
                                 .flow_starters = {"all_authenticated_users"}});
  flows.update_flow(made["id"], {.keywords = {"waiting", "example"}});
  //! [author]
  ASSERT_EQ(sent().size(), 3U);
  EXPECT_THAT(sent().at(1), HasSubstr(R"("flow_starters":["all_authenticated_users"])"));
  EXPECT_EQ(sent().back(), "PUT /flows/" + flow_id + R"( {"keywords":["waiting","example"]})");
}

TEST_F(FlowsGuide, WebInputs) {
  //! [web-inputs]
  for (auto summary : flows.paginated().list_web_inputs({.filter_states = "open"}).items()) {
    const auto input = flows.get_web_input(summary["id"]);
    flows.respond_to_web_input(summary["id"], input["options"][0]["option_id"]);
  }
  //! [web-inputs]
  ASSERT_EQ(sent().size(), 3U);
  EXPECT_THAT(sent().back(),
              HasSubstr(R"({"response":{"value":"8f14e45f-ceea-467e-add1-6a6b672efe31"}})"));
}

TEST(FlowsGuidePage, Errors) {
  std::ostringstream shown;
  const auto show = [&shown](const FlowsAPIError& error) {
    //! [errors]
    for (const auto& message : error.messages()) shown << message << '\n';
    if (const auto detail = error.errors().front().get("detail"); detail && detail->is_array())
      for (auto mistake : *detail) shown << mistake["loc"] << ": " << mistake["msg"] << '\n';
    shown << "for the support: " << error.debug_id() << '\n';
    //! [errors]
  };
  const auto answer = globus_sdk_test::recorded_answer("flows.validate_flow", "definition_error");
  show(FlowsAPIError(Answer{.status = answer.status, .body = answer.body}));
  EXPECT_EQ(shown.str(),
            "<text>\n"
            "[\"definition\",\"States\",\"Step1\"]: <text>\n"
            "for the support: 41267e70-6788-4316-8b67-df7160166466\n");
}

}  // namespace
