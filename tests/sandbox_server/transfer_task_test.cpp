// SPDX-License-Identifier: Apache-2.0
// Tasks as their owner sees and steers them: faults, deadlines, cancellation, pauses, lists,
// restarts, deletes.
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sandbox/base/time_text.hpp"
#include "sandbox/transfer/tasks/task_work.hpp"
#include "sandbox_server/transfer_fixture.hpp"

namespace globus_sandbox::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Tasks : public TransferTest {
 protected:
  void fill(const std::string& folder, int files, std::size_t size) {
    for (int i = 0; i < files; ++i)
      write_file(source / folder / ("file" + std::to_string(i)), std::string(size, 'x'));
  }
  static std::string soon(std::chrono::seconds in) { return to_spaced_text(current_time() + in); }
  std::vector<std::string> half_files() {
    std::vector<std::string> result;
    for (const auto& path : tree(destination))
      if (path.find(".part") != std::string::npos) result.push_back(path);
    return result;
  }
  Answer cancel(const std::string& id) { return post("task/" + id + "/cancel", nullptr); }
};

TEST_F(Tasks, DocumentHasTheFieldsOfGlobus) {
  write_file(source / "a", "1");
  const auto t = transfer({item("/a", "/a")});
  for (const auto* name : {"DATA_TYPE",
                           "bytes_checksummed",
                           "bytes_transferred",
                           "canceled_by_admin",
                           "canceled_by_admin_message",
                           "command",
                           "completion_time",
                           "deadline",
                           "delete_destination_extra",
                           "destination_base_path",
                           "destination_endpoint",
                           "destination_endpoint_display_name",
                           "destination_endpoint_id",
                           "destination_host_endpoint",
                           "destination_host_endpoint_display_name",
                           "destination_host_endpoint_id",
                           "destination_host_path",
                           "destination_local_user",
                           "destination_local_user_status",
                           "destination_mapped_collection_display_name",
                           "destination_mapped_collection_id",
                           "directories",
                           "effective_bytes_per_second",
                           "encrypt_data",
                           "fail_on_quota_errors",
                           "fatal_error",
                           "faults",
                           "files",
                           "files_skipped",
                           "files_transferred",
                           "filter_rules",
                           "history_deleted",
                           "is_ok",
                           "is_paused",
                           "label",
                           "nice_status",
                           "nice_status_details",
                           "nice_status_expires_in",
                           "nice_status_short_description",
                           "owner_id",
                           "owner_string",
                           "preserve_timestamp",
                           "recursive_symlinks",
                           "request_time",
                           "skip_source_errors",
                           "source_base_path",
                           "source_endpoint",
                           "source_endpoint_display_name",
                           "source_endpoint_id",
                           "source_local_user",
                           "status",
                           "subtasks_canceled",
                           "subtasks_expired",
                           "subtasks_failed",
                           "subtasks_pending",
                           "subtasks_retrying",
                           "subtasks_skipped_errors",
                           "subtasks_succeeded",
                           "subtasks_total",
                           "symlinks",
                           "sync_level",
                           "task_id",
                           "type",
                           "username",
                           "verify_checksum"})
    EXPECT_TRUE(t.body.as_object().contains(name)) << name;
  EXPECT_EQ(t.text("type"), "TRANSFER");
  EXPECT_EQ(t.number("subtasks_total"), 2);
  EXPECT_EQ(t.text("owner_string"), user.username);
}

TEST_F(Tasks, AMissingPathStaysActiveUntilTheDeadline) {
  write_file(source / "there", "1");
  const auto id =
      submit_transfer({item("/gone", "/gone"), item("/there", "/there")}, {{"deadline", soon(4s)}});
  const auto t = wait_until(id, [](const Answer& a) { return a.number("faults") >= 2; });
  EXPECT_EQ(t.text("status"), "ACTIVE");
  EXPECT_EQ(t.text("nice_status"), "FILE_NOT_FOUND");
  EXPECT_EQ(t.text("nice_status_short_description"), "file not found");
  EXPECT_THAT(t.text("nice_status_details"), HasSubstr("/gone"));
  EXPECT_FALSE(t["is_ok"].as_bool());
  EXPECT_EQ(t.number("subtasks_retrying"), 1);
  EXPECT_EQ(t.number("files_transferred"), 1);
  EXPECT_TRUE(t["completion_time"].is_null());
  const auto events = get("task/" + id + "/event_list");
  EXPECT_EQ(events.data()[0].at("code"), "FILE_NOT_FOUND");
  EXPECT_TRUE(events.data()[0].at("is_error").as_bool());
  EXPECT_THAT(std::string(events.data()[0].at("details").as_string()), HasSubstr("/gone"));
  const auto end = wait(id);
  EXPECT_EQ(end.text("status"), "FAILED");
  EXPECT_EQ(end["fatal_error"].at("code"), "EXPIRED");
  EXPECT_EQ(end.number("subtasks_expired"), 2);
  EXPECT_EQ(event_codes(id)[0], "EXPIRED");
}

