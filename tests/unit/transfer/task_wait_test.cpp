// SPDX-License-Identifier: Apache-2.0
// How long a wait for a task takes, on a simulated network whose clock only moves with requests and
// sleeps.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/literals.hpp"
#include "globus_sdk/transfer/transfer_client.hpp"
#include "support/simulated_mode.hpp"
#include "transfer/transfer_operations.hpp"

namespace globus_sdk {
namespace {

using std::chrono::milliseconds;

/// A Transfer whose one task is ACTIVE until `ends_at`.
struct World {
  explicit World(milliseconds round_trip, milliseconds ends_at = milliseconds::max()) {
    auto [connection, simulated] = simulate(detail::service_of<TransferClient>);
    simulation = simulated;
    simulation->round_trip = round_trip;
    simulation->answer = [world = simulation.get(), ends_at](const detail::OutgoingRequest&) {
      return simulated_answer(200, world->clock < ends_at
                                       ? R"({"status": "ACTIVE", "faults": 1, "DATA": []})"
                                       : R"({"status": "SUCCEEDED", "faults": 1, "DATA": []})");
    };
    client.emplace(connection);
  }

  std::shared_ptr<Simulation> simulation;
  std::optional<BasicTransferClient<Simulated>> client;
};

TEST(TaskWait, ADeadlineThatComesBeforeTheTimeoutEndsTheWaitWithAnError) {
  World world(20ms);
  const auto client = world.client->with({.deadline = 2s});
  try {
    client.task_wait("a-task", {.timeout = 6s, .polling_interval = 1s});
    FAIL() << "no exception";
  } catch (const GlobusTimeoutError& error) {
    EXPECT_NE(std::string(error.what()).find("deadline"), std::string::npos);
    EXPECT_NE(std::string(error.what()).find("a-task"), std::string::npos);
  }
  EXPECT_LE(world.simulation->clock, 2s);
  EXPECT_GE(world.simulation->requests.size(), 2u);
}

TEST(TaskWait, ATimeoutThatComesBeforeTheDeadlineIsFalse) {
  World world(20ms);
  const auto client = world.client->with({.deadline = 6s});
  EXPECT_FALSE(client.task_wait("a-task", {.timeout = 2s, .polling_interval = 1s}));
  EXPECT_LE(world.simulation->clock, 2s);
}

TEST(TaskWait, ASlowAnswerDoesNotOutlastTheTimeout) {
  World world(20ms);
  const auto quick = world.simulation->answer;
  world.simulation->answer = [&world, quick](const detail::OutgoingRequest& request) {
    world.simulation->round_trip = 20s;  // from the second look on
    return quick(request);
  };
  const TaskWaitResult result =
      world.client->task_wait("a-task", {.timeout = 3s, .polling_interval = 1s});
  EXPECT_FALSE(result);
  EXPECT_EQ(result.task()["status"], "ACTIVE");
  EXPECT_LE(world.simulation->clock, 3s);
}

TEST(TaskWait, AFirstAnswerThatIsTooSlowIsFalseWithoutATask) {
  World world(20s);
  const TaskWaitResult result = world.client->task_wait("a-task", {.timeout = 3s});
  EXPECT_FALSE(result);
  EXPECT_FALSE(result.fault());
  EXPECT_THROW(result.task(), GlobusError);
  EXPECT_LE(world.simulation->clock, 3s);
}

TEST(TaskWait, TheLookForAFaultIsWithinTheTimeoutToo) {
  World world(20ms);
  const auto quick = world.simulation->answer;
  world.simulation->answer = [&world, quick](const detail::OutgoingRequest& request) {
    world.simulation->round_trip = 20s;  // that of the events
    return quick(request);
  };
  const TaskWaitResult result =
      world.client->task_wait("a-task", {.timeout = 3s, .end_on_fault = true});
  EXPECT_FALSE(result);
  EXPECT_EQ(result.task()["status"], "ACTIVE");
  EXPECT_LE(world.simulation->clock, 3s);
}

TEST(TaskWait, ARetryThatTheTimeoutCutsIsFalse) {
  for (const detail::Outcome& trouble : std::vector<detail::Outcome>{
           simulated_answer(503, "{}", {{"Retry-After", "5"}}),
           NetworkFailure{.kind = NetworkFailure::Kind::connection, .message = "reset"}}) {
    World world(20ms);
    const auto quick = world.simulation->answer;
    world.simulation->answer = [&](const detail::OutgoingRequest& request) {
      return world.simulation->clock < 500ms ? quick(request) : trouble;
    };
    const TaskWaitOptions options{.timeout = 3s, .polling_interval = 1s};
    const TaskWaitResult result = world.client->task_wait("a-task", options);
    EXPECT_FALSE(result);
    EXPECT_EQ(result.task()["status"], "ACTIVE");
    EXPECT_LE(world.simulation->clock, 3s);
    world.simulation->clock = 0ms;
    const auto hurried = world.client->with({.deadline = 2s});
    EXPECT_THROW(hurried.task_wait("a-task", options), GlobusTimeoutError) << "this is an error";
  }
}

TEST(TaskWait, ADeadlineIsForTheWaitAndNotForEachLook) {
  World world(800ms);
  const auto client = world.client->with({.deadline = 3s});
  EXPECT_THROW(client.task_wait("a-task", {.timeout = 60s, .polling_interval = 1s}),
               GlobusTimeoutError);
  EXPECT_LE(world.simulation->clock, 3s);
}

TEST(TaskWait, ADeadlineAtEndsTheWaitWithAnError) {
  World world(20ms);
  world.simulation->clock = 1s;
  const auto client = world.client->with(
      {.deadline_at = std::chrono::steady_clock::time_point(std::chrono::seconds(4))});
  EXPECT_THROW(client.task_wait("a-task", {.timeout = 60s, .polling_interval = 1s}),
               GlobusTimeoutError);
  EXPECT_LE(world.simulation->clock, 4s);
  EXPECT_GE(world.simulation->requests.size(), 2u);
}

TEST(TaskWait, ATimeoutBeyondTheClockIsNone) {
  World world(20ms, 0ms);
  EXPECT_TRUE(world.client->task_wait("a-task", {.timeout = milliseconds::max()}));
}

TEST(TaskWait, ATimeoutOfLessThanASecondIsTaken) {
  World ended(20ms, 0ms);
  EXPECT_TRUE(ended.client->task_wait("a-task", {.timeout = 200ms}));
  World active(20ms);
  EXPECT_FALSE(active.client->task_wait("a-task", {.timeout = 200ms}));
  EXPECT_LE(active.simulation->clock, 200ms);
}

TEST(TaskWait, ATaskThatEndsShortlyBeforeTheTimeoutIsSeen) {
  World world(20ms, 8s);
  EXPECT_TRUE(world.client->task_wait("a-task", {.timeout = 10s, .polling_interval = 60s}));
  EXPECT_EQ(world.simulation->requests.size(), 2u);
  EXPECT_LE(world.simulation->clock, 10s);
}

TEST(TaskWait, ASuspendedTaskEndsTheWaitAtOnce) {
  World world(20ms);
  world.simulation->answer = [](const detail::OutgoingRequest&) {
    return simulated_answer(200, R"({"status": "INACTIVE", "nice_status": "CREDENTIALS_EXPIRED"})");
  };
  const TaskWaitResult result = world.client->task_wait("a-task", {.timeout = 10min});
  EXPECT_TRUE(result);
  EXPECT_EQ(result.task()["status"], "INACTIVE");
  EXPECT_FALSE(result.fault()) << "only end_on_fault looks for one";
  EXPECT_EQ(world.simulation->requests.size(), 1u);
}

/// Answers looks at the task and at its events, each with a document.
void answer_with(World& world, const std::string& task, const std::string& events) {
  world.simulation->answer = [task, events](const detail::OutgoingRequest& request) {
    const bool of_events = request.url.find("event_list") != std::string::npos;
    return simulated_answer(200, of_events ? events : task);
  };
}

TEST(TaskWait, ATaskThatWentWellInTheEndHasNoFaultAnyMore) {
  World world(20ms);
  answer_with(world, R"({"status": "SUCCEEDED", "nice_status": null, "faults": 1})",
              R"({"DATA": [{"code": "FILE_NOT_FOUND", "is_error": true}]})");
  const TaskWaitResult result = world.client->task_wait("a-task", {.end_on_fault = true});
  EXPECT_TRUE(result);
  EXPECT_FALSE(result.fault());
}

TEST(TaskWait, ATaskThatIsNotSuspendedHasItsCredentials) {
  const std::string events = R"({"DATA": [{"code": "CREDENTIALS_EXPIRED", "is_error": true}]})";
  World world(20ms);
  answer_with(world, R"({"status": "ACTIVE", "nice_status": "OK", "faults": 1})", events);
  const TaskWaitOptions options{.timeout = 3s, .polling_interval = 1s, .end_on_fault = true};
  EXPECT_FALSE(world.client->task_wait("a-task", options).fault());
  answer_with(world, R"({"status": "INACTIVE", "nice_status": null, "faults": 1})", events);
  EXPECT_TRUE(world.client->task_wait("a-task", options).fault());
}

TEST(TaskWait, ErrorsOfALookReachTheCaller) {
  World world(20ms);
  world.simulation->answer = in_turn({simulated_answer(404, R"({"code": "TaskNotFound"})")});
  EXPECT_THROW(world.client->task_wait("a-task", {.timeout = 3s}), TransferAPIError);
}

TEST(TaskWait, AServiceThatIsDownForTheWholeWaitIsAnError) {
  World world(20ms);
  world.simulation->answer = in_turn({simulated_answer(503)});
  EXPECT_THROW(world.client->task_wait("a-task", {.timeout = 3s}), TransferAPIError);
  EXPECT_LE(world.simulation->clock, 3s);
}

}  // namespace
}  // namespace globus_sdk
