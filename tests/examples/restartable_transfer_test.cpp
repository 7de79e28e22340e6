// SPDX-License-Identifier: Apache-2.0
// Whenever restartable_transfer is killed: run again, it ends with exactly one task.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/syscall.h>

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <thread>

#include "sandbox/sandbox.hpp"
#include "support/over_tls.hpp"
#include "support/program.hpp"
#include "support/scoped_folder.hpp"
#include "support/system_call_filter.hpp"

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using globus_sandbox::Sandbox;
using globus_sdk_test::deadly;
using globus_sdk_test::for_this_run;
using globus_sdk_test::ScopedFolder;
using globus_sdk_test::under_filter;
using programs::Program;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class RestartableTransfer : public testing::Test {
 protected:
  RestartableTransfer() {
    fs::create_directory(sandbox.folder("SOURCE") / "data");
    for (const char* name : {"one", "two", "three"})
      std::ofstream(sandbox.folder("SOURCE") / "data" / name) << std::string(2000, 'x');
  }

  std::unique_ptr<Program> start(const std::string& source = "/data/") const {
    return std::make_unique<Program>(
        std::vector<std::string>{std::string(GLOBUS_SDK_EXAMPLES_DIR) + "/restartable_transfer",
                                 journal.string(), source, "/copy/"},
        sandbox.environment());
  }
  /// Runs it to its end. What it says.
  std::string run(int status = 0, const std::string& source = "/data/") const {
    const auto program = start(source);
    EXPECT_EQ(program->finish(), status) << program->output();
    return program->output();
  }
  static void kill(Program& program) {
    program.send(SIGKILL);
    EXPECT_EQ(program.finish(), -SIGKILL) << program.output();
  }
  std::ptrdiff_t count(std::string_view path_end) const {
    const auto requests = sandbox.requests();
    return std::count_if(requests.begin(), requests.end(), [path_end](const auto& request) {
      return request.path.ends_with(path_end);
    });
  }
  /// Lets such a request take so long that the program can be killed meanwhile, and does it.
  void kill_during(const std::string& path_end) {
    sandbox.add_fault({.path = path_end + "$", .delay = 0.5});
    const auto program = start();
    while (count(path_end) == 0) std::this_thread::sleep_for(1ms);
    kill(*program);
    sandbox.clear_faults();
  }
  std::size_t tasks() {
    return boost::json::parse(sandbox.control("GET", "state")).at("tasks").as_array().size();
  }
  void expect_one_task_that_is_done() {
    EXPECT_EQ(tasks(), 1U);
    EXPECT_EQ(fs::file_size(sandbox.folder("DESTINATION") / "copy" / "three"), 2000U);
  }

  Sandbox sandbox{for_this_run()};
  ScopedFolder folder;
  const fs::path journal = folder.path / "journal";
};

TEST_F(RestartableTransfer, RunsOnceHoweverOftenItIsStarted) {
  EXPECT_THAT(run(), AllOf(HasSubstr(": Accepted\n"), HasSubstr(" of 3 files, "),
                           HasSubstr("the task has SUCCEEDED\n")));
  EXPECT_THAT(run(), AllOf(HasSubstr("3 of 3 files, 6000 bytes\nthe task has SUCCEEDED\n"),
                           Not(HasSubstr("Accepted"))));
  EXPECT_EQ(count("/v0.10/transfer"), 1);
  expect_one_task_that_is_done();
}

TEST_F(RestartableTransfer, KilledBeforeItHasAJournal) {
  kill_during("/v0.10/submission_id");
  EXPECT_FALSE(fs::exists(journal));
  EXPECT_THAT(run(), HasSubstr(": Accepted\n"));
  expect_one_task_that_is_done();
}

TEST_F(RestartableTransfer, KilledBeforeItHearsOfItsTask) {
  kill_during("/v0.10/transfer");
  while (tasks() == 0) std::this_thread::sleep_for(1ms);
  EXPECT_THAT(run(), HasSubstr(": Duplicate\n"));
  expect_one_task_that_is_done();
}

TEST_F(RestartableTransfer, KilledBeforeItsRequestArrives) {
  sandbox.add_fault({.path = "/v0.10/transfer$", .count = 100, .drop_before = true});
  const auto program = start();
  while (count("/v0.10/transfer") == 0) std::this_thread::sleep_for(1ms);
  kill(*program);
  std::this_thread::sleep_for(300ms);  // what it has sent by then is dropped, too
  sandbox.clear_faults();
  EXPECT_EQ(tasks(), 0U);
  EXPECT_THAT(run(), HasSubstr(": Accepted\n"));
  expect_one_task_that_is_done();
}

TEST_F(RestartableTransfer, KilledWhileItWaits) {
  sandbox.set_bandwidth_limit(1000);
  for (int times = 0; times < 3; ++times) {
    const auto program = start();
    ASSERT_TRUE(program->read_until(" of 3 files")) << program->output();
    kill(*program);
  }
  sandbox.set_bandwidth_limit(0);
  run();
  EXPECT_EQ(count("/v0.10/transfer"), 1) << "it waits by the id of the task";
  expect_one_task_that_is_done();
}

TEST_F(RestartableTransfer, KilledInTheMiddleOfWritingItsJournal) {
  // in the order in which a run makes them: before a new file is on the disk, before it has the
  // journal's name, before it takes the place of the journal without a task's id
#ifdef SYS_link
  const std::vector<std::vector<long>> moments{
      {SYS_fsync}, {SYS_link, SYS_linkat}, {SYS_rename, SYS_renameat, SYS_renameat2}};
#else
  const std::vector<std::vector<long>> moments{
      {SYS_fsync}, {SYS_linkat}, {SYS_renameat, SYS_renameat2}};
#endif
  std::vector<bool> journals;
  for (const auto& moment : moments) {
    under_filter(deadly(moment), [&] { EXPECT_EQ(start()->finish(), -SIGSYS); });
    journals.push_back(fs::exists(journal));
  }
  EXPECT_EQ(journals, (std::vector{false, false, true}));
  EXPECT_EQ(tasks(), 1U);
  EXPECT_THAT(run(), HasSubstr(": Duplicate\n"));
  expect_one_task_that_is_done();
}

TEST_F(RestartableTransfer, StartedSeveralTimesAtOnce) {
  sandbox.add_fault({.path = "/v0.10/submission_id$", .count = 4, .delay = 0.2});
  std::vector<std::unique_ptr<Program>> programs;
  for (int i = 0; i < 4; ++i) programs.push_back(start());
  for (const auto& program : programs) EXPECT_EQ(program->finish(), 0) << program->output();
  EXPECT_EQ(count("/v0.10/submission_id"), 4);
  expect_one_task_that_is_done();
}

TEST_F(RestartableTransfer, ASuspendedTaskGoesOnOnceItsCredentialsAreRenewed) {
  sandbox.set_credentials_expired(sandbox.value("COLLECTION_DESTINATION"), true);
  EXPECT_THAT(run(75), HasSubstr("the task waits for a person: "));
  sandbox.set_credentials_expired(sandbox.value("COLLECTION_DESTINATION"), false);
  run();
  EXPECT_EQ(count("/v0.10/transfer"), 1);
  expect_one_task_that_is_done();
}

TEST_F(RestartableTransfer, RefusesAJournalThatIsNotItsOwn) {
  run();
  EXPECT_THAT(run(2, "/other/"),
              HasSubstr("is the journal of another transfer: from /data/ to /copy/\n"));
  std::ofstream(journal) << "{\"submission_id\": ";
  run(1);
  EXPECT_EQ(tasks(), 1U);
}

}  // namespace