TEST_F(Tasks, APathThatAppearsIsTransferred) {
  const auto id = submit_transfer({item("/late", "/late")});
  wait_until(id, [](const Answer& a) { return a.number("faults") >= 1; });
  write_file(source / "late", "1");
  const auto t = wait(id);
  EXPECT_EQ(t.text("status"), "SUCCEEDED");
  EXPECT_EQ(t.number("subtasks_retrying"), 0);
  EXPECT_EQ(t.number("subtasks_succeeded"), 2);
  EXPECT_EQ(read_file(destination / "late"), "1");
}

TEST_F(Tasks, DeniedAndMistakenPathsAreFaults) {
  write_file(source / "locked", "1");
  write_file(source / "dir/a", "1");
  write_file(destination / "file", "1");
  fs::permissions(source / "locked", fs::perms::none);
  const auto fault = [&](const value& one) {
    const auto id = submit_transfer({one});
    const auto t = wait_until(id, [](const Answer& a) { return a.number("faults") >= 1; });
    EXPECT_EQ(t.text("status"), "ACTIVE");
    cancel(id);
    return t.text("nice_status");
  };
  EXPECT_EQ(fault(item("/locked", "/x")), "PERMISSION_DENIED");
  EXPECT_EQ(fault(item("/dir", "/x", {{"recursive", false}})), "IS_A_DIRECTORY");
  EXPECT_EQ(fault(item("/dir/a", "/x", {{"recursive", true}})), "NOT_A_DIRECTORY");
  EXPECT_EQ(fault(item("/dir/a", "/x/")), "IS_A_DIRECTORY");
  EXPECT_EQ(fault(item("/dir", "/file")), "NOT_A_DIRECTORY");
  fs::permissions(destination, fs::perms::owner_read | fs::perms::owner_exec);
  EXPECT_EQ(fault(item("/dir/a", "/x")), "PERMISSION_DENIED");
}

TEST_F(Tasks, CancellationLeavesNoHalfFile) {
  fill("big", 3, 400000);
  service->set_bandwidth_limit(100000);
  const auto id = submit_transfer({item("/big", "/big")});
  const auto moving =
      wait_until(id, [](const Answer& a) { return a.number("bytes_transferred") > 20000; });
  EXPECT_EQ(moving.text("nice_status"), "OK");
  EXPECT_THAT(half_files(), Not(IsEmpty()));
  const auto answer = cancel(id);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.text("code"), "Canceled");
  EXPECT_EQ(answer.text("DATA_TYPE"), "result");
  const auto t = task(id);
  EXPECT_EQ(t.text("status"), "FAILED");
  EXPECT_EQ(t["fatal_error"].at("code"), "CANCELED");
  EXPECT_EQ(t.number("subtasks_pending"), 0);
  EXPECT_GT(t.number("subtasks_canceled"), 0);
  EXPECT_EQ(t.number("bytes_transferred"), 0);
  EXPECT_THAT(half_files(), IsEmpty());
  EXPECT_EQ(event_codes(id)[0], "CANCELED");
  EXPECT_EQ(cancel(id).text("code"), "TaskComplete");
}

TEST_F(Tasks, BandwidthIsLimitedPerTask) {
  fill("s", 10, 20000);
  service->set_bandwidth_limit(200000);
  const auto begin = std::chrono::steady_clock::now();
  transfer({item("/s", "/s")});
  EXPECT_GT(std::chrono::steady_clock::now() - begin, 700ms);
}

