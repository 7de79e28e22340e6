// SPDX-License-Identifier: Apache-2.0
// The example of a nightly transfer, against recorded answers of Timers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <string>

#include "support/program.hpp"
#include "support/recorded_answers.hpp"

namespace {

using globus_sdk_test::recorded_answer;
using globus_sdk_test::recorded_answer_to;
using globus_sdk_test::RecordedAnswer;
using globus_sdk_test::RecordedRequest;
using globus_sdk_test::RecordingServer;
using programs::Program;
using testing::EndsWith;
using testing::HasSubstr;

/// The example, and the service that it asks.
Program start_timers(const RecordingServer& server) {
  return Program({std::string(GLOBUS_SDK_EXAMPLES_DIR) + "/timers"},
                 {{"GLOBUS_SDK_SERVICE_URL_TIMER", server.url()},
                  {"GLOBUS_SANDBOX_TIMERS_TOKEN", "a-token"},
                  {"GLOBUS_SANDBOX_COLLECTION_SOURCE", "a-source"},
                  {"GLOBUS_SANDBOX_COLLECTION_DESTINATION", "a-destination"}});
}

TEST(TimersExample, MakesATimerForEveryNight) {
  const RecordingServer server(
      [](const RecordedRequest& request) { return recorded_answer_to(request, "timer"); });
  Program program = start_timers(server);
  EXPECT_EQ(program.finish(), 0);
  EXPECT_EQ(program.output(),
            "timer 4c18938c-e7c3-11f1-9dac-02fc00000001 runs next at 2023-10-27T05:00:00+00:00\n");

  ASSERT_EQ(server.requests().size(), 1U);
  const RecordedRequest request = server.requests().front();
  EXPECT_EQ(request.method + ' ' + request.target, "POST /v2/timer");
  EXPECT_EQ(request.header("authorization"), "Bearer a-token");
  const auto timer = boost::json::parse(request.body).at("timer");
  EXPECT_EQ(timer.at("timer_type"), "transfer");
  EXPECT_EQ(timer.at("name"), "my backup");
  const auto& schedule = timer.at("schedule");
  EXPECT_EQ(schedule.at("interval_seconds"), 86400);
  EXPECT_EQ(schedule.at("end"),
            boost::json::parse(R"({"condition": "iterations", "iterations": 30})"));
  EXPECT_THAT(std::string(schedule.at("start").as_string()), EndsWith("T02:00:00+00:00"));
  const auto& body = timer.at("body");
  EXPECT_EQ(body.at("source_endpoint"), "a-source");
  EXPECT_EQ(body.at("DATA").as_array().size(), 1U);
}

TEST(TimersExample, SaysWhatTimersRefuses) {
  RecordedAnswer refusal = recorded_answer("timer.create_job", "validation_error");
  const RecordingServer server([&refusal](const RecordedRequest&) { return refusal; });
  Program program = start_timers(server);
  EXPECT_EQ(program.finish(), 1);
  EXPECT_THAT(program.output(), HasSubstr("there is no such timer: <text>: body.start; "));
}

TEST(TimersExample, NeedsItsVariables) {
  Program program({std::string(GLOBUS_SDK_EXAMPLES_DIR) + "/timers"});
  EXPECT_EQ(program.finish(), 2);
}

}  // namespace
