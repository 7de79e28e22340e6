// SPDX-License-Identifier: Apache-2.0
// Single lines of a batch, and their paths: what globus-cli 3.44.0 makes of them.
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>

#include "core/base/shell_words.hpp"
#include "globus_sdk/core/globus_error.hpp"
#include "transfer/batch_words.hpp"
#include "transfer/task_path.hpp"
#include "unit/mistake.hpp"

namespace globus_sdk::detail {
namespace {

using globus_sdk_test::is_refused;

/// A line, and the item that `globus transfer --batch` makes of it.
struct ItemOfLine {
  std::string line;
  TransferLine item;
};

const ItemOfLine items_of_lines[] = {
    {"/a /b", {"/a", "/b", {}}},
    {"/a /b -r", {"/a", "/b", true}},
    {"-r /a /b", {"/a", "/b", true}},
    {"/a -r /b", {"/a", "/b", true}},
    {"--recursive /a /b", {"/a", "/b", true}},
    {"--no-recursive /a /b", {"/a", "/b", false}},
    {"--no-recursive -r /a /b", {"/a", "/b", true}},
    {"-r --no-recursive /a /b", {"/a", "/b", false}},
    {"--external-checksum abc /a /b", {"/a", "/b", {}, "abc"}},
    {"--external-checksum=abc /a /b", {"/a", "/b", {}, "abc"}},
    {"--external-checksum= /a /b", {"/a", "/b", {}, ""}},
    {"--external-checksum '' /a /b", {"/a", "/b", {}, ""}},
    {"--external-checksum -r /a /b", {"/a", "/b", {}, "-r"}},
    {"--external-checksum --recursive /a /b", {"/a", "/b", {}, "--recursive"}},
    {"--no-recursive --external-checksum abc /a /b", {"/a", "/b", false, "abc"}},
    {"-r --external-checksum '' /a /b", {"/a", "/b", true, ""}},
    {"-rr /a /b", {"/a", "/b", true}},
    {"-- -a -b", {"-a", "-b", {}}},
    {"-r -- -a -b", {"-a", "-b", true}},
    {"- -", {"-", "-", {}}},
    {"-- -- --", {"--", "--", {}}},
    {"'-r' /a /b", {"/a", "/b", true}},
    {"--external-checksum a --external-checksum b /a /b", {"/a", "/b", {}, "b"}},
    {"a /b --", {"a", "/b", {}}},
    {"-- /a -r", {"/a", "-r", {}}},
    {"/a -- -r", {"/a", "-r", {}}},
    {"' ' /b", {" ", "/b", {}}},
    {"/a /b # c", {"/a", "/b", {}}},
    {"/a /b#c", {"/a", "/b", {}}},
    {"/a \\#b", {"/a", "#b", {}}},
    {"\"/a b\" '/c d'", {"/a b", "/c d", {}}},
    {"/ü '/ä ö'", {"/ü", "/ä ö", {}}},
    {"/a\t/b", {"/a", "/b", {}}},
};

/// A path below a base folder, and what a task gets.
struct PathInFolder {
  std::string base;
  std::string path;
  std::string sent;
};

const PathInFolder paths_in_folders[] = {
    {"", "", ""},
    {"", "..", ".."},
    {"", "/", "/"},
    {"", "//", "//"},
    {"", "///", "//"},
    {"", "/.", "/"},
    {"", "/..", "/"},
    {"", "/../a", "/a"},
    {"", "a", "a"},
    {"", "./a", "a"},
    {"", "a/", "a/"},
    {"", "a//b", "a/b"},
    {"", "a/./b", "a/b"},
    {"", "a/../b", "b"},
    {"", "../a", "../a"},
    {"", "../../a", "../../a"},
    {"", "a/../../b", "../b"},
    {"", "/a/b/", "/a/b/"},
    {"", "/a//b//", "/a/b/"},
    {"", "/a/./", "/a/"},
    {"", "/a/b/../c", "/a/c"},
    {"", "~", "~"},
    {"", "~/", "~/"},
    {"", "~/a", "~/a"},
    {"", "/~/a", "/~/a"},
    {"", "a b/ü", "a b/ü"},
    {"", "...", "..."},
    {"", "/a/...", "/a/..."},
    {"", "../", "../"},
    {"/share/", "", "/share/"},
    {"/share/", "a", "/share/a"},
    {"/share/", "/a", "/a"},
    {"/share/", "../a", "/a"},
    {"/share/", "~/a", "/share/~/a"},
    {"/share/", ".", "/share"},
    {"/share/", "a/", "/share/a/"},
    {"/share", "", "/share"},
    {"/share", "a", "/share/a"},
    {"/share", "/a", "/a"},
    {"/share", "../a", "/a"},
    {"/share", "~/a", "/share/~/a"},
    {"/share", ".", "/share"},
    {"/share", "a/", "/share/a/"},
    {"~", "", "~"},
    {"~", "a", "~/a"},
    {"~", "/a", "/a"},
    {"~", "~/a", "~/~/a"},
    {"~", ".", "~"},
    {"~", "a/", "~/a/"},
    {"~/", "", "~/"},
    {"~/", "a", "~/a"},
    {"~/", "/a", "/a"},
    {"~/", "~/a", "~/~/a"},
    {"~/", ".", "~"},
    {"~/", "a/", "~/a/"},
    {"a", "", "a"},
    {"a", "a", "a/a"},
    {"a", "/a", "/a"},
    {"a", "../a", "a"},
    {"a", "~/a", "a/~/a"},
    {"a", ".", "a"},
    {"a", "a/", "a/a/"},
    {"../x", "", "../x"},
    {"../x", "a", "../x/a"},
    {"../x", "/a", "/a"},
    {"../x", "../a", "../a"},
    {"../x", "~/a", "../x/~/a"},
    {"../x", ".", "../x"},
    {"../x", "a/", "../x/a/"},
    {"/", "", "/"},
    {"/", "a", "/a"},
    {"/", "/a", "/a"},
    {"/", "../a", "/a"},
    {"/", "~/a", "/~/a"},
    {"/", ".", "/"},
    {"/", "a/", "/a/"},
};

template <class T> std::optional<T> given(const Field<T>& field) {
  return field ? std::optional<T>(*field) : std::nullopt;
}

TransferLine item_of(const std::string& line) {
  return read_transfer_line(shell_words_before_comment(line).words);
}

TEST(BatchWords, OfTransfersAreThoseOfTheCommandLine) {
  for (const auto& [line, item] : items_of_lines) {
    const TransferLine read = item_of(line);
    EXPECT_EQ(read.source_path, item.source_path) << line;
    EXPECT_EQ(read.destination_path, item.destination_path) << line;
    EXPECT_EQ(given(read.recursive), given(item.recursive)) << line;
    EXPECT_EQ(given(read.external_checksum), given(item.external_checksum)) << line;
  }
}

TEST(BatchWords, ThatTheCommandLineRefusesAreRefused) {
  const std::pair<const char*, const char*> wrong[] = {
      {"/a /b --external-checksum", "--external-checksum needs a value"},
      {"-r --external-checksum abc /a /b", "exclude each other"},
      {"--recursive=yes /a /b", "--recursive takes no value"},
      {"--recursive= /a /b", "--recursive takes no value"},
      {"--no-recursive=yes /a /b", "--no-recursive takes no value"},
      {"-rx /a /b", "-rx"},
      {"-x /a /b", "-x"},
      {"-r=1 /a /b", "-r=1"},
      {"-é /a /b", "-é"},
      {"--rec /a /b", "--rec"},
      {"--help", "--help"},
      {"--checksum-algorithm MD5 /a /b", "--checksum-algorithm"},
      {"-r", "source path is missing"},
      {"--", "source path is missing"},
      {"--external-checksum abc -r", "source path is missing"},
      {"/a", "destination path is missing"},
      {"-", "destination path is missing"},
      {"/a#b /c", "destination path is missing"},
      {"/a /b /c", "/c"},
      {"/my folder /b", "quotes"},
  };
  for (const auto& [line, what] : wrong) {
    EXPECT_TRUE(is_refused(what, [&] { item_of(line); })) << line;
  }
}

TEST(BatchWords, OfDeletionsAreOnePath) {
  EXPECT_EQ(read_delete_line({"/a b"}), "/a b");
  EXPECT_EQ(read_delete_line({"--", "-x"}), "-x");
  EXPECT_EQ(read_delete_line({"-"}), "-");
  EXPECT_TRUE(is_refused("/b", [] { read_delete_line({"/a", "/b"}); }));
  EXPECT_TRUE(is_refused("-r", [] { read_delete_line({"-r", "/a"}); }));
  EXPECT_TRUE(is_refused("--recursive", [] { read_delete_line({"--recursive", "/a"}); }));
  EXPECT_TRUE(is_refused("path is missing", [] { read_delete_line({"--"}); }));
}

TEST(TaskPath, IsThatOfTheCommandLine) {
  for (const auto& [base, path, sent] : paths_in_folders) {
    EXPECT_EQ(task_path(base, path), sent) << base << ", " << path;
  }
}

/// The command line makes `/` of `./`, and `a` of `~/../a`: another folder than was meant.
TEST(TaskPath, IsNeverAnotherFolderThanWasMeant) {
  for (const char* path : {".", "./", "a/..", "a/../", "./."}) {
    EXPECT_TRUE(is_refused("begins", [&] { task_path("", path); })) << path;
  }
  for (const char* path : {"~/..", "~/../a", "~/a/../../b"}) {
    EXPECT_TRUE(is_refused("above ~", [&] { task_path("", path); })) << path;
  }
  EXPECT_TRUE(is_refused("above ~", [] { task_path("~/", "../a"); }));
}

}  // namespace
}  // namespace globus_sdk::detail
