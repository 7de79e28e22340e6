// SPDX-License-Identifier: Apache-2.0
// The demo does what it says, and leaves nothing, however it ends.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>
#include <regex>

#include "support/program.hpp"
#include "support/scoped_folder.hpp"

namespace {

namespace fs = std::filesystem;
using globus_sdk_test::ScopedFolder;
using programs::Program;
using testing::ContainsRegex;
using testing::HasSubstr;

/// A small tree to transfer, and a folder in which the demo makes its temporary ones.
class Demo : public testing::Test {
 protected:
  Demo() {
    fs::create_directory(temporary());
    for (int i = 0; i < files; ++i) {
      const auto below = tree() / ("folder-" + std::to_string(i % 7));
      fs::create_directories(below);
      std::ofstream(below / ("file-" + std::to_string(i))) << std::string(200, 'x') << i;
    }
    fs::create_symlink("nowhere", tree() / "link");
  }

  std::vector<std::string> command() const {
    return {std::string(GLOBUS_SDK_EXAMPLES_DIR) + "/demo", tree().string()};
  }
  programs::Environment environment() const { return {{"TMPDIR", temporary().string()}}; }
  fs::path tree() const { return folder.path / "tree"; }
  fs::path temporary() const { return folder.path / "temporary"; }

  static constexpr int files = 400;
  ScopedFolder folder;
};

TEST_F(Demo, MovesATreeWhileTokensExpire) {
  Program program(command(), environment());
  EXPECT_EQ(program.finish(), 0) << program.output();
  const auto& output = program.output();
  EXPECT_THAT(output, HasSubstr("Access Token Authorization on AuthClient and TransferClient\n"
                                "  user sandbox-user@globus-sandbox.example\n"
                                "  SOURCE has 8 entries: folder-0, folder-1, "));
  EXPECT_THAT(output, HasSubstr("DESTINATION has 0 entries\n"));
  EXPECT_THAT(output, HasSubstr("Basic Auth on an AuthClient\n"));
  EXPECT_THAT(output, HasSubstr("Refresh Token Authorization on AuthClient and TransferClient\n"));
  EXPECT_THAT(output, HasSubstr("100 %  400 files"));
  EXPECT_THAT(output, HasSubstr("the access token expires ahead of its time"));
  EXPECT_THAT(output, ContainsRegex("calls +[0-9]+, none failed: nobody noticed\n"));
  EXPECT_THAT(output, HasSubstr(", 1 of them because Transfer had refused the one before\n"));
  EXPECT_THAT(output, HasSubstr("400 files are equal\n"));
  EXPECT_THAT(output, ContainsRegex("files +400\n"));
  // one for the one that was refused, and others because tokens grow old
  std::smatch renewed;
  ASSERT_TRUE(std::regex_search(output, renewed, std::regex("tokens renewed +([0-9]+)")));
  EXPECT_GE(std::stoi(renewed[1]), 2);
  EXPECT_EQ(output.find('\r'), std::string::npos) << "no bar without a terminal";
  EXPECT_TRUE(fs::is_empty(temporary()));
}

TEST_F(Demo, LeavesNothingWhenItIsInterrupted) {
  // from the first line to the middle of the transfer
  for (const char* moment : {" files, ", "a local Globus at", "Basic Auth", "  task ", " %  "}) {
    for (const int signal : {SIGINT, SIGTERM}) {
      Program program(command(), environment());
      ASSERT_TRUE(program.read_until(moment)) << moment << program.output();
      program.send(signal);
      EXPECT_EQ(program.finish(), 130) << moment << ": " << program.output();
      EXPECT_THAT(program.output(), HasSubstr("interrupted: everything is stopped and removed"));
      EXPECT_TRUE(fs::is_empty(temporary())) << moment;
    }
  }
}

TEST_F(Demo, LeavesNothingWhenItFails) {
  Program wrong({command().front(), "/no/such/folder"}, environment());
  EXPECT_EQ(wrong.finish(), 1);
  EXPECT_THAT(wrong.output(), HasSubstr("demo: there is no folder /no/such/folder"));
  EXPECT_TRUE(fs::is_empty(temporary()));
}

TEST_F(Demo, DrawsABarOnATerminal) {
  const int terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  ASSERT_GE(terminal, 0);
  ASSERT_EQ(grantpt(terminal), 0);
  ASSERT_EQ(unlockpt(terminal), 0);
  // the shell puts the terminal where the pipe was
  const std::string run = "exec \"$0\" \"$1\" > " + std::string(ptsname(terminal));
  Program program({"/bin/sh", "-c", run, command()[0], command()[1]}, environment());
  std::string shown;
  char buffer[4096];
  while (shown.find("] ") == std::string::npos || shown.find("#") == std::string::npos) {
    const auto count = read(terminal, buffer, sizeof buffer);
    ASSERT_GT(count, 0) << shown;
    shown.append(buffer, static_cast<std::size_t>(count));
  }
  program.send(SIGINT);
  EXPECT_EQ(program.finish(), 130);
  EXPECT_THAT(shown, ContainsRegex("\r\x1b\\[K  \\[#+\\.+\\] +[0-9]+ %  [0-9]+ files  "));
  EXPECT_TRUE(fs::is_empty(temporary()));
  close(terminal);
}

}  // namespace
