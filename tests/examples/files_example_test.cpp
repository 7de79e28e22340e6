// SPDX-License-Identifier: Apache-2.0
// The examples that move one file over HTTPS.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "sandbox/sandbox.hpp"
#include "support/browser.hpp"
#include "support/over_tls.hpp"
#include "support/program.hpp"
#include "support/raw_http.hpp"
#include "support/scoped_folder.hpp"
#include "support/terminal_program.hpp"

namespace {

namespace fs = std::filesystem;

using globus_sandbox::Sandbox;
using globus_sdk_test::between;
using globus_sdk_test::code_from;
using globus_sdk_test::for_this_run;
using globus_sdk_test::ScopedFolder;
using programs::Environment;
using programs::Program;
using programs::TerminalProgram;
using testing::HasSubstr;

/// A sandbox with a collection of Globus Connect Server, and a user at a terminal without a
/// display.
class FilesExamples : public testing::Test {
 protected:
  FilesExamples() {
    std::ofstream(served("data.csv")) << "1,2\n";
    raw_http::Request request;
    request.method = "PATCH";
    request.url = sandbox.value("URL") + "collections";
    request.headers = {{"Content-Type", "application/json"}};
    request.body =
        R"({"collection": ")" + collection() + R"(", "entity_type": "GCSv5_guest_collection"})";
    request.verify = false;
    EXPECT_LT(raw_http::Client().send(request).status, 300);
  }

  std::string collection() const { return sandbox.value("COLLECTION_SOURCE"); }
  fs::path served(const std::string& name) const { return sandbox.folder("SOURCE") / name; }
  fs::path local(const std::string& name) const { return home.path / name; }
  Environment environment() const {
    Environment all = sandbox.environment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "SSH_TTY", "SSH_CONNECTION"})
      all[name] = "";
    all["HOME"] = home.path.string();
    return all;
  }
  static std::string example(const std::string& name) {
    return std::string(GLOBUS_SDK_EXAMPLES_DIR) + '/' + name;
  }
  static std::string content_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  Sandbox sandbox{for_this_run({.auto_consent = true})};
  ScopedFolder home{};
};

TEST_F(FilesExamples, DownloadAsksForALoginOnce) {
  const std::vector<std::string> command{example("download"), collection(), "/data.csv",
                                         local("a.csv").string()};
  TerminalProgram program(command, environment());
  EXPECT_TRUE(program.read_until("paste the code that is shown there: ")) << program.screen();
  program.type(code_from(between(program.screen(), "---\r\n", "\r")) + "\n");
  EXPECT_EQ(program.finish(), 0) << program.screen();
  EXPECT_THAT(program.screen(), HasSubstr("4 bytes"));
  EXPECT_EQ(content_of(local("a.csv")), "1,2\n");

  Program again(command, environment());
  EXPECT_EQ(again.finish(), 0) << again.output();
  EXPECT_EQ(again.output(), "4 bytes\n");
}

TEST_F(FilesExamples, UploadSaysHowFarItIs) {
  std::ofstream(local("b.csv")) << "3,4,5\n";
  Program program({example("upload"), local("b.csv").string(), "/b.csv"}, environment());
  EXPECT_EQ(program.finish(), 0) << program.output();
  EXPECT_THAT(program.output(), HasSubstr("6 of 6 bytes\nthe collection has 6 bytes\n"));
  EXPECT_EQ(content_of(served("b.csv")), "3,4,5\n");
}

TEST_F(FilesExamples, SayWhatGoesWrong) {
  Program missing({example("upload"), local("nothing").string(), "/b.csv"}, environment());
  EXPECT_EQ(missing.finish(), 1);
  EXPECT_THAT(missing.output(), HasSubstr(local("nothing").string()));
  Program usage({example("download")}, environment());
  EXPECT_EQ(usage.finish(), 2);
  EXPECT_THAT(usage.output(), HasSubstr("usage: download COLLECTION_ID PATH LOCAL_FILE"));
}

}  // namespace
