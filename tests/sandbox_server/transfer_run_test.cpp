// SPDX-License-Identifier: Apache-2.0
// Transfers that run to their end.
#include <gmock/gmock.h>
#include <sys/mount.h>

#include "sandbox_server/transfer_fixture.hpp"

namespace globus_sandbox::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

class TransferRun : public TransferTest {};

TEST_F(TransferRun, RecursiveTreeArrivesAndIsCounted) {
  write_file(source / "data/a.txt", "hello");
  write_file(source / "data/sub/b.bin", std::string(300000, 'b'));
  write_file(source / "data/sub/empty", "");
  fs::create_directories(source / "data/hollow");
  const auto id = submit_transfer({item("/data/", "/~/backup/copy/", {{"recursive", true}})},
                                  {{"label", "nightly"}});
  const auto t = wait(id);
  EXPECT_EQ(t.text("status"), "SUCCEEDED");
  EXPECT_EQ(tree(destination),
            (std::vector<std::string>{"backup", "backup/copy", "backup/copy/a.txt",
                                      "backup/copy/hollow", "backup/copy/sub",
                                      "backup/copy/sub/b.bin", "backup/copy/sub/empty"}));
  EXPECT_EQ(read_file(destination / "backup/copy/sub/b.bin"), std::string(300000, 'b'));
  EXPECT_EQ(t.number("files"), 3);
  EXPECT_EQ(t.number("files_transferred"), 3);
  EXPECT_EQ(t.number("directories"), 3);
  EXPECT_EQ(t.number("bytes_transferred"), 300005);
  EXPECT_EQ(t.number("subtasks_total"), 7);
  EXPECT_EQ(t.number("subtasks_succeeded"), 7);
  EXPECT_EQ(t.number("subtasks_pending"), 0);
  EXPECT_EQ(t.number("faults"), 0);
  EXPECT_EQ(t.text("label"), "nightly");
  EXPECT_EQ(t.text("source_endpoint_id"), source_id);
  EXPECT_TRUE(t["nice_status"].is_null());
  EXPECT_THAT(event_codes(id), ElementsAre("SUCCEEDED", "STARTED"));
  EXPECT_THAT(get("task/" + id + "/successful_transfers").names("source_path"),
              UnorderedElementsAre("/data/a.txt", "/data/sub/b.bin", "/data/sub/empty"));
  EXPECT_THAT(get("task/" + id + "/successful_transfers").names("destination_path"),
              Contains("/~/backup/copy/a.txt"));
}

TEST_F(TransferRun, FiveThousandFilesTakeSeconds) {
  for (int i = 0; i < 5200; ++i)
    write_file(source / ("tree/" + std::to_string(i / 100)) / (std::to_string(i) + ".txt"),
               std::to_string(i));
  const auto begin = std::chrono::steady_clock::now();
  const auto t =
      transfer({item("/tree/", "/tree/", {{"recursive", true}})}, {{"verify_checksum", true}});
  const auto seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  RecordProperty("seconds", std::to_string(seconds));
  std::cout << "5200 files in " << seconds << " s\n";
  EXPECT_LT(seconds, 60);
  EXPECT_EQ(t.number("files_transferred"), 5200);
  EXPECT_EQ(t.number("directories"), 53);
  EXPECT_EQ(tree(source), tree(destination));
  EXPECT_EQ(read_file(destination / "tree/51/5199.txt"), "5199");
}

TEST_F(TransferRun, SingleFileMakesItsFoldersAndReplacesWhatIsThere) {
  write_file(source / "a.txt", "new");
  write_file(destination / "deep/down/a.txt", "older and longer");
  fs::permissions(destination / "deep/down/a.txt", fs::perms(0640));
  auto t = transfer({item("/a.txt", "/deep/down/a.txt"),
                     item("~/a.txt", "/other/b.txt", {{"recursive", false}})});
  EXPECT_EQ(read_file(destination / "deep/down/a.txt"), "new");
  EXPECT_EQ(read_file(destination / "other/b.txt"), "new");
  EXPECT_EQ(fs::status(destination / "deep/down/a.txt").permissions(), fs::perms(0640));
  EXPECT_EQ(t.number("files"), 2);
  EXPECT_EQ(t.number("directories"), 0);
}