TEST_F(Tasks, DeadlinesEndTasksAtWork) {
  fill("big", 1, 4000000);
  service->set_bandwidth_limit(100000);
  const auto id = submit_transfer({item("/big", "/big")}, {{"deadline", soon(2s)}});
  EXPECT_EQ(wait(id)["fatal_error"].at("code"), "EXPIRED");
  EXPECT_THAT(half_files(), IsEmpty());
  const auto past =
      post("transfer", transfer_document({item("/a", "/a")}, {{"deadline", "2020-01-01"}}));
  EXPECT_EQ(past.status, 400);
  EXPECT_THAT(past.text("message"), HasSubstr("deadline"));
}

TEST_F(Tasks, ExpiredCredentialsPauseAndGoodOnesResume) {
  fill("big", 4, 100000);
  service->set_bandwidth_limit(100000);
  const auto id = submit_transfer({item("/big", "/big")});
  wait_until(id, [](const Answer& a) { return a.number("bytes_transferred") > 0; });
  service->set_credentials_expired(destination_id, true);
  const auto paused = task(id);
  EXPECT_EQ(paused.text("status"), "INACTIVE");
  EXPECT_EQ(paused.text("nice_status"), "CREDENTIALS_EXPIRED");
  EXPECT_EQ(event_codes(id)[0], "CREDENTIALS_EXPIRED");
  EXPECT_EQ(operation(destination_id, "ls", {}).text("code"),
            "ExternalError.DirListingFailed.LoginFailed");
  std::this_thread::sleep_for(300ms);
  const auto later = task(id);
  EXPECT_EQ(later.text("status"), "INACTIVE");
  EXPECT_EQ(later.number("files_transferred"), 0);
  service->set_bandwidth_limit(0);
  service->set_credentials_expired(destination_id, false);
  const auto t = wait(id);
  EXPECT_EQ(t.text("status"), "SUCCEEDED");
  EXPECT_EQ(t.number("files_transferred"), 4);
  EXPECT_EQ(t.number("bytes_transferred"), 400000);
  service->set_credentials_expired(source_id, true);
  const auto second = submit_transfer({item("/big", "/again")});
  EXPECT_EQ(task(second).text("status"), "INACTIVE");
  EXPECT_EQ(cancel(second).text("code"), "Canceled");
}

TEST_F(Tasks, RepeatedSubmissionsReturnTheFirstTask) {
  write_file(source / "a", "1");
  const auto document = transfer_document({item("/a", "/a")});
  std::vector<std::thread> threads;
  std::vector<Answer> answers(8);
  for (auto& answer : answers) threads.emplace_back([&] { answer = post("transfer", document); });
  for (auto& thread : threads) thread.join();
  std::multiset<std::string> codes;
  std::set<std::string> ids;
  for (const auto& answer : answers) {
    EXPECT_EQ(answer.status, 200);
    codes.insert(answer.text("code"));
    ids.insert(answer.text("task_id"));
    EXPECT_EQ(answer["submission_id"], document.at("submission_id"));
  }
  EXPECT_EQ(codes.count("Accepted"), 1);
  EXPECT_EQ(codes.count("Duplicate"), 7);
  EXPECT_EQ(ids.size(), 1);
  EXPECT_EQ(get("task_list").number("total"), 1);
  auto removal = delete_document({"/a"});
  removal["submission_id"] = document.at("submission_id");
  EXPECT_EQ(post("delete", removal).status, 400);
}

TEST_F(Tasks, SubmissionIdsBelongToTheirUser) {
  auto document = transfer_document({item("/a", "/a")});
  const auto foreign = request("GET", "submission_id", {}, nullptr, &other).text("value");
  document["submission_id"] = foreign;
  EXPECT_EQ(post("transfer", document).status, 400);
  document["submission_id"] = "not-an-id";
  EXPECT_EQ(post("transfer", document).status, 400);
  document.erase("submission_id");
  EXPECT_EQ(post("transfer", document).status, 400);
}

