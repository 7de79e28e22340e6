// SPDX-License-Identifier: Apache-2.0
// What docs/guide/transfers.md shows beside its first program, compiled and run.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <ranges>
#include <sstream>
#include <string>
#include <vector>

#include "support/sandbox_world.hpp"
#include "support/scoped_folder.hpp"

using namespace globus_sdk;

namespace {

namespace fs = std::filesystem;
using globus_sdk_test::SandboxWorld;
using globus_sdk_test::ScopedFolder;

class TransfersGuide : public testing::Test {
 protected:
  std::string copied(const std::string& path) const { return world.read_destination(path); }
  bool is_copied(const std::string& path) const {
    return fs::exists(world.sandbox.folder("DESTINATION") / path);
  }
  /// Submits, and waits for an end that has to be a good one.
  void transfer(const TransferData& data) const {
    const std::string task_id = tc.submit_transfer(data)["task_id"];
    const auto result = tc.task_wait(task_id, {.timeout = 60s, .polling_interval = 1s});
    EXPECT_EQ(result.task()["status"], "SUCCEEDED") << result.task().text();
  }

  SandboxWorld world{};
  TransferClient tc = world.transfer_client();
  std::string collection_id = world.source();
  std::string source_id = world.source();
  std::string destination_id = world.destination();
};

TEST_F(TransfersGuide, Listing) {
  for (const char* name : {"data/b.csv", "data/a.csv", "data/c.txt", "data/.hidden.csv"})
    world.write(name, name);
  std::ostringstream out;
  //! [listing]
  for (auto entry : tc.operation_ls(collection_id, {.path = "/data/",
                                                    .show_hidden = false,
                                                    .orderby = {"type", "name DESC"},
                                                    .filter = {{"name", "~*.csv"}}}))
    out << entry["name"] << ", " << entry["size"] << " bytes\n";

  if (tc.operation_stat(collection_id, {.path = "/data/c.txt"})["type"] == "file")
    out << "a file\n";
  //! [listing]
  EXPECT_EQ(out.str(), "b.csv, 10 bytes\na.csv, 10 bytes\na file\n");
}

TEST_F(TransfersGuide, Changes) {
  world.write("data/old.csv", "x");
  //! [changes]
  tc.operation_mkdir(collection_id, "/data/new/");
  tc.operation_rename(collection_id, "/data/old.csv", "/data/new/old.csv");
  //! [changes]
  EXPECT_TRUE(fs::exists(world.sandbox.folder("SOURCE") / "data/new/old.csv"));
}

TEST_F(TransfersGuide, Submitting) {
  world.write("data/one.csv", "one");
  world.write("data/tree/two.csv", "two");
  //! [submitting]
  TransferData data{source_id,
                    destination_id,
                    {.label = "nightly",
                     .preserve_timestamp = true,
                     .deadline = std::chrono::system_clock::now() + 48h}};
  data.add_item("/data/one.csv", "/backup/one.csv")
      .add_item("/data/tree/", "/backup/tree/", {.recursive = true});
  const auto submitted = tc.submit_transfer(data);
  const std::string task_id = submitted["task_id"];
  //! [submitting]
  const auto result = tc.task_wait(task_id, {.timeout = 60s, .polling_interval = 1s});
  EXPECT_EQ(result.task()["status"], "SUCCEEDED");
  EXPECT_EQ(copied("backup/one.csv"), "one");
  EXPECT_EQ(copied("backup/tree/two.csv"), "two");
}

TEST_F(TransfersGuide, Rules) {
  for (const char* name : {"data/a.csv", "data/b.tmp", "data/keep.tmp", "data/cache/c.csv"})
    world.write(name, name);
  TransferData data{source_id, destination_id};
  data.add_item("/data/", "/backup/", {.recursive = true});
  //! [rules]
  data.add_filter_rule("keep*", {.method = FilterMethod::include})
      .add_filter_rule("*.tmp")
      .add_filter_rule("cache", {.method = FilterMethod::exclude, .type = FilterType::dir});
  //! [rules]
  transfer(data);
  EXPECT_TRUE(is_copied("backup/a.csv"));
  EXPECT_TRUE(is_copied("backup/keep.tmp"));
  EXPECT_FALSE(is_copied("backup/b.tmp"));
  EXPECT_FALSE(is_copied("backup/cache"));
}

TEST_F(TransfersGuide, Waiting) {
  TransferData data{source_id, destination_id};
  data.add_item("/nowhere", "/backup/nowhere");
  const std::string task_id = tc.submit_transfer(data)["task_id"];
  std::ostringstream out;
  //! [waiting]
  const auto show = [&](const GlobusHTTPResponse& task) {
    out << task["bytes_transferred"] << " bytes\n";
  };
  const auto result = tc.task_wait(
      task_id, {.timeout = 1h, .polling_interval = 1s, .on_poll = show, .end_on_fault = true});

  if (const auto& fault = result.fault()) {
    out << fault->code << ": " << fault->details << '\n';
    tc.cancel_task(task_id);
  } else if (!result) {
    out << "still under way after an hour\n";
  } else if (result.task()["status"] != "SUCCEEDED") {
    out << result.task()["fatal_error"]["description"] << '\n';
  }
  //! [waiting]
  EXPECT_THAT(out.str(), testing::HasSubstr("FILE_NOT_FOUND: "));
}

TEST_F(TransfersGuide, Batches) {
  const ScopedFolder folder;
  const std::string file_name = folder.path / "batch.txt";
  for (const char* name : {"share/godata/file1.txt", "share/my folder/two.txt", "share/empty"})
    world.write(name, name);
  world.write("share/empty", "");
  std::ofstream(file_name) << "# files and folders\n"
                              "godata/file1.txt file1.txt\n"
                              "\n"
                              "--recursive \"my folder\" folder\n"
                              "--external-checksum d41d8cd98f00b204e9800998ecf8427e empty empty\n";
  TransferData data{source_id, destination_id};
  //! [batch]
  std::ifstream lines{file_name};
  data.add_batch(
      lines,
      {.file_name = file_name, .source_base_path = "/share/", .destination_base_path = "/backup/"});
  //! [batch]
  std::vector<std::string> task_ids;
  //! [split]
  for (const TransferData& part : data.split(2))
    task_ids.push_back(tc.submit_transfer(part)["task_id"]);
  //! [split]
  ASSERT_EQ(task_ids.size(), 2U);
  for (const auto& task_id : task_ids)
    EXPECT_TRUE(tc.task_wait(task_id, {.timeout = 60s, .polling_interval = 1s}));
  EXPECT_EQ(copied("backup/file1.txt"), "share/godata/file1.txt");
  EXPECT_EQ(copied("backup/folder/two.txt"), "share/my folder/two.txt");
  EXPECT_TRUE(is_copied("backup/empty"));
}

TEST_F(TransfersGuide, FaultyBatches) {
  std::istringstream lines("/a /b\n/c\n\"/d /e\n");
  std::ostringstream out;
  TransferData data{source_id, destination_id};
  //! [faults]
  try {
    data.add_batch(lines, {.file_name = "batch.txt"});
  } catch (const GlobusSDKUsageError& error) {
    out << error.what() << '\n';
    // batch.txt:2: the destination path is missing
    // batch.txt:3: a quote is not closed
  }
  //! [faults]
  EXPECT_EQ(out.str(),
            "batch.txt:2: the destination path is missing\nbatch.txt:3: a quote is not closed\n");
  EXPECT_EQ(data.iter_items().size(), 0U);
}

TEST_F(TransfersGuide, Pages) {
  world.write("one.csv", "one");
  std::string task_id;
  for (int number = 0; number < 3; ++number) {
    TransferData data{source_id, destination_id, {.label = "nightly"}};
    data.add_item("/one.csv", "/one.csv");
    task_id = tc.submit_transfer(data)["task_id"];
    tc.task_wait(task_id, {.timeout = 60s, .polling_interval = 1s});
  }
  std::ostringstream out;
  //! [pages]
  for (auto item : tc.paginated().task_successful_transfers(task_id).items())
    out << item["source_path"] << " -> " << item["destination_path"] << '\n';

  // the two newest tasks; the second page is fetched for the second
  for (auto task : tc.paginated().task_list({.limit = 1}).items() | std::views::take(2))
    out << task["label"] << ": " << task["status"] << '\n';
  //! [pages]
  EXPECT_EQ(out.str(), "/one.csv -> /one.csv\nnightly: SUCCEEDED\nnightly: SUCCEEDED\n");
}

TEST_F(TransfersGuide, Deleting) {
  world.write("old/one.csv", "one");
  world.write("old.log", "x");
  //! [deleting]
  DeleteData data{collection_id, {.label = "clean up", .recursive = true, .ignore_missing = true}};
  data.add_item("/old/");
  std::istringstream lines{"/old.log\n/not/there  # that is no error, by ignore_missing\n"};
  data.add_batch(lines);
  const std::string task_id = tc.submit_delete(data)["task_id"];
  //! [deleting]
  const auto result = tc.task_wait(task_id, {.timeout = 60s, .polling_interval = 1s});
  EXPECT_EQ(result.task()["status"], "SUCCEEDED") << result.task().text();
  EXPECT_FALSE(fs::exists(world.sandbox.folder("SOURCE") / "old"));
  EXPECT_FALSE(fs::exists(world.sandbox.folder("SOURCE") / "old.log"));
}

[[maybe_unused]] void version_two(const std::string& client_id, const std::string& collection_id) {
  UserApp app{"my-app", {.client_id = client_id}};
  //! [v2]
  TransferClientV2 tc_v2{app};
  tc_v2.create_bookmark(BookmarkCreateDocument{collection_id, "my data", "/data/"});
  for (auto bookmark : tc_v2.paginated().list_bookmarks().items())
    std::cout << bookmark["attributes"]["name"] << '\n';
  //! [v2]
}

}  // namespace