TEST_F(TransferRun, SyncLevelsCompareTruly) {
  const auto put = [&](const std::string& name, const std::string& from, const std::string& to,
                       int seconds_newer) {
    write_file(source / "s" / name, from);
    write_file(destination / "s" / name, to);
    fs::last_write_time(source / "s" / name, fs::last_write_time(destination / "s" / name) +
                                                 std::chrono::seconds(seconds_newer));
  };
  const auto reset = [&] {
    put("same", "12345", "12345", 0);
    put("content", "12345", "abcde", -10);
    put("size", "123456", "abcde", -10);
    put("newer", "12345", "abcde", 10);
    fs::remove(destination / "s/missing");
    write_file(source / "s/missing", "m");
  };
  const auto run = [&](int level) {
    reset();
    const auto t = transfer({item("/s/", "/s/", {{"recursive", true}})}, {{"sync_level", level}});
    EXPECT_EQ(t.number("files_skipped") + t.number("files_transferred"), 5);
    auto names = get("task/" + t.text("task_id") + "/successful_transfers").names("source_path");
    for (auto& name : names) name = name.substr(3);
    std::sort(names.begin(), names.end());
    return std::pair(names, t);
  };
  EXPECT_THAT(run(0).first, ElementsAre("missing"));
  EXPECT_THAT(run(1).first, ElementsAre("missing", "size"));
  EXPECT_THAT(run(2).first, ElementsAre("missing", "newer"));
  const auto [names, t] = run(3);
  EXPECT_THAT(names, ElementsAre("content", "missing", "newer", "size"));
  EXPECT_EQ(t.number("bytes_checksummed"), 15);
  EXPECT_EQ(t.number("sync_level"), 3);
  EXPECT_EQ(read_file(destination / "s/content"), "12345");
}

TEST_F(TransferRun, FilterRulesDecideInTheirOrder) {
  for (const auto* name :
       {"keep.txt", "drop.log", "sub/inner.txt", "sub/drop.log", "cache/x.txt", "sub/cache/y.txt"})
    write_file(source / "f" / name, "x");
  const auto rule = [](const std::string& method, object more) {
    more["DATA_TYPE"] = "filter_rule";
    more["method"] = method;
    return value(more);
  };
  transfer({item("/f", "/f1")},
           {{"filter_rules", array{rule("exclude", {{"name", "cache"}, {"type", "dir"}}),
                                   rule("exclude", {{"name", "*.l?g"}, {"type", nullptr}})}}});
  EXPECT_THAT(tree(destination / "f1"), ElementsAre("keep.txt", "sub", "sub/inner.txt"));
  transfer({item("/f", "/f2")},
           {{"filter_rules", array{rule("include", {{"name", "[jk]*.txt"}, {"type", "file"}}),
                                   rule("exclude", {{"name", "*"}, {"type", "file"}})}}});
  EXPECT_THAT(tree(destination / "f2"), ElementsAre("cache", "keep.txt", "sub", "sub/cache"));
  transfer({item("/f", "/f3")},
           {{"filter_rules", array{rule("exclude", {{"path", "sub/*"}, {"type", "file"}})}}});
  EXPECT_THAT(tree(destination / "f3"), ElementsAre("cache", "cache/x.txt", "drop.log", "keep.txt",
                                                    "sub", "sub/cache", "sub/cache/y.txt"));
}

TEST_F(TransferRun, PreservesTimesWhenAsked) {
  write_file(source / "old", "x");
  const auto time = fs::last_write_time(source / "old") - 1000h;
  fs::last_write_time(source / "old", time);
  transfer({item("/old", "/kept")}, {{"preserve_timestamp", true}});
  transfer({item("/old", "/new")});
  EXPECT_EQ(fs::last_write_time(destination / "kept"), time);
  EXPECT_GT(fs::last_write_time(destination / "new"), time + 999h);
}

TEST_F(TransferRun, DeletesWhatTheSourceLacks) {
  write_file(source / "d/stay", "1");
  write_file(source / "d/becomes_file", "2");
  write_file(source / "d/becomes_dir/x", "3");
  write_file(destination / "d/stay", "0");
  write_file(destination / "d/extra", "x");
  write_file(destination / "d/extra_dir/deep/y", "x");
  write_file(destination / "d/becomes_file/z", "x");
  write_file(destination / "d/becomes_dir", "x");
  write_file(destination / "d/spared.log", "x");
  write_file(destination / "outside", "x");
  const object rule{{"DATA_TYPE", "filter_rule"}, {"method", "exclude"}, {"name", "*.log"}};
  transfer({item("/d/", "/d/", {{"recursive", true}})},
           {{"delete_destination_extra", true}, {"filter_rules", array{rule}}});
  EXPECT_THAT(tree(destination),
              ElementsAre("d", "d/becomes_dir", "d/becomes_dir/x", "d/becomes_file", "d/spared.log",
                          "d/stay", "outside"));
  EXPECT_EQ(read_file(destination / "d/stay"), "1");
}

