// SPDX-License-Identifier: Apache-2.0
// Batch files as a whole, and submissions that are split.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cstdint>
#include <fstream>
#include <limits>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/literals.hpp"
#include "globus_sdk/transfer/delete_data.hpp"
#include "globus_sdk/transfer/transfer_client.hpp"
#include "globus_sdk/transfer/transfer_data.hpp"
#include "support/scoped_folder.hpp"
#include "support/simulated_mode.hpp"
#include "transfer/transfer_operations.hpp"
#include "unit/mistake.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

Json items_of(const std::string& lines, const TransferBatchOptions& options = {}) {
  std::istringstream stream(lines);
  TransferData data("s", "d");
  return data.add_batch(stream, options).iter_items();
}

Json paths_of(const std::string& lines, const DeleteBatchOptions& options = {}) {
  std::istringstream stream(lines);
  DeleteData data("e");
  return data.add_batch(stream, options).iter_items();
}

/// What is said about a batch of a transfer.
std::string refusal_of(const std::string& lines, const TransferBatchOptions& options = {}) {
  try {
    items_of(lines, options);
  } catch (const GlobusSDKUsageError& error) {
    return error.what();
  }
  return "";
}

Json item(const std::string& source, const std::string& destination) {
  return {
      {"DATA_TYPE", "transfer_item"}, {"source_path", source}, {"destination_path", destination}};
}

TEST(Batch, HasAnItemALine) {
  const Json items = items_of(
      "# a file, a folder, and a file with a checksum\n"
      "\n"
      "  /share/file.txt ~/file.txt   # the first\n"
      "--recursive '/share/my folder' ~/folder\n"
      "/share/empty ~/empty --external-checksum d41d8cd9\n"
      "--no-recursive a b");
  const Json expected = Json::array({item("/share/file.txt", "~/file.txt"),
                                     {{"DATA_TYPE", "transfer_item"},
                                      {"source_path", "/share/my folder"},
                                      {"destination_path", "~/folder"},
                                      {"recursive", true}},
                                     {{"DATA_TYPE", "transfer_item"},
                                      {"source_path", "/share/empty"},
                                      {"destination_path", "~/empty"},
                                      {"external_checksum", "d41d8cd9"}},
                                     {{"DATA_TYPE", "transfer_item"},
                                      {"source_path", "a"},
                                      {"destination_path", "b"},
                                      {"recursive", false}}});
  EXPECT_EQ(items, expected) << items;
}

TEST(Batch, OfADeletionHasAPathALine) {
  const Json items = paths_of("# two\n/a/b \n\n'c d'#x\n", {.base_path = "/base"});
  const Json expected = Json::array({{{"DATA_TYPE", "delete_item"}, {"path", "/a/b"}},
                                     {{"DATA_TYPE", "delete_item"}, {"path", "/base/c d"}}});
  EXPECT_EQ(items, expected) << items;
}

TEST(Batch, IsInItsBaseFolders) {
  const Json items = items_of("a b\n/c d/\n'' ''\n", {.source_base_path = "/share/",
                                                      .destination_base_path = "~",
                                                      .checksum_algorithm = "SHA256"});
  const auto with_algorithm = [](const char* source, const char* destination) {
    return Json{{"DATA_TYPE", "transfer_item"},
                {"source_path", source},
                {"destination_path", destination},
                {"checksum_algorithm", "SHA256"}};
  };
  EXPECT_EQ(items, Json::array({with_algorithm("/share/a", "~/b"), with_algorithm("/c", "~/d/"),
                                with_algorithm("/share/", "~")}))
      << items;
}

TEST(Batch, LinesEndAsInAnyTextFile) {
  const Json expected = Json::array({item("/a", "/b"), item("/c", "/d")});
  for (const char* lines :
       {"/a /b\n/c /d", "/a /b\n/c /d\n", "/a /b\r\n/c /d\r\n", "/a /b\r\n\r\n/c /d",
        "/a /b\r/c /d\r", "\xEF\xBB\xBF/a /b\n/c /d\n", "\n\r\n\r/a\t/b\n \t\n/c /d # \r\n"}) {
    EXPECT_EQ(items_of(lines), expected) << lines;
  }
  for (const char* lines : {"", "\n", "\r", "\r\n", "\xEF\xBB\xBF", "# x", "#", "  \n\t\r\n"}) {
    EXPECT_EQ(items_of(lines), Json::array()) << lines;
  }
}

/// Characters that Python's splitlines takes for ends of lines may be in the name of a file.
TEST(Batch, OtherSeparatorsAreCharacters) {
  const Json items = items_of("\"/a\xE2\x80\xA8\x62\" /c\x0C\n");
  EXPECT_EQ(items, Json::array({item("/a\xE2\x80\xA8\x62", "/c\x0C")})) << items;
}