TEST_F(Tasks, BadSubmissionsAreRefusedByName) {
  const auto refused = [&](object more, const std::string& name) {
    const auto answer = post("transfer", transfer_document({item("/a", "/a")}, std::move(more)));
    EXPECT_EQ(answer.status, 400) << name;
    EXPECT_THAT(answer.text("message"), HasSubstr(name));
    EXPECT_TRUE(answer.text("code").starts_with("ClientError.BadRequest")) << answer.text("code");
  };
  refused({{"DATA", array{}}}, "DATA");
  EXPECT_EQ(post("transfer", transfer_document({})).text("code"),
            "ClientError.BadRequest.NoTransferItems");
  refused({{"sync_level", 4}}, "sync_level");
  refused({{"sync_level", "size"}}, "sync_level");
  refused({{"verify_checksum", 1}}, "verify_checksum");
  refused({{"label", std::string(129, 'x')}}, "label");
  refused({{"label", " x"}}, "label");
  refused({{"deadline", "tomorrow"}}, "deadline");
  refused({{"make_it_so", true}}, "make_it_so");
  refused({{"recursive_symlinks", "follow"}}, "recursive_symlinks");
  refused({{"filter_rules",
            array{object{{"DATA_TYPE", "filter_rule"}, {"name", "x"}, {"method", "maybe"}}}}},
          "method");
  refused({{"DATA", array{item("/a", "/a", {{"compress", true}})}}}, "compress");
  refused({{"DATA", array{item("/a", "/a", {{"checksum_algorithm", "CRC7"}})}}}, "CRC7");
  refused({{"DATA", array{item("/a", "/a", {{"recursive", true}, {"external_checksum", "00"}})}}},
          "external_checksum");
  refused({{"DATA", array{item("/a/../..", "/a")}}}, "source_path");
  EXPECT_EQ(
      post("transfer", transfer_document({item("/a", "/a")}, {{"source_endpoint", "nothing"}}))
          .text("code"),
      "EndpointNotFound");
  EXPECT_EQ(post("transfer",
                 transfer_document({item("/a", "/a")}, {{"source_local_user", "nobody-that-is"}}))
                .status,
            501);
  EXPECT_EQ(get("task_list").number("total"), 0);
}

TEST_F(Tasks, OnlyTheOwnerSeesATask) {
  write_file(source / "a", "1");
  const auto id = transfer({item("/a", "/a")}).text("task_id");
  for (const auto* path :
       {"", "/event_list", "/successful_transfers", "/skipped_errors", "/pause_info"}) {
    EXPECT_EQ(get("task/" + id + path).status, 200) << path;
    const auto answer = request("GET", "task/" + id + path, {}, nullptr, &other);
    EXPECT_EQ(answer.status, 404) << path;
    EXPECT_EQ(answer.text("code"), "TaskNotFound");
  }
  EXPECT_EQ(request("POST", "task/" + id + "/cancel", {}, nullptr, &other).status, 404);
  EXPECT_EQ(request("PUT", "task/" + id, {}, {{"label", "x"}}, &other).status, 404);
  EXPECT_EQ(request("GET", "task_list", {}, nullptr, &other).number("total"), 0);
}

TEST_F(Tasks, ListsAreFilteredOrderedAndPaged) {
  write_file(source / "a", "1");
  std::vector<std::string> ids;
  for (int i = 0; i < 7; ++i)
    ids.push_back(transfer({item("/a", "/a" + std::to_string(i))},
                           {{"label", "nightly " + std::to_string(i)}})
                      .text("task_id"));
  wait(submit("delete", delete_document({"/a0"}, {{"label", "cleanup"}})));
  const auto list = [&](std::vector<NamedValue> query) {
    return get("task_list", std::move(query));
  };
  EXPECT_EQ(list({}).number("total"), 8);
  EXPECT_EQ(list({}).data()[0].at("label"), "cleanup");
  std::vector<std::string> walked;
  for (std::size_t offset = 0; offset < 8; offset += 3) {
    const auto page = list({{"limit", "3"}, {"offset", std::to_string(offset)}});
    EXPECT_EQ(page.number("total"), 8);
    EXPECT_EQ(page.number("limit"), 3);
    for (const auto& id : page.names("task_id")) walked.push_back(id);
  }
  EXPECT_EQ(walked, list({}).names("task_id"));
  EXPECT_EQ(list({{"filter", "status:ACTIVE,INACTIVE"}}).number("total"), 0);
  EXPECT_EQ(list({{"filter", "status:ACTIVE,SUCCEEDED/label:~NIGHTLY*/request_time:2026-01-01,"}})
                .number("total"),
            7);
  EXPECT_EQ(list({{"filter", "type:DELETE"}}).names("label"), std::vector<std::string>{"cleanup"});
  EXPECT_EQ(list({{"filter", "label:!~nightly*"}}).number("total"), 1);
  EXPECT_EQ(list({{"filter", "task_id:" + ids[2] + "," + ids[5]}}).number("total"), 2);
  EXPECT_EQ(list({{"filter", "completion_time:,2001-01-01"}}).number("total"), 0);
  EXPECT_EQ(list({{"orderby", "label"}}).data()[1].at("label"), "nightly 0");
  EXPECT_EQ(list({{"orderby", "request_time DESC,label DESC"}}).status, 200);
  EXPECT_EQ(list({{"orderby", "color"}}).status, 400);
  EXPECT_EQ(list({{"filter", "color:red"}}).status, 400);
  EXPECT_EQ(list({{"limit", "1001"}}).status, 400);
}