TEST_F(TransferRun, SymbolicLinksAreHandledAsAsked) {
  write_file(source / "l/file", "content");
  write_file(source / "l/sub/inner", "inner");
  fs::create_symlink("file", source / "l/link");
  fs::create_directory_symlink("sub", source / "l/dirlink");
  fs::create_directory_symlink("..", source / "l/sub/up");
  transfer({item("/l", "/ignore")});
  EXPECT_THAT(tree(destination / "ignore"), ElementsAre("file", "sub", "sub/inner"));
  const auto kept = transfer({item("/l", "/keep")}, {{"recursive_symlinks", "keep"}});
  EXPECT_EQ(fs::read_symlink(destination / "keep/link"), "file");
  EXPECT_EQ(fs::read_symlink(destination / "keep/sub/up"), "..");
  EXPECT_EQ(kept.number("symlinks"), 3);
  fs::remove(source / "l/sub/up");
  transfer({item("/l", "/copy")}, {{"recursive_symlinks", "copy"}});
  EXPECT_THAT(tree(destination / "copy"),
              ElementsAre("dirlink", "dirlink/inner", "file", "link", "sub", "sub/inner"));
  EXPECT_FALSE(fs::is_symlink(destination / "copy/link"));
  auto link = item("/l/link", "/one").as_object();
  link["DATA_TYPE"] = "transfer_symlink_item";
  transfer({link});
  EXPECT_EQ(fs::read_symlink(destination / "one"), "file");
}

TEST_F(TransferRun, CopiedLinksThatGoInCirclesEnd) {
  write_file(source / "l/sub/inner", "inner");
  fs::create_directory_symlink("..", source / "l/sub/up");
  const auto t = transfer({item("/l", "/copy")},
                          {{"recursive_symlinks", "copy"}, {"skip_source_errors", true}});
  EXPECT_EQ(t.number("subtasks_skipped_errors"), 1);
  EXPECT_EQ(read_file(destination / "copy/sub/inner"), "inner");
}

TEST_F(TransferRun, ExternalChecksumsAreVerified) {
  write_file(source / "a", "abc");
  const auto sha = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  transfer({item("/a", "/md5", {{"external_checksum", "900150983CD24FB0D6963F7D28E17F72"}}),
            item("/a", "/sha", {{"external_checksum", sha}, {"checksum_algorithm", "sha256"}})});
  const auto id = submit_transfer({item("/a", "/bad", {{"external_checksum", "00"}})});
  const auto t = wait(id);
  EXPECT_EQ(t.text("status"), "FAILED");
  EXPECT_EQ(t["fatal_error"].at("code"), "EXTERNAL_CHECKSUM_MISMATCH");
  EXPECT_FALSE(fs::exists(destination / "bad"));
  EXPECT_THAT(tree(destination), ElementsAre("md5", "sha"));
}

TEST_F(TransferRun, SkipsSourceErrorsAndListsThem) {
  write_file(source / "ok", "1");
  write_file(source / "locked", "2");
  fs::permissions(source / "locked", fs::perms::none);
  const auto t =
      transfer({item("/ok", "/ok"), item("/~/locked", "/locked"), item("/~/missing", "/missing")},
               {{"skip_source_errors", true}});
  EXPECT_EQ(t.number("subtasks_skipped_errors"), 2);
  EXPECT_EQ(t.number("files_transferred"), 1);
  EXPECT_THAT(event_codes(t.text("task_id")),
              ElementsAre("SUCCEEDED", "SKIPPED_ERRORS", "STARTED"));
  const auto skipped = get("task/" + t.text("task_id") + "/skipped_errors");
  EXPECT_THAT(skipped.names("error_code"),
              UnorderedElementsAre("FILE_NOT_FOUND", "PERMISSION_DENIED"));
  EXPECT_THAT(skipped.names("source_path"), UnorderedElementsAre("/~/locked", "/~/missing"));
}