/// Blocks of a stream end anywhere: between `\r` and `\n` too.
TEST(Batch, LinesAreWholeWhereverABlockOfTheStreamEnds) {
  const Json expected = Json::array({item("/a", "/b")});
  for (std::size_t length = 65520; length < 65550; ++length) {
    const std::string comment = "#" + std::string(length, 'x');
    EXPECT_EQ(items_of(comment + "\r\n/a /b\r\n"), expected) << length;
    EXPECT_THAT(refusal_of(comment + "\r\n/c\r\n"), StartsWith("batch:2: ")) << length;
  }
}

TEST(Batch, AllWrongLinesAreNamedAtOnce) {
  const std::string what = refusal_of(
      "/a /b\r\n# x\r\n/c\r\n\r\n\"/d /e\r\n/f /g -r --external-checksum x\r\n/h /i /j\r\n"
      "'' /k\r\n/l . \r\n/m \\",
      {.file_name = "batch.txt"});
  std::istringstream lines(what);
  std::vector<std::string> faults;
  for (std::string line; std::getline(lines, line);) faults.push_back(line);
  EXPECT_THAT(faults,
              testing::ElementsAre(StartsWith("batch.txt:3: the destination path is missing"),
                                   StartsWith("batch.txt:5: a quote is not closed"),
                                   StartsWith("batch.txt:6: --recursive and --external-checksum"),
                                   StartsWith("batch.txt:7: \"/j\" is too much"),
                                   StartsWith("batch.txt:8: source_path must not be empty"),
                                   StartsWith("batch.txt:9: \".\" is the folder"),
                                   StartsWith("batch.txt:10: nothing follows the backslash")));
}

TEST(Batch, WithAWrongLineAddsNothing) {
  TransferData data("s", "d");
  data.add_item("/x", "/y");
  const Json before = data.document();
  std::istringstream lines("/a /b\n/c\n/d /e\n");
  EXPECT_THROW(data.add_batch(lines), GlobusSDKUsageError);
  EXPECT_EQ(data.document(), before);
  DeleteData deletion("e");
  std::istringstream paths("/a\n/b /c\n");
  EXPECT_THROW(deletion.add_batch(paths), GlobusSDKUsageError);
  EXPECT_EQ(deletion.iter_items().size(), 0U);
}

TEST(Batch, FaultsAreCountedBeyondAHundred) {
  std::string lines;
  for (int line = 0; line < 1000; ++line) lines += line % 2 == 0 ? "/a\n" : "/a /b\n";
  const std::string what = refusal_of(lines);
  EXPECT_EQ(std::ranges::count(what, '\n'), 100);
  EXPECT_THAT(what, HasSubstr("batch:199: "));
  EXPECT_THAT(what, EndsWith("\nand 400 more lines are wrong"));
}

TEST(Batch, LinesThatAreNoTextAreWrong) {
  EXPECT_THAT(refusal_of("/a\xE9 /b\n"), HasSubstr("batch:1: the line is not UTF-8"));
  EXPECT_THAT(refusal_of(std::string("/a /b\n/\0a /b\n", 13)),
              HasSubstr("batch:2: the line has a NUL"));
  EXPECT_THAT(refusal_of("/a /b\n#" + std::string(3'000'000, 'x') + "\n/c /d /e\n"),
              testing::MatchesRegex("batch:2: the line is longer than 1 MiB\nbatch:3: .*"));
}