TEST_F(Tasks, EventsArePagedNewestFirst) {
  const auto id =
      submit_transfer({item("/g1", "/x"), item("/g2", "/y"), item("/g3", "/z"), item("/g4", "/v")});
  wait_until(id, [](const Answer& a) { return a.number("faults") >= 8; });
  cancel(id);
  const auto all = get("task/" + id + "/event_list", {{"limit", "1000"}});
  EXPECT_EQ(all.data().front().at("code"), "CANCELED");
  EXPECT_EQ(all.data().back().at("code"), "STARTED");
  array walked;
  for (std::size_t offset = 0; offset < all.data().size(); offset += 3) {
    const auto page =
        get("task/" + id + "/event_list", {{"limit", "3"}, {"offset", std::to_string(offset)}});
    EXPECT_EQ(page.number("total"), all.number("total"));
    walked.insert(walked.end(), page.data().begin(), page.data().end());
  }
  EXPECT_EQ(walked, all.data());
  EXPECT_THAT(get("task/" + id + "/event_list", {{"filter", "is_error:0"}}).names("code"),
              ElementsAre("STARTED"));
  EXPECT_EQ(get("task/" + id + "/event_list", {{"filter", ""}}).number("total"),
            all.number("total"));
}

TEST_F(Tasks, SkippedErrorsComeInPages) {
  array items;
  for (int i = 0; i < 230; ++i)
    items.push_back(item("/none" + std::to_string(i), "/none" + std::to_string(i)));
  const auto id = transfer(items, {{"skip_source_errors", true}}).text("task_id");
  std::vector<std::size_t> pages;
  std::vector<NamedValue> query;
  for (;;) {
    const auto page = get("task/" + id + "/skipped_errors", query);
    pages.push_back(page.data().size());
    if (page["next_marker"].is_null()) break;
    query = {{"marker", std::to_string(page.number("next_marker"))}};
  }
  EXPECT_THAT(pages, ElementsAre(100, 100, 30));
}

