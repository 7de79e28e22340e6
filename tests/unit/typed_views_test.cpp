// SPDX-License-Identifier: Apache-2.0
// The typed views of the services' documents. (tests/wire compares every member of every view with
// the recorded answers.)
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "globus_sdk/core/globus_error.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/flows/run.hpp"
#include "globus_sdk/groups/group.hpp"
#include "globus_sdk/search/search_result.hpp"
#include "globus_sdk/timers/timer.hpp"
#include "globus_sdk/transfer/endpoint.hpp"
#include "globus_sdk/transfer/file_entry.hpp"
#include "globus_sdk/transfer/iterable_transfer_response.hpp"
#include "globus_sdk/transfer/task.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;
using namespace std::chrono_literals;
using testing::HasSubstr;

GlobusHTTPResponse response(std::string body) {
  Answer answer;
  answer.status = 200;
  answer.body = std::move(body);
  return GlobusHTTPResponse(answer);
}

IterableTransferResponse listing(const std::string& items) {
  return IterableTransferResponse(response(R"({"DATA": [)" + items + "]}"));
}

constexpr const char* two_tasks = R"(
    {"task_id": "t1", "type": "TRANSFER", "status": "SUCCEEDED", "bytes_transferred": 9007199254740993,
     "request_time": "2026-01-02T03:04:05+00:00", "completion_time": "2026-01-02T03:05:05+00:00",
     "label": null, "fatal_error": null, "is_paused": false},
    {"task_id": "t2", "type": "DELETE", "status": "FAILED", "bytes_transferred": 0,
     "request_time": "2026-01-02T03:04:05+00:00", "completion_time": null, "label": "nightly",
     "fatal_error": {"code": "FILE_NOT_FOUND", "description": "no such file", "line": 7}})";

TEST(TypedViews, ReadATask) {
  const Task task{listing(two_tasks)["DATA"][0]};
  EXPECT_EQ(task.task_id, "t1");
  EXPECT_TRUE(task.status == TaskStatus::succeeded);
  EXPECT_TRUE(task.type == TaskType::transfer);
  const std::int64_t bytes = task.bytes_transferred;
  EXPECT_EQ(bytes, 9007199254740993);
  EXPECT_EQ(*task.completion_time - *task.request_time, 1min);
  EXPECT_FALSE(task.label);
  EXPECT_FALSE(task.fatal_error);
  EXPECT_FALSE(task.is_paused);
}

/// What a view does not know is in its document.
TEST(TypedViews, KeepUnknownMembers) {
  const auto page = listing(two_tasks);
  const Task task{page["DATA"][1]};
  EXPECT_EQ(task.fatal_error->code, "FILE_NOT_FOUND");
  EXPECT_EQ(task.fatal_error->document["line"], 7);
  EXPECT_TRUE(task.document.is_same_place(page["DATA"][1]));
}

/// `for (auto item : tc.task_list())`: the response is gone before the items are used.
TEST(TypedViews, OfItemsOfATemporaryResponse) {
  std::vector<Task> tasks;
  for (auto item : listing(two_tasks)) tasks.push_back(Task{item});
  for (auto item : listing(two_tasks)) {
    const Task task{item};
    tasks.push_back(task);
  }
  ASSERT_EQ(tasks.size(), 4u);
  EXPECT_EQ(tasks[3].label, "nightly");
  EXPECT_EQ(tasks[3].document["fatal_error"]["line"], 7);
}

TEST(TypedViews, OfATemporaryResponse) {
  EXPECT_EQ(Task{response(R"({"task_id": "t"})")}.task_id, "t");
  const std::string label = Task{response(R"({"label": "a label that is long enough"})")}.label;
  EXPECT_EQ(label, "a label that is long enough");
  EXPECT_EQ(Task{response(R"({"task_id": "t", "new": 1})")}.document["new"], 1);
  EXPECT_EQ(FileEntry{response(R"({"DATA": [{"name": "x"}]})")["DATA"][0]}.name, "x");
}

/// A document that was asked for with `fields`.
TEST(TypedViews, OfADocumentThatLacksMembers) {
  const Task task{response(R"({"task_id": "t", "label": "x"})")};
  EXPECT_EQ(task.label, "x");
  EXPECT_FALSE(task.status.has_value());
  EXPECT_FALSE(task.status == TaskStatus::active);
  try {
    const std::int64_t bytes = task.bytes_transferred;
    ADD_FAILURE() << bytes;
  } catch (const JsonError& error) {
    EXPECT_THAT(error.what(), HasSubstr("\"bytes_transferred\""));
  }
}

TEST(TypedViews, NameAMemberOfAnotherType) {
  const auto page = listing(R"({"name": "a", "size": 1}, {"name": "b", "size": "2"})");
  const FileEntry entry{page["DATA"][0]};
  EXPECT_EQ(entry.size, 1);
  try {
    const FileEntry other{page["DATA"][1]};
    ADD_FAILURE() << other.name;
  } catch (const JsonError& error) {
    EXPECT_STREQ(error.what(), R"(["DATA"][1]["size"]: not an integer but a string)");
  }
}

TEST(TypedViews, AreOfObjectsOnly) {
  for (const std::string body : {"[]", "null", "\"task\"", "1"}) {
    EXPECT_THROW(Task{response(body)}, JsonError) << body;
    EXPECT_THROW(Group{response(body)}, JsonError) << body;
  }
  EXPECT_THROW(Task{response("no JSON")}, JsonError);
}

