// SPDX-License-Identifier: Apache-2.0
// What the records of the payload classes do not hold: classes in classes, times, what is refused.
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "globus_sdk/core/literals.hpp"
#include "globus_sdk/timers/timers_client.hpp"
#include "globus_sdk/transfer/transfer_data.hpp"
#include "unit/mistake.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

// 2026-01-02T03:04:05.25Z
const auto moment = std::chrono::sys_seconds(1767323045s) + 250ms;

TEST(TimerSchedules, TakeTimesAndTexts) {
  EXPECT_EQ(OnceTimerSchedule().document(), Json::parse(R"({"type": "once"})"));
  EXPECT_EQ(OnceTimerSchedule({.datetime = moment}).document(),
            Json::parse(R"({"type": "once", "datetime": "2026-01-02T03:04:05+00:00"})"));
  EXPECT_EQ(OnceTimerSchedule({.datetime = "2026-01-02T03:04:05.25-06:00"}).document(),
            Json::parse(R"({"type": "once", "datetime": "2026-01-02T03:04:05.25-06:00"})"));
  EXPECT_EQ(RecurringTimerSchedule(600, {.start = moment}).document(),
            Json::parse(R"({"type": "recurring", "interval_seconds": 600,
                            "start": "2026-01-02T03:04:05+00:00"})"));
}

TEST(TimerSchedules, TakeDurations) {
  EXPECT_EQ(RecurringTimerSchedule(24h).document(), RecurringTimerSchedule(86400).document());
  EXPECT_EQ(RecurringTimerSchedule(std::chrono::days(7)).document(),
            Json::parse(R"({"type": "recurring", "interval_seconds": 604800})"));
}

TEST(TimerSchedules, EndAfterRunsOrAtATime) {
  EXPECT_EQ(RecurringTimerSchedule(60, {.end = {{"condition", "iterations"}, {"iterations", 10}}})
                .document(),
            Json::parse(R"({"type": "recurring", "interval_seconds": 60,
                      "end": {"condition": "iterations", "iterations": 10}})"));
  const Json at_a_time = {{"condition", "time"}, {"datetime", Timestamp(moment).iso_seconds()}};
  EXPECT_EQ(RecurringTimerSchedule(60, {.end = at_a_time}).document(),
            Json::parse(R"({"type": "recurring", "interval_seconds": 60,
                "end": {"condition": "time", "datetime": "2026-01-02T03:04:05+00:00"}})"));
}

TEST(TransferTimer, TakesTheClassesAndLeavesTheSubmissionOut) {
  TransferData data("s", "d", {.label = "x", .submission_id = "an-id"});
  data.add_item("/a", "/b");
  const TransferTimer timer(RecurringTimerSchedule(24h), data, {.name = "nightly"});
  EXPECT_EQ(timer.document(), Json::parse(R"({
    "timer_type": "transfer", "name": "nightly",
    "schedule": {"type": "recurring", "interval_seconds": 86400},
    "body": {"DATA_TYPE": "transfer", "source_endpoint": "s", "destination_endpoint": "d",
             "label": "x", "DATA": [{"DATA_TYPE": "transfer_item", "source_path": "/a",
                                     "destination_path": "/b"}]}})"));
  EXPECT_EQ(data.submission_id(), "an-id") << "the data itself stay as they are";
}

TEST(TransferTimer, TakesDocuments) {
  const Json once = {{"type", "once"}};
  const TransferTimer timer(once, {{"submission_id", "an-id"},
                                   {"skip_activation_check", true},
                                   {"label", "x"},
                                   {"submission_id_of_another", "y"}});
  EXPECT_EQ(timer.document(), Json::parse(R"({
    "timer_type": "transfer", "schedule": {"type": "once"},
    "body": {"label": "x", "submission_id_of_another": "y"}})"));
}

TEST(FlowTimer, TakesTheClasses) {
  const FlowTimer timer("f", OnceTimerSchedule({.datetime = "2026-01-02"}),
                        {{"body", {{"input", 1}}}, {"submission_id", "kept"}});
  EXPECT_EQ(timer.document(), Json::parse(R"({
    "timer_type": "flow", "flow_id": "f", "schedule": {"type": "once", "datetime": "2026-01-02"},
    "body": {"body": {"input": 1}, "submission_id": "kept"}})"));
}

TEST(TimerJob, WritesTimesAndIntervalsAsPython) {
  const TimerJob job("https://actions.example/run", {{"body", Json::object()}}, moment, 90500ms,
                     {.stop_after = moment, .stop_after_n = 0});
  EXPECT_EQ(job.document(), Json::parse(R"({
    "callback_url": "https://actions.example/run", "callback_body": {"body": {}},
    "start": "2026-01-02T03:04:05.250000+00:00", "interval": 90,
    "stop_after": "2026-01-02T03:04:05.250000+00:00", "stop_after_n": 0})"));
  const TimerJob once("u", Json::object(), "2026-01-02T03:04:05", null);
  EXPECT_EQ(once.document(), Json::parse(R"({"callback_url": "u", "callback_body": {},
    "start": "2026-01-02T03:04:05", "interval": null})"));
}

TEST(BadInput, OfTimerSchedules) {
  EXPECT_TRUE(is_refused("tonight", [] { OnceTimerSchedule({.datetime = "tonight"}); }));
  EXPECT_TRUE(is_refused("tonight", [] { RecurringTimerSchedule(1, {.start = "tonight"}); }));
  EXPECT_TRUE(is_refused("interval_seconds", [] { RecurringTimerSchedule(-1); }));
  EXPECT_TRUE(is_refused("interval_seconds", [] { RecurringTimerSchedule(-24h); }));
  EXPECT_TRUE(is_refused("end", [] { RecurringTimerSchedule(1, {.end = "2026-01-02"}); }));
}

TEST(BadInput, OfTimers) {
  const OnceTimerSchedule once;
  const TransferData data("s", "d");
  EXPECT_TRUE(is_refused("schedule", [&] { TransferTimer(Json("daily"), data); }));
  EXPECT_TRUE(is_refused("body", [&] { TransferTimer(once, Json::array()); }));
  EXPECT_TRUE(is_refused("flow_id", [&] { FlowTimer("", once, Json::object()); }));
  EXPECT_TRUE(is_refused("schedule", [&] { FlowTimer("f", Json(), Json::object()); }));
  EXPECT_TRUE(is_refused("body", [&] { FlowTimer("f", once, Json(7)); }));
}

TEST(BadInput, OfTimerJob) {
  const Json body = Json::object();
  EXPECT_TRUE(is_refused("callback_url", [&] { TimerJob("", body, moment, 7s); }));
  EXPECT_TRUE(is_refused("callback_body", [&] { TimerJob("u", Json("x"), moment, 7s); }));
  EXPECT_TRUE(is_refused("tonight", [&] { TimerJob("u", body, "tonight", 7s); }));
  EXPECT_TRUE(is_refused("interval", [&] { TimerJob("u", body, moment, {}); }));
  EXPECT_TRUE(is_refused("interval", [&] { TimerJob("u", body, moment, -500ms); }));
  EXPECT_TRUE(
      is_refused("stop_after_n", [&] { TimerJob("u", body, moment, 7s, {.stop_after_n = -1}); }));
}

}  // namespace
}  // namespace globus_sdk_test