TEST_F(Tasks, LabelAndDeadlineCanBeChanged) {
  const auto id = submit_transfer({item("/gone", "/x")});
  const auto answer = request("PUT", "task/" + id, {},
                              {{"DATA_TYPE", "task"}, {"label", "new"}, {"deadline", soon(3600s)}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.text("code"), "Updated");
  EXPECT_EQ(task(id).text("label"), "new");
  EXPECT_EQ(request("PUT", "task/" + id, {}, {{"status", "SUCCEEDED"}}).status, 400);
  EXPECT_EQ(request("PUT", "task/" + id, {}, {{"deadline", "2001-01-01"}}).status, 400);
  EXPECT_EQ(request("PUT", "task/" + id, {}, {{"deadline", soon(2s)}}).status, 200);
  EXPECT_EQ(wait(id)["fatal_error"].at("code"), "EXPIRED");
  EXPECT_EQ(request("PUT", "task/" + id, {}, {{"label", "late"}}).status, 409);
}

TEST_F(Tasks, DeletesRunToTheirEnd) {
  write_file(destination / "dir/a", "1");
  write_file(destination / "dir/sub/b", "1");
  write_file(destination / "log1.txt", "1");
  write_file(destination / "log2.txt", "1");
  write_file(destination / "keep.txt", "1");
  write_file(destination / "star*", "1");
  auto t = wait(submit("delete", delete_document({"/dir/"}, {{"recursive", true}})));
  EXPECT_EQ(t.text("status"), "SUCCEEDED");
  EXPECT_EQ(t.text("type"), "DELETE");
  EXPECT_EQ(t.number("files"), 2);
  EXPECT_EQ(t.number("directories"), 2);
  EXPECT_EQ(t.text("source_endpoint_id"), destination_id);
  EXPECT_TRUE(t["destination_endpoint_id"].is_null());
  t = wait(
      submit("delete", delete_document({"/~/log?.txt", "/star\\*"}, {{"interpret_globs", true}})));
  EXPECT_EQ(t.text("status"), "SUCCEEDED");
  EXPECT_THAT(tree(destination), ElementsAre("keep.txt"));
}

TEST_F(Tasks, DeletesFailAtOnceOnWhatIsMissing) {
  auto t = wait(submit("delete", delete_document({"/none"})));
  EXPECT_EQ(t.text("status"), "FAILED");
  EXPECT_EQ(t["fatal_error"].at("code"), "FILE_NOT_FOUND");
  EXPECT_EQ(t.number("faults"), 1);
  EXPECT_EQ(t.number("subtasks_failed"), 1);
  EXPECT_EQ(t.number("subtasks_total"), 1);
  EXPECT_EQ(
      wait(submit("delete", delete_document({"/none"}, {{"ignore_missing", true}}))).text("status"),
      "SUCCEEDED");
  write_file(destination / "dir/a", "1");
  EXPECT_EQ(wait(submit("delete", delete_document({"/dir"})))["fatal_error"].at("code"),
            "IS_A_DIRECTORY");
  EXPECT_EQ(wait(submit("delete", delete_document({"/"}, {{"recursive", true}})))["fatal_error"].at(
                "code"),
            "PERMISSION_DENIED");
  EXPECT_TRUE(fs::exists(destination / "dir/a"));
}

TEST_F(Tasks, ARestartedSandboxGoesOn) {
  state = base / "state.db";
  restart();
  fill("tree", 60, 20000);
  service->set_bandwidth_limit(600000);
  const auto done = [&] {
    write_file(source / "quick", "");
    return transfer({item("/quick", "/quick")}, {{"label", "before"}}).text("task_id");
  }();
  const auto document = transfer_document({item("/tree", "/tree"), item("/missing", "/missing")},
                                          {{"label", "long"}});
  const auto id = submit("transfer", document);
  const auto before =
      wait_until(id, [](const Answer& a) { return a.number("files_transferred") >= 20; });
  const auto old_source = source_id;
  restart();
  EXPECT_EQ(source_id, old_source);
  write_file(source / "missing", "1");
  const auto t = wait(id);
  EXPECT_EQ(t.text("status"), "SUCCEEDED");
  EXPECT_EQ(t.text("label"), "long");
  EXPECT_EQ(t.number("files_transferred"), 61);
  EXPECT_EQ(t.number("files"), 61);
  EXPECT_EQ(t.number("bytes_transferred"), 60 * 20000 + 1);
  EXPECT_EQ(t.number("subtasks_total"), t.number("subtasks_succeeded"));
  EXPECT_EQ(get("task/" + id + "/successful_transfers").data().size(), 61);
  EXPECT_EQ(tree(source), tree(destination));
  EXPECT_EQ(task(done).text("status"), "SUCCEEDED");
  EXPECT_THAT(event_codes(done), ElementsAre("SUCCEEDED", "STARTED"));
  EXPECT_EQ(post("transfer", document).text("code"), "Duplicate");
  EXPECT_EQ(get("task_list").number("total"), 2);
}

TEST_F(Tasks, ADeleteThatWasBegunBeforeARestartMissesNothing) {
  struct Unhindered : transfer::WorkMonitor {
    void moved(std::int64_t) override {}
    void removed(mode_t) override { ++count; }
    void check() override {}
    std::size_t piece_size() const override { return 1; }
    int count = 0;
  } monitor;
  write_file(destination / "left", "1");
  const transfer::ConfinedFolder folder(destination);
  const auto order =
      transfer::read_delete_order(delete_document({"/gone", "/left"}, {{"recursive", true}}));
  const transfer::DeleteWork fresh(order);
  const transfer::DeleteWork begun(order, true);
  EXPECT_THROW(fresh.perform(fresh.first_items()[0], folder, monitor), transfer::TaskFault);
  for (const auto& item : begun.first_items()) begun.perform(item, folder, monitor);
  EXPECT_EQ(monitor.count, 1);
  EXPECT_FALSE(fs::exists(destination / "left"));
}

TEST_F(Tasks, AKilledSandboxGoesOnWhenItIsStartedAgain) {
  state = base / "state.db";
  fill("tree", 200, 5000);
  service.reset();
  database.reset();
  // a process of its own, with no thread of this one: it is killed while it works
  const auto child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    start();
    service->set_bandwidth_limit(500000);
    auto document = transfer_document({item("/tree", "/tree")}, {{"verify_checksum", true}});
    document["submission_id"] = "01234567-89ab-4cde-8f01-23456789abcd";
    submit("transfer", document);
    for (;;) ::pause();
  }
  const auto arrived = [&] {
    std::error_code none;
    return std::distance(fs::directory_iterator(destination / "tree", none), {});
  };
  const auto end = std::chrono::steady_clock::now() + 20s;
  while (arrived() < 50 && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(5ms);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_LT(arrived(), 210);
  start();
  const auto list = get("task_list");
  ASSERT_EQ(list.number("total"), 1);
  const auto t = wait(list.names("task_id")[0]);
  EXPECT_EQ(t.text("status"), "SUCCEEDED");
  EXPECT_EQ(t.number("files_transferred"), 200);
  EXPECT_EQ(t.number("bytes_transferred"), 200 * 5000);
  EXPECT_EQ(tree(source), tree(destination));
  for (int i = 0; i < 200; ++i)
    EXPECT_EQ(fs::file_size(destination / "tree" / ("file" + std::to_string(i))), 5000);
}

TEST_F(Tasks, ACanceledTaskLeavesNothingOfAKilledRun) {
  state = base / "state.db";
  restart();
  fill("big", 1, 500000);
  service->set_bandwidth_limit(100000);
  const auto id = submit_transfer({item("/big", "/big")});
  wait_until(id, [](const Answer& a) { return a.number("bytes_transferred") > 0; });
  service->set_credentials_expired(source_id, true);
  wait_until(id, [&](const Answer&) { return half_files().empty(); });
  // as if the process had been killed while it wrote
  write_file(destination / "big" / (".globus-sandbox-" + id.substr(0, 8) + "-0123.part"), "half");
  restart();
  EXPECT_EQ(task(id).text("status"), "INACTIVE");
  EXPECT_EQ(cancel(id).text("code"), "Canceled");
  EXPECT_THAT(half_files(), IsEmpty());
}

TEST_F(Tasks, ResetForgetsEverything) {
  fill("big", 4, 400000);
  service->set_bandwidth_limit(100000);
  const auto id = submit_transfer({item("/big", "/big"), item("/none", "/none")});
  wait_until(id, [](const Answer& a) { return a.number("bytes_transferred") > 0; });
  EXPECT_EQ(service->tasks().as_array().size(), 1);
  service->reset();
  EXPECT_EQ(service->tasks().as_array().size(), 0);
  EXPECT_TRUE(service->collections().empty());
  EXPECT_EQ(get("task/" + id).status, 404);
  EXPECT_THAT(half_files(), IsEmpty());
  start();
  write_file(source / "a", "1");
  service->set_bandwidth_limit(0);
  transfer({item("/a", "/a")});
}

TEST_F(Tasks, ManyTasksOfManyThreadsRunTogether) {
  fill("tree", 50, 1000);
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&, i] {
      for (int j = 0; j < 3; ++j) {
        const auto target = "/out" + std::to_string(i) + "-" + std::to_string(j);
        const auto id = submit_transfer({item("/tree", target)}, {{"verify_checksum", true}});
        get("task_list");
        get("task/" + id + "/event_list");
        get("endpoint_search", {{"filter_scope", "in-use"}});
        ls({{"path", "/tree"}});
        if (j == 1)
          cancel(id);
        else
          EXPECT_EQ(wait(id).number("files_transferred"), 50);
      }
    });
  threads.emplace_back([&] {
    for (int i = 0; i < 20; ++i) {
      service->set_credentials_expired(source_id, i % 2 == 0);
      service->set_bandwidth_limit(i % 3 == 0 ? 5000000 : 0);
      service->tasks();
      std::this_thread::sleep_for(10ms);
    }
    service->set_bandwidth_limit(0);
  });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(get("task_list").number("total"), 24);
  EXPECT_THAT(half_files(), IsEmpty());
}

}  // namespace
}  // namespace globus_sandbox::testing