/// A fault that a terminal would obey, or that fills it, is shown fit for one line.
TEST(Batch, FaultsAreOneLineEach) {
  const std::string what = refusal_of("/a /b '\x1B[2J\t" + std::string(100'000, 'x') + "'\n");
  EXPECT_LT(what.size(), 3000U);
  EXPECT_EQ(what.find('\x1B'), std::string::npos);
}

TEST(Batch, AFileThatCannotBeReadIsNoEmptyBatch) {
  const ScopedFolder folder;
  std::ifstream missing(folder.path / "missing");
  TransferData data("s", "d");
  EXPECT_TRUE(is_refused("missing.txt: the batch cannot be read",
                         [&] { data.add_batch(missing, {.file_name = "missing.txt"}); }));
  std::ifstream no_file(folder.path);
  EXPECT_TRUE(is_refused("batch: the batch cannot be read", [&] { data.add_batch(no_file); }));
}

TEST(Batch, ComesFromAFileOfManyBlocks) {
  const ScopedFolder folder;
  constexpr int count = 20'000;
  {
    std::ofstream file(folder.path / "batch.txt");
    for (int number = 0; number < count; ++number) {
      file << "\"/from/file " << number << "\" /to/file\\ " << number << " # " << number << '\n';
    }
  }
  std::ifstream file(folder.path / "batch.txt");
  TransferData data("s", "d");
  data.add_batch(file);
  const auto items = data.iter_items();
  ASSERT_EQ(items.size(), static_cast<std::size_t>(count));
  EXPECT_EQ(items[count - 1]["source_path"], "/from/file 19999");
  EXPECT_EQ(items[count - 1]["destination_path"], "/to/file 19999");
}

// ---- split ----

TEST(Split, KeepsOptionsRulesAndTheOrderOfItems) {
  TransferData data("s", "d",
                    {.label = "x", .submission_id = "one", .sync_level = SyncLevel::size});
  data.add_filter_rule("*.tmp");
  for (const char* name : {"/1", "/2", "/3", "/4", "/5"}) data.add_item(name, name);
  const std::vector<TransferData> parts = data.split(2);
  ASSERT_EQ(parts.size(), 3U);
  std::vector<std::string> names;
  for (const TransferData& part : parts) {
    const auto document = part.document().view();
    EXPECT_EQ(document["label"], "x");
    EXPECT_EQ(document["sync_level"], 1);
    EXPECT_EQ(document["filter_rules"][0]["name"], "*.tmp");
    EXPECT_EQ(document["source_endpoint"], "s");
    EXPECT_FALSE(document.contains("submission_id"));
    EXPECT_LE(part.iter_items().size(), 2U);
    for (const auto& item : part.iter_items()) names.push_back(item["source_path"]);
  }
  EXPECT_EQ(names, (std::vector<std::string>{"/1", "/2", "/3", "/4", "/5"}));
  EXPECT_EQ(data.iter_items().size(), 5U);
  EXPECT_EQ(data.submission_id(), "one");
}

TEST(Split, IsExactAtItsBounds) {
  DeleteData data("e", {.recursive = true});
  EXPECT_TRUE(data.split(1).empty());
  for (const char* name : {"/1", "/2", "/3", "/4"}) data.add_item(name);
  EXPECT_EQ(data.split(1).size(), 4U);
  EXPECT_EQ(data.split(2).size(), 2U);
  EXPECT_EQ(data.split(3).size(), 2U);
  EXPECT_EQ(data.split(4).size(), 1U);
  const std::vector<DeleteData> whole = data.split(std::numeric_limits<std::int64_t>::max());
  ASSERT_EQ(whole.size(), 1U);
  EXPECT_EQ(whole[0].document(), data.document());
  EXPECT_TRUE(is_refused("max_items", [&] { data.split(0); }));
  EXPECT_TRUE(is_refused("max_items", [&] { data.split(-1); }));
  EXPECT_TRUE(is_refused("max_items", [] { TransferData("s", "d").split(0); }));
}

TEST(Split, MakesSubmissionsOfTheirOwn) {
  auto [connection, simulation] = simulate(detail::service_of<TransferClient>);
  int ids = 0;
  simulation->answer = [&ids](const detail::OutgoingRequest& request) {
    if (request.url.find("submission_id") == std::string::npos) return simulated_answer(202);
    return simulated_answer(200, R"({"value": "id-)" + std::to_string(++ids) + R"("})");
  };
  const BasicTransferClient<Simulated> client(connection);
  TransferData data("s", "d");
  for (const char* name : {"/1", "/2", "/3"}) data.add_item(name, name);
  client.submit_transfer(data);  // the parts are other submissions than this one
  const std::vector<TransferData> parts = data.split(1);
  for (const TransferData& part : parts) client.submit_transfer(part);
  std::set<std::string> used{*data.submission_id()};
  for (const TransferData& part : parts) used.insert(part.submission_id().value());
  EXPECT_EQ(used.size(), 4U);
  for (const TransferData& part : parts) client.submit_transfer(part);
  EXPECT_EQ(ids, 4);  // submitted again, a part is the same task
}

TEST(TransferData, HasSymbolicLinks) {
  TransferData data("s", "d");
  data.add_symlink_item("/a", "/b");
  const Json expected = {
      {"DATA_TYPE", "transfer_symlink_item"}, {"source_path", "/a"}, {"destination_path", "/b"}};
  EXPECT_EQ(Json(data.iter_items()[0]), expected);
  EXPECT_TRUE(is_refused("source_path", [&] { data.add_symlink_item("", "/b"); }));
  EXPECT_TRUE(is_refused("destination_path", [&] { data.add_symlink_item("/a", ""); }));
}

}  // namespace
}  // namespace globus_sdk_test
