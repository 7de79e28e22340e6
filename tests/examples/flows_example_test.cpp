// SPDX-License-Identifier: Apache-2.0
// The example that runs a flow, against answers of Flows that were recorded.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <string>
#include <vector>

#include "support/program.hpp"
#include "support/recorded_answers.hpp"

namespace {

using globus_sdk_test::recorded_answer;
using globus_sdk_test::RecordedAnswer;
using globus_sdk_test::RecordedRequest;
using programs::Program;
using testing::HasSubstr;

const std::string flow_id = "24bc4997-b483-4c25-a19c-64b0afc00743";
const std::string run_id = "36ad9f9a-ad29-488f-beb4-c22ab729643a";

/// Flows, where a run of that flow goes on for a while.
class FlowsExample : public testing::Test {
 protected:
  /// The example, once it has ended.
  std::string output_of(const std::vector<std::string>& arguments, int status) const {
    std::vector<std::string> command{std::string(GLOBUS_SDK_EXAMPLES_DIR) + "/flows"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    Program program(command, {{"GLOBUS_SDK_SERVICE_URL_FLOWS", server.url()},
                              {"GLOBUS_SANDBOX_FLOW_TOKEN", "token-of-the-flow"},
                              {"GLOBUS_SANDBOX_FLOWS_TOKEN", "token-of-flows"}});
    EXPECT_EQ(program.finish(), status) << program.output();
    return program.output();
  }
  /// The requests for a path, of whatever query.
  std::vector<RecordedRequest> requests(const std::string& path) const {
    auto found = server.requests();
    std::erase_if(found, [&path](const RecordedRequest& request) {
      return request.target.substr(0, request.target.find('?')) != path;
    });
    return found;
  }

  std::string how_it_starts = "default";

 private:
  RecordedAnswer answer(const RecordedRequest& request) {
    if (request.method == "POST") return recorded_answer("flows.run_flow", how_it_starts);
    if (request.target.find("/log") != std::string::npos) {
      return recorded_answer("flows.get_run_logs");
    }
    // under way at the first look, done at the second
    return recorded_answer(looks++ == 0 ? "flows.update_run" : "flows.get_run");
  }

  std::atomic<int> looks = 0;

 protected:
  globus_sdk_test::RecordingServer server{
      [this](const RecordedRequest& request) { return answer(request); }};
};

TEST_F(FlowsExample, FollowsARunToItsEnd) {
  EXPECT_EQ(output_of({flow_id, R"({"source_path": "/data/"})"}, 0),
            "run " + run_id +
                " has begun\n"
                "2023-04-25T18:54:30.683000+00:00  FlowStarted\n"
                "2023-04-25T18:54:30.715000+00:00  ActionStarted\n"
                "2023-04-25T18:54:31.850000+00:00  ActionCompleted\n"
                "2023-04-25T18:54:31.913000+00:00  FlowSucceeded\n"
                "now it is SUCCEEDED\n");
  const auto started = requests("/flows/" + flow_id + "/run");
  ASSERT_EQ(started.size(), 1u);
  EXPECT_EQ(started.front().header("authorization"), "Bearer token-of-the-flow");
  EXPECT_THAT(started.front().body, HasSubstr(R"("body":{"source_path":"/data/"})"));
  const auto looks_at_it = requests("/runs/" + run_id);
  EXPECT_EQ(looks_at_it.size(), 2u);
  EXPECT_EQ(looks_at_it.front().header("authorization"), "Bearer token-of-flows");
}

TEST_F(FlowsExample, SaysWhyARunDoesNotStart) {
  how_it_starts = "missing_scope_error";
  EXPECT_EQ(output_of({flow_id}, 1), "<text>\n");
  EXPECT_TRUE(requests("/runs/" + run_id).empty());
}

TEST_F(FlowsExample, WantsAFlowAndAnObject) {
  EXPECT_THAT(output_of({}, 2), HasSubstr("flow_id"));
  EXPECT_THAT(output_of({flow_id, "[1]"}, 2), HasSubstr("body"));
  EXPECT_THAT(output_of({flow_id, "{"}, 2), HasSubstr("JSON"));
  EXPECT_TRUE(server.requests().empty());
}

}  // namespace
