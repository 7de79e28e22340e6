// SPDX-License-Identifier: Apache-2.0
// Files with tokens in them are their owner's alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>

#include "sandbox_server/served_program.hpp"
#include "support/other_user.hpp"
#include "support/raw_http.hpp"
#include "support/scoped_folder.hpp"

namespace {

namespace fs = std::filesystem;
using globus_sdk_test::ScopedFolder;

/// The modes of the files in a folder, by their names, that are not 0600.
std::map<std::string, unsigned> open_files(const fs::path& folder) {
  std::map<std::string, unsigned> result;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const auto mode = static_cast<unsigned>(entry.status().permissions()) & 07777U;
    if (entry.is_regular_file() && mode != 0600U) result[entry.path().filename()] = mode;
  }
  return result;
}

void make_wide(const fs::path& file, std::string_view content = {}) {
  std::ofstream(file, std::ios::app | std::ios::binary) << content;
  fs::permissions(file, fs::perms(0666));
}

/// A sandbox under a umask, with a state file in this folder, after it wrote something.
class StatePrivacy : public testing::TestWithParam<const char*> {
 protected:
  std::unique_ptr<ServedProgram> serve(const programs::Environment& variables = {}) const {
    const std::string umask = "umask " + std::string(GetParam()) + "; exec \"$@\"";
    auto sandbox = std::make_unique<ServedProgram>(
        std::vector<std::string>{"--state", state.string()},
        std::vector<std::string>{"/bin/sh", "-c", umask, "sh"}, variables);
    raw_http::Client().send_json("POST", sandbox->text("control") + "users",
                                 R"({"username":"a@b.example"})");
    return sandbox;
  }

  ScopedFolder folder;
  fs::path state = folder.path / "state.db";
};

}  // namespace

TEST_P(StatePrivacy, NewFilesAreTheirOwners) {
  const auto sandbox = serve();
  EXPECT_TRUE(fs::exists(state.string() + "-journal")) << "a journal is looked at, too";
  EXPECT_THAT(open_files(folder.path), testing::IsEmpty());
  sandbox->program().send(SIGKILL);
  sandbox->program().finish();
  EXPECT_THAT(open_files(folder.path), testing::IsEmpty());
}

TEST_P(StatePrivacy, SoAreFilesThatWereThereAlready) {
  {
    const auto sandbox = serve();
    sandbox->program().send(SIGKILL);  // so that a journal stays
    sandbox->program().finish();
  }
  for (const auto& entry : fs::directory_iterator(folder.path))
    if (entry.is_regular_file()) make_wide(entry.path());
  const auto sandbox = serve();
  EXPECT_THAT(open_files(folder.path), testing::IsEmpty());
  EXPECT_EQ(sandbox->description().at("users").as_array().size(), 3U) << "the state is the same";
}

TEST_P(StatePrivacy, SoAreTheFilesOfAWriteAheadLog) {
  { serve(); }
  sqlite3* connection = nullptr;
  ASSERT_EQ(sqlite3_open(state.c_str(), &connection), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(connection,
                         "PRAGMA journal_mode = WAL; CREATE TABLE other (x); INSERT INTO other "
                         "VALUES ('y');",
                         nullptr, nullptr, nullptr),
            SQLITE_OK);
  // as a process leaves them that is killed: copied while they are in use
  const ScopedFolder copies;
  for (const char* suffix : {"", "-wal", "-shm"}) {
    const fs::path copy = copies.path / ("state.db" + std::string(suffix));
    fs::copy_file(state.string() + suffix, copy);
    make_wide(copy);
  }
  sqlite3_close(connection);
  state = copies.path / "state.db";
  const auto sandbox = serve();
  EXPECT_THAT(open_files(copies.path), testing::IsEmpty());
}

TEST_P(StatePrivacy, SoIsTheFileOfSecrets) {
  const fs::path secrets = folder.path / "secrets";
  const auto serve_with = [&] {
    return serve({{"GLOBUS_SANDBOX_SECRETS_FILE", secrets.string()}});
  };
  { serve_with(); }
  EXPECT_THAT(open_files(folder.path), testing::IsEmpty());
  EXPECT_GT(fs::file_size(secrets), 100U);
  make_wide(secrets);
  const auto sandbox = serve_with();
  EXPECT_THAT(open_files(folder.path), testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Umasks, StatePrivacy, testing::Values("000", "022", "077", "0777"));

TEST(StateFiles, OfOtherUsersAreRefused) {
  if (!globus_sdk_test::may_become_another_user())
    GTEST_SKIP() << "only root can give files to another user";
  for (const char* suffix : {"", "-journal", "-wal", "-shm"}) {
    const ScopedFolder folder;
    const fs::path state = folder.path / "state.db";
    if (*suffix != '\0') std::ofstream{state};
    const fs::path theirs = state.string() + suffix;
    make_wide(theirs);
    ASSERT_EQ(chown(theirs.c_str(), globus_sdk_test::other_user, globus_sdk_test::other_user), 0);
    programs::Program program({GLOBUS_SANDBOX_PROGRAM, "serve", "--state", state.string()});
    EXPECT_NE(program.line().find(theirs.string() + "' belongs to another user"), std::string::npos)
        << program.output();
    EXPECT_EQ(program.finish(), 1);
  }
  const ScopedFolder folder;
  const fs::path secrets = folder.path / "secrets";
  make_wide(secrets);
  ASSERT_EQ(chown(secrets.c_str(), globus_sdk_test::other_user, globus_sdk_test::other_user), 0);
  programs::Program program({GLOBUS_SANDBOX_PROGRAM, "serve"},
                            {{"GLOBUS_SANDBOX_SECRETS_FILE", secrets.string()}});
  EXPECT_NE(program.line().find("GLOBUS_SANDBOX_SECRETS_FILE"), std::string::npos);
  EXPECT_EQ(program.finish(), 1);
  EXPECT_EQ(fs::file_size(secrets), 0U);
}

TEST(StateFiles, WhatIsNoStateKeepsItsMode) {
  const ScopedFolder folder;
  const fs::path page = folder.path / "page.html";
  make_wide(page, "<html>not a database at all, but what others read</html>");
  programs::Program program({GLOBUS_SANDBOX_PROGRAM, "serve", "--state", page.string()});
  EXPECT_NE(program.line().find("'" + page.string() + "' is not a database"), std::string::npos)
      << program.output();
  EXPECT_EQ(program.finish(), 1);
  EXPECT_EQ(fs::status(page).permissions(), fs::perms(0666));
}
