// SPDX-License-Identifier: Apache-2.0
// The example of a function that runs on an endpoint, against recorded answers of Compute.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "support/program.hpp"
#include "support/recorded_answers.hpp"
#include "support/scoped_folder.hpp"

namespace {

using globus_sdk_test::recorded_answer_to;
using globus_sdk_test::RecordedAnswer;
using globus_sdk_test::RecordedRequest;
using globus_sdk_test::RecordingServer;
using globus_sdk_test::ScopedFolder;
using programs::Program;
using testing::HasSubstr;

// those of the answers
const std::string endpoint_id = "4c134d00-e7c3-11f1-9dac-02fc00000001";
const std::string function_id = "4c134e90-e7c3-11f1-9dac-02fc00000001";
const std::string task_path = "/v2/tasks/4c135066-e7c3-11f1-9dac-02fc00000001";

std::string text_file(const ScopedFolder& folder, const std::string& name,
                      const std::string& content) {
  const auto file = folder.path / name;
  std::ofstream(file) << content;
  return file.string();
}

/// The example, its files, and the service that it asks.
class ComputeExample : public testing::Test {
 protected:
  /// Runs it; the state of its task is first this answer, and then the recorded one.
  void run(const RecordedAnswer& first_state, int status) {
    bool is_first = true;
    const RecordingServer server([&](const RecordedRequest& request) {
      if (request.target == task_path && std::exchange(is_first, false)) return first_state;
      return recorded_answer_to(request, "compute");
    });
    Program program(
        {std::string(GLOBUS_SDK_EXAMPLES_DIR) + "/compute", endpoint_id,
         text_file(folder, "code", "04\nY29kZQ=="), text_file(folder, "arguments", "00\ngASVBA==")},
        {{"GLOBUS_SDK_SERVICE_URL_COMPUTE", server.url()},
         {"GLOBUS_SANDBOX_COMPUTE_TOKEN", "a-token"}});
    EXPECT_EQ(program.finish(), status) << program.output();
    output = program.output();
    requests = server.requests();
  }

  ScopedFolder folder;
  std::string output;
  std::vector<RecordedRequest> requests;
};

TEST_F(ComputeExample, RegistersAFunctionCallsItAndWaitsForTheResult) {
  run({200, R"({"status": "waiting-for-nodes"})"}, 0);
  EXPECT_EQ(output, "10000\n");
  ASSERT_EQ(requests.size(), 4U);
  EXPECT_EQ(requests[0].target, "/v3/functions");
  EXPECT_EQ(
      boost::json::parse(requests[0].body),
      boost::json::parse(R"({"function_name": "my_function", "function_code": "04\nY29kZQ=="})"));
  EXPECT_EQ(requests[1].target, "/v3/endpoints/" + endpoint_id + "/submit");
  EXPECT_EQ(boost::json::parse(requests[1].body),
            boost::json::parse(R"({"tasks": {")" + function_id + R"(": ["00\ngASVBA=="]}})"));
  EXPECT_EQ(requests[2].target, task_path);
  EXPECT_EQ(requests[3].target, task_path);
}

TEST_F(ComputeExample, SaysWhyAFunctionHasFailed) {
  run({200, R"({"status": "failed", "exception": "ZeroDivisionError"})"}, 1);
  EXPECT_EQ(output, "the function has failed: ZeroDivisionError\n");
}

TEST_F(ComputeExample, SaysWhatComputeRefuses) {
  run({404, R"({"code": "TASK_NOT_FOUND", "message": "no such task"})"}, 1);
  EXPECT_THAT(output, HasSubstr("Compute refuses: no such task"));
}

TEST(ComputeExampleUsage, IsSaid) {
  Program program({std::string(GLOBUS_SDK_EXAMPLES_DIR) + "/compute"});
  EXPECT_EQ(program.finish(), 2);
  EXPECT_EQ(program.output(), "usage: compute ENDPOINT CODE ARGUMENTS\n");
}

}  // namespace
