// SPDX-License-Identifier: Apache-2.0
// What docs/guide/timers.md shows beside its first program, compiled, and run against recorded
// answers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <string>
#include <vector>

#include "support/recorded_answers.hpp"

using namespace globus_sdk;

namespace {

const std::string client_id = "5f83b5a0-0000-4000-8000-000000000000";
const std::string collection_id = "11111111-1111-4111-8111-111111111111";
const std::string flow_id = "22222222-2222-4222-8222-222222222222";
const std::string job_id = "4c18938c-e7c3-11f1-9dac-02fc00000001";  // that of the answers

UserApp app_in_memory() {
  return UserApp("an app", {.client_id = client_id, .config = {.token_storage = "memory"}});
}

/// Timers as it was recorded.
class TimersGuide : public testing::Test {
 protected:
  std::vector<std::string> sent() const {
    std::vector<std::string> lines;
    for (const auto& request : server.requests()) {
      lines.push_back(request.method + ' ' + request.target + ' ' + request.body);
    }
    return lines;
  }

  globus_sdk_test::RecordingServer server{
      [](const auto& request) { return globus_sdk_test::recorded_answer_to(request, "timer"); }};
  TimersClient timers{AccessTokenAuthorizer("an-access-token"), {.base_url = server.url()}};
};

TEST(TimersGuidePage, Schedules) {
  const auto deadline = std::chrono::sys_seconds(1767323045s);
  //! [schedules]
  const OnceTimerSchedule now;
  const OnceTimerSchedule then{{.datetime = "2026-12-24T18:00:00+01:00"}};
  const RecurringTimerSchedule daily{24h};
  const RecurringTimerSchedule ten_times{
      10min, {.end = {{"condition", "iterations"}, {"iterations", 10}}}};
  const Json end = {{"condition", "time"}, {"datetime", Timestamp(deadline).iso_seconds()}};
  const RecurringTimerSchedule until_then{7 * 24h, {.end = end}};
  //! [schedules]
  EXPECT_EQ(now.document(), Json::parse(R"({"type": "once"})"));
  EXPECT_EQ(then.document().view()["datetime"], "2026-12-24T18:00:00+01:00");
  EXPECT_EQ(daily.document().view()["interval_seconds"], 86400);
  EXPECT_EQ(ten_times.document().view()["end"]["iterations"], 10);
  EXPECT_EQ(until_then.document().view()["end"]["datetime"], "2026-01-02T03:04:05+00:00");
}

TEST(TimersGuidePage, Consents) {
  const UserApp app = app_in_memory();
  //! [consents]
  TimersClient timers{app};
  timers.add_app_transfer_data_access_scope(collection_id);  // of a mapped collection
  timers.add_app_flow_user_scope(flow_id);
  //! [consents]
  const std::string required =
      ScopeParser::serialize(app.scope_requirements().at(TimersScopes.resource_server));
  EXPECT_THAT(required, testing::HasSubstr(collection_id + "/data_access"));
  EXPECT_THAT(required, testing::HasSubstr(flow_id + "/flow_"));
}

TEST_F(TimersGuide, LooksAfterTimers) {
  testing::internal::CaptureStdout();
  //! [look-after]
  for (auto job : timers.list_jobs()["jobs"])
    std::cout << job["job_id"] << " is " << job["status"] << ", next " << job["next_run"] << '\n';

  timers.pause_job(job_id);
  timers.resume_job(job_id);
  timers.update_job(job_id, {{"name", "my backup, the old one"}});
  timers.delete_job(job_id);
  //! [look-after]
  EXPECT_EQ(testing::internal::GetCapturedStdout(),
            job_id + " is loaded, next 2022-04-11T19:30:00+00:00\n");
  EXPECT_THAT(sent(), testing::ElementsAre(
                          "GET /jobs/ ", "POST /jobs/" + job_id + "/pause ",
                          "POST /jobs/" + job_id + "/resume {}",
                          "PATCH /jobs/" + job_id + R"( {"name":"my backup, the old one"})",
                          "DELETE /jobs/" + job_id + " "));
}

void mend(const TimersClient& timers, const UserApp& app) {
  //! [mend]
  const auto job = timers.get_job(job_id);
  if (const auto detail = job["inactive_reason"].get("detail")) {
    if (const auto gare = to_gare(*detail)) {
      app.login({.auth_params = gare->authorization_parameters});
      timers.resume_job(job_id, {.update_credentials = true});
    }
  }
  //! [mend]
}

TEST_F(TimersGuide, MendsNothingWhereNothingIsWrong) {
  mend(timers, app_in_memory());
  EXPECT_THAT(sent(), testing::ElementsAre("GET /jobs/" + job_id + " "));
}

TEST(TimersGuidePage, AnInactiveTimerSaysWhatALoginMustBring) {
  const auto answer = globus_sdk_test::recorded_answer("timer.get_job", "inactive_gare");
  const Json job = Json::parse(answer.body);
  const auto gare = to_gare(job.view()["inactive_reason"]["detail"]);
  ASSERT_TRUE(gare);
  EXPECT_EQ(gare->code, "ConsentRequired");
  EXPECT_TRUE(gare->authorization_parameters.required_scopes);
}

TEST_F(TimersGuide, RunsAFlow) {
  const OnceTimerSchedule schedule;
  //! [flow]
  const FlowTimer timer{flow_id, schedule, {{"body", {{"path", "/data/"}}}}, {.name = "my flow"}};
  const std::string id = timers.create_timer(timer)["timer"]["job_id"];
  //! [flow]
  EXPECT_EQ(id, job_id);
  ASSERT_EQ(server.requests().size(), 1U);
  EXPECT_EQ(Json::parse(server.requests().front().body), (Json{{"timer", timer.document()}}));
}

}  // namespace
