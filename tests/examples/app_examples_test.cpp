// SPDX-License-Identifier: Apache-2.0
// The examples that show an app, tokens that several processes share, who has logged in, and a test
// of one's own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <globus_sdk/globus_sdk.hpp>
#include <memory>
#include <string>
#include <vector>

#include "sandbox/sandbox.hpp"
#include "support/browser.hpp"
#include "support/over_tls.hpp"
#include "support/program.hpp"
#include "support/scoped_folder.hpp"
#include "support/terminal_program.hpp"

namespace {

using globus_sandbox::Sandbox;
using globus_sdk_test::between;
using globus_sdk_test::code_from;
using globus_sdk_test::for_this_run;
using globus_sdk_test::ScopedFolder;
using programs::Environment;
using programs::Program;
using programs::TerminalProgram;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// A sandbox, and a user at a terminal without a display, with a home folder of the test's own.
class AppExamples : public testing::Test {
 protected:
  AppExamples() { std::ofstream(sandbox.folder("SOURCE") / "data.csv") << "1,2\n"; }

  Environment environment(const Environment& changes = {}) const {
    Environment all = sandbox.environment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "SSH_TTY", "SSH_CONNECTION"})
      all[name] = "";
    all["HOME"] = home.path.string();
    for (const auto& [name, value] : changes) all[name] = value;
    return all;
  }
  static std::vector<std::string> example(const std::string& name,
                                          const std::vector<std::string>& arguments = {}) {
    std::vector<std::string> command{std::string(GLOBUS_SDK_EXAMPLES_DIR) + '/' + name};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return command;
  }

  /// Runs it at a terminal, where the user logs in once. What is on the screen after that.
  std::string after_login(const std::vector<std::string>& command) const {
    TerminalProgram program(command, environment());
    EXPECT_TRUE(program.read_until("paste the code that is shown there: ")) << program.screen();
    const auto before = program.screen().size();
    program.type(code_from(between(program.screen(), "---\r\n", "\r")) + "\n");
    EXPECT_EQ(program.finish(), 0) << program.screen();
    std::string written = program.screen().substr(before);
    std::erase(written, '\r');
    return written.substr(written.find('\n') + 1);  // the code as it was typed
  }
  /// Runs it where nobody can be asked. What it says.
  std::string without_login(const std::vector<std::string>& command, int status = 0) const {
    Program program(command, environment());
    EXPECT_EQ(program.finish(), status) << program.output();
    return program.output();
  }
  std::ptrdiff_t count(const std::string& path, int status) const {
    const auto requests = sandbox.requests();
    return std::count_if(requests.begin(), requests.end(), [&](const auto& request) {
      return request.path.ends_with(path) && request.status == status;
    });
  }

  Sandbox sandbox{for_this_run({.auto_consent = true, .rotate_refresh_tokens = true})};
  ScopedFolder home;
};

TEST_F(AppExamples, AUserLogsInOnce) {
  EXPECT_THAT(without_login(example("user_app"), 1),
              AllOf(HasSubstr("login required"), Not(HasSubstr("http"))));
  EXPECT_EQ(after_login(example("user_app")), "data.csv\n");
  EXPECT_TRUE(std::filesystem::exists(home.path / ".globus/app" /
                                      sandbox.value("NATIVE_CLIENT_ID") / "my-app/tokens.json"));
  EXPECT_EQ(without_login(example("user_app")), "data.csv\n");
}

TEST_F(AppExamples, AServiceCopiesAsItself) {
  EXPECT_EQ(without_login(example("client_app")), "the copy has SUCCEEDED\n");
  EXPECT_TRUE(std::filesystem::exists(sandbox.folder("DESTINATION") / "copy/data.csv"));
}

TEST_F(AppExamples, PreflightAsksForALoginAndIsContent) {
  EXPECT_THAT(without_login(example("preflight"), 1),
              AllOf(HasSubstr("the job would lack something:\n"), HasSubstr("terminal")));
  EXPECT_EQ(after_login(example("preflight")), "the job can be queued\n");
  EXPECT_EQ(without_login(example("preflight")), "the job can be queued\n");

  sandbox.control("PATCH", "collections",
                  R"({"collection": ")" + sandbox.value("COLLECTION_SOURCE") +
                      R"(", "entity_type": "GCSv5_mapped_collection"})");
  EXPECT_EQ(after_login(example("preflight")), "the job can be queued\n");
  EXPECT_EQ(without_login(example("preflight")), "the job can be queued\n");
}

TEST_F(AppExamples, ManyWorkersShareOneLoginAndOneRenewal) {
  const auto file = (home.path / "tokens.json").string();
  const auto command = example("shared_tokens", {file});
  EXPECT_EQ(after_login(command), "data.csv\n");

  const globus_sdk::JSONTokenStorage storage(file);
  sandbox.expire(storage.get_token_data("transfer.api.globus.org")->access_token);
  sandbox.clear_requests();
  std::vector<std::unique_ptr<Program>> workers;
  for (int i = 0; i < 4; ++i) workers.push_back(std::make_unique<Program>(command, environment()));
  for (const auto& worker : workers) {
    EXPECT_EQ(worker->finish(), 0) << worker->output();
    EXPECT_EQ(worker->output(), "data.csv\n");
  }
  EXPECT_EQ(count("/v2/oauth2/token", 200), 1) << "each refresh token is good once";
}

TEST_F(AppExamples, SaysWhatWentWrong) {
  EXPECT_EQ(without_login(example("errors")), "data.csv\n");
  EXPECT_THAT(without_login(example("errors", {"/nowhere"}), 1),
              HasSubstr("there is no such folder: "));

  sandbox.add_fault({.path = "/ls$", .count = 2, .status = 503});
  sandbox.clear_requests();
  EXPECT_EQ(without_login(example("errors")), "data.csv\n");
  EXPECT_EQ(count("/ls", 503), 2) << "tried again";

  sandbox.expire(sandbox.value("TRANSFER_TOKEN"));
  EXPECT_EQ(without_login(example("errors"), 1), "the access token is not good any more\n");

  auto nowhere = environment();
  nowhere["GLOBUS_SDK_SERVICE_URL_TRANSFER"] = "https://127.0.0.1:1/";
  Program program(example("errors"), nowhere);
  EXPECT_EQ(program.finish(), 75);
  EXPECT_THAT(program.output(), HasSubstr("try again later: "));
}

TEST_F(AppExamples, KnowsWhoHasLoggedIn) {
  const auto written = after_login(example("id_token"));
  EXPECT_THAT(written, testing::StartsWith("sandbox-user@globus-sandbox.example, known as "));
  // a provider without the key that signed
  sandbox.add_fault({.path = "/jwk", .status = 200, .body = R"({"keys": []})"});
  TerminalProgram program(example("id_token"), environment());
  ASSERT_TRUE(program.read_until("shown there: ")) << program.screen();
  program.type(code_from(between(program.screen(), "---\r\n", "\r")) + "\n");
  EXPECT_EQ(program.finish(), 2);
  EXPECT_THAT(program.screen(), HasSubstr("nobody is logged in: "));
}

TEST(TestingExample, Passes) {
  Program program({std::string(GLOBUS_SDK_EXAMPLES_DIR) + "/testing"});
  EXPECT_EQ(program.finish(), 0) << program.output();
  EXPECT_THAT(program.output(), AllOf(HasSubstr("/ls 401\nPOST /auth/v2/oauth2/token 200\n"),
                                      HasSubstr("/ls 503\n"), testing::EndsWith("passed\n")));
}

}  // namespace