TEST_F(TransferRun, SuccessesComeInPages) {
  for (int i = 0; i < 250; ++i) write_file(source / "many" / std::to_string(i), "x");
  const auto id = transfer({item("/many", "/many")}).text("task_id");
  std::vector<std::size_t> pages;
  std::set<std::string> seen;
  std::vector<NamedValue> query;
  for (;;) {
    const auto page = get("task/" + id + "/successful_transfers", query);
    pages.push_back(page.data().size());
    for (const auto& name : page.names("source_path")) seen.insert(name);
    if (page["next_marker"].is_null()) break;
    query = {{"marker", std::to_string(page.number("next_marker"))}};
  }
  EXPECT_THAT(pages, ElementsAre(100, 100, 50));
  EXPECT_EQ(seen.size(), 250);
  EXPECT_EQ(get("task/" + id + "/successful_transfers", {{"marker", "x"}}).status, 400);
}

TEST_F(TransferRun, TransferIntoItselfEnds) {
  write_file(source / "a", "1");
  auto document = transfer_document({item("/", "/backup/", {{"recursive", true}})});
  document["destination_endpoint"] = source_id;
  EXPECT_EQ(wait(submit("transfer", document)).text("status"), "SUCCEEDED");
  EXPECT_THAT(tree(source), ElementsAre("a", "backup", "backup/a"));
  document["submission_id"] = new_submission_id();
  EXPECT_EQ(wait(submit("transfer", document)).text("status"), "SUCCEEDED");
  EXPECT_THAT(tree(source), ElementsAre("a", "backup", "backup/a"));
}

/// Changes a file of the transfer while it is under way, as soon as there is something of it.
class Disturbed : public TransferTest {
 protected:
  std::string start_slowly() {
    write_file(source / "file", std::string(200000, 'x'));
    service->set_bandwidth_limit(400000);
    const auto id = submit_transfer({item("/file", "/file")}, {{"verify_checksum", true}});
    wait_until(id, [](const Answer& a) { return a.number("bytes_transferred") > 50000; });
    return id;
  }
};

TEST_F(Disturbed, WhatWasWrittenWrongIsFoundAndWrittenAgain) {
  const auto id = start_slowly();
  for (const auto& entry : fs::directory_iterator(destination)) {
    std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
    file << "damage";
  }
  const auto t = wait(id);
  EXPECT_EQ(t.text("status"), "SUCCEEDED");
  EXPECT_EQ(t.number("faults"), 1);
  EXPECT_THAT(event_codes(id), ElementsAre("SUCCEEDED", "VERIFY_CHECKSUM", "STARTED"));
  EXPECT_EQ(read_file(destination / "file"), read_file(source / "file"));
}

TEST_F(Disturbed, ASourceThatChangesIsReadAgain) {
  const auto id = start_slowly();
  std::ofstream(source / "file", std::ios::app) << "more";
  const auto t = wait(id);
  EXPECT_EQ(t.text("status"), "SUCCEEDED");
  EXPECT_THAT(event_codes(id), ElementsAre("SUCCEEDED", "FILE_SIZE_CHANGED", "STARTED"));
  EXPECT_EQ(t.number("bytes_transferred"), 200004);
  EXPECT_EQ(read_file(destination / "file"), read_file(source / "file"));
}

TEST_F(TransferRun, FullFileSystemsAreFaultsOrFatal) {
  const auto small = destination / "small";
  fs::create_directories(small);
  if (::mount("tmpfs", small.c_str(), "tmpfs", 0, "size=64k") != 0)
    GTEST_SKIP() << "no small file system can be mounted here";
  write_file(source / "big", std::string(300000, 'x'));
  const auto patient = submit_transfer({item("/big", "/small/big")});
  const auto t = wait_until(patient, [](const Answer& a) { return a.number("faults") > 0; });
  EXPECT_EQ(t.text("status"), "ACTIVE");
  EXPECT_EQ(t.text("nice_status"), "NO_SPACE_LEFT");
  post("task/" + patient + "/cancel", nullptr);
  const auto strict =
      wait(submit_transfer({item("/big", "/small/big")}, {{"fail_on_quota_errors", true}}));
  EXPECT_EQ(strict.text("status"), "FAILED");
  EXPECT_EQ(strict["fatal_error"].at("code"), "NO_SPACE_LEFT");
  EXPECT_TRUE(fs::is_empty(small));
  ::umount2(small.c_str(), MNT_DETACH);
}

}  // namespace
}  // namespace globus_sandbox::testing