/// The switch names every status that there is; a compiler warns where one is missing.
std::string told(const Task& task) {
  const auto status = task.status->known();
  if (!status) return "something newer: " + task.status->str();
  switch (*status) {
    case TaskStatus::active:
      return "under way";
    case TaskStatus::inactive:
      return "suspended";
    case TaskStatus::succeeded:
      return "done";
    case TaskStatus::failed:
      return "failed";
  }
  return "never here";
}

TEST(TypedViews, NewerEnumerators) {
  EXPECT_EQ(told(Task{response(R"({"status": "SUCCEEDED"})")}), "done");
  EXPECT_EQ(told(Task{response(R"({"status": "HIBERNATING"})")}), "something newer: HIBERNATING");
  EXPECT_EQ(FileEntry{response(R"({"type": "door"})")}.type->str(), "door");
  EXPECT_EQ(Endpoint{response(R"({"entity_type": "GCSv4_host"})")}.entity_type->str(),
            "GCSv4_host");
}

TEST(TypedViews, OfASymbolicLink) {
  const FileEntry entry{response(R"({
      "DATA_TYPE": "file", "name": "latest", "type": "file", "size": 10, "permissions": "0644",
      "last_modified": "2026-01-02 03:04:05+00:00", "user": "ada", "group": "1000",
      "link_target": "run-7.dat", "link_size": 9, "link_last_modified": "2026-01-03 00:00:00+00:00",
      "link_user": "bob", "link_group": "users"})")};
  EXPECT_TRUE(entry.type == FileType::file);
  EXPECT_EQ(entry.last_modified, std::chrono::sys_seconds(1767323045s));
  EXPECT_EQ(entry.link_target, "run-7.dat");
  EXPECT_EQ(entry.link_size, 9);
  EXPECT_TRUE(entry.link_last_modified > entry.last_modified);
  EXPECT_EQ(entry.link_user, "bob");
}

TEST(TypedViews, OfAGroupAndItsMemberships) {
  const Group group{response(R"({
      "id": "g", "name": "n", "group_type": "plus", "enforce_session": true, "session_limit": 1800,
      "my_memberships": [
        {"group_id": "g", "identity_id": "i", "username": "u", "role": "admin", "status": "active"},
        {"group_id": "g", "identity_id": "j", "username": "v", "role": "owner", "status": "left"}],
      "policies": {"join_requests": false}})")};
  EXPECT_TRUE(group.group_type == GroupType::plus);
  ASSERT_EQ(group.my_memberships->size(), 2u);
  const GroupMembership& first = group.my_memberships->front();
  EXPECT_TRUE(first.role == GroupRole::admin);
  EXPECT_TRUE(first.status == GroupMembershipStatus::active);
  EXPECT_EQ(group.my_memberships->back().role->str(), "owner");
  EXPECT_FALSE(group.memberships.has_value());
  EXPECT_EQ((*group.policies)["join_requests"], false);
}

/// A list that was not asked for is not an empty one.
TEST(TypedViews, OfAListThatIsNotThere) {
  const Group group{response(R"({"id": "g"})")};
  const auto go_over = [&group] {
    for (const GroupMembership& membership : *group.memberships) ADD_FAILURE() << membership.role;
  };
  EXPECT_THROW(go_over(), JsonError);
}

TEST(TypedViews, OfASearch) {
  const SearchResult found{response(R"({
      "count": 1, "offset": 0, "total": 10000000000, "has_next_page": true,
      "gmeta": [{"subject": "s", "entries": [
        {"content": {"foo": "bar"}, "entry_id": null, "matched_principal_sets": ["x"]}]}],
      "facet_results": [{"name": "f", "buckets": []}]})")};
  EXPECT_EQ(found.total, 10000000000);
  EXPECT_TRUE(found.has_next_page);
  const GMetaResult& result = found.gmeta->front();
  EXPECT_EQ(result.subject, "s");
  EXPECT_EQ((*result.entries->front().content)["foo"], "bar");
  EXPECT_FALSE(result.entries->front().entry_id);
  EXPECT_EQ((*found.facet_results)[0]["name"], "f");
}

TEST(TypedViews, OfARun) {
  const globus_sdk::Run run{response(R"({
      "run_id": "r", "status": "INACTIVE", "start_time": "2026-01-02T03:04:05.711845+00:00",
      "tags": ["a", "b"], "details": {"code": "ConsentRequired"}})")};
  EXPECT_TRUE(run.status == RunStatus::inactive);
  EXPECT_EQ(run.start_time, std::chrono::sys_seconds(1767323045s));
  EXPECT_FALSE(run.completion_time);
  EXPECT_EQ(*run.tags, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ((*run.details)["code"], "ConsentRequired");
}

/// Both forms of a timer, and the answer that has it in a member.
TEST(TypedViews, OfATimer) {
  const Timer made{response(R"({"timer": {
      "job_id": "j", "status": "new", "timer_type": "transfer", "number_of_runs": 2,
      "number_of_errors": 1, "next_run": null, "schedule": {"type": "once"}}})")};
  EXPECT_EQ(made.job_id, "j");
  EXPECT_TRUE(made.status == TimerStatus::new_);
  EXPECT_TRUE(made.timer_type == TimerType::transfer);
  EXPECT_EQ(made.number_of_runs, 2);
  EXPECT_EQ(made.number_of_errors, 1);
  EXPECT_FALSE(made.next_run);
  const Timer older{response(
      R"({"job_id": "k", "status": "loaded", "n_runs": 3, "n_errors": 0, "interval": 864000.0})")};
  EXPECT_EQ(older.number_of_runs, 3);
  EXPECT_EQ(older.number_of_errors, 0);
  EXPECT_EQ(older.interval, 864000);
  EXPECT_FALSE(older.timer_type);
}

}  // namespace
}  // namespace globus_sdk_test
