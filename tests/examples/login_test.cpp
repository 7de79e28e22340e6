// SPDX-License-Identifier: Apache-2.0
// The examples that log users in, at a terminal, at none, and with a browser; and that of local
// endpoints.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "sandbox/sandbox.hpp"
#include "support/browser.hpp"
#include "support/over_tls.hpp"
#include "support/program.hpp"
#include "support/scoped_folder.hpp"
#include "support/terminal_program.hpp"
#include "support/willing_browser.hpp"

namespace {

using globus_sandbox::Sandbox;
using globus_sdk_test::between;
using globus_sdk_test::code_from;
using globus_sdk_test::for_this_run;
using globus_sdk_test::over_tls;
using globus_sdk_test::ScopedFolder;
using globus_sdk_test::WillingBrowser;
using programs::Environment;
using programs::Program;
using programs::TerminalProgram;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string logged_in =
    "logged in at auth.globus.org\nlogged in at transfer.api.globus.org\n";

std::vector<std::string> login() {
  std::vector<std::string> command{GLOBUS_SANDBOX_PROGRAM, "exec", "--auto-consent"};
  if (over_tls()) command.emplace_back("--tls");
  command.insert(command.end(), {"--", std::string(GLOBUS_SDK_EXAMPLES_DIR) + "/login"});
  return command;
}

/// A machine without a display.
Environment server_machine() {
  return {{"DISPLAY", ""}, {"WAYLAND_DISPLAY", ""}, {"BROWSER", ""},
          {"SSH_TTY", ""}, {"SSH_CONNECTION", ""},  {"no_proxy", "*"}};
}

std::string url_on(const std::string& screen) {
  return between(screen, "---\r\n", "\r");
}

/// What is on a screen, as the program wrote it.
std::string written(std::string screen) {
  std::erase(screen, '\r');
  return screen;
}

TEST(LoginExample, AsksAtTheTerminalWithoutADisplay) {
  TerminalProgram program(login(), server_machine());
  ASSERT_TRUE(program.read_until("paste the code that is shown there: ")) << program.screen();
  const std::string url = url_on(program.screen());
  EXPECT_THAT(url, AllOf(HasSubstr("code_challenge_method=S256"), HasSubstr("access_type=offline"),
                         HasSubstr("session_message=To+copy+your+files"), HasSubstr("auth-code")));
  program.type("\n");  // by mistake: it asks again
  program.type("  " + code_from(url) + " \n");
  EXPECT_EQ(program.finish(), 0) << program.screen();
  EXPECT_THAT(written(program.screen()), testing::EndsWith(logged_in));
}

TEST(LoginExample, AsksAtTheTerminalOverSsh) {
  auto machine = server_machine();
  machine["DISPLAY"] = ":0";
  machine["SSH_CONNECTION"] = "10.0.0.1 5000 10.0.0.2 22";
  TerminalProgram program(login(), machine);
  ASSERT_TRUE(program.read_until("shown there: ")) << program.screen();
  program.type("\x04");
  EXPECT_EQ(program.finish(), 1);
  EXPECT_THAT(program.screen(), HasSubstr("input ended where the code of a login was expected"));
}

TEST(LoginExample, AsksAtTheTerminalWhereTheBrowserIsOneOfTextOrFails) {
  for (const std::string browser : {"lynx", "/bin/false"}) {
    auto machine = server_machine();
    machine["BROWSER"] = browser;
    TerminalProgram program(login(), machine);
    ASSERT_TRUE(program.read_until("shown there: ")) << program.screen();
    program.type(code_from(url_on(program.screen())) + "\n");
    EXPECT_EQ(program.finish(), 0) << program.screen();
  }
}

TEST(LoginExample, SaysAtOnceWhatToDoWithoutATerminal) {
  Program program(login(), server_machine());
  EXPECT_EQ(program.finish(), 1);
  EXPECT_THAT(program.output(),
              AllOf(HasSubstr("no browser can be shown for a login: there is no display"),
                    HasSubstr("client id and secret"), Not(HasSubstr("http"))));
}

TEST(LoginExample, OpensTheBrowserAndSaysSoAtATerminal) {
  const WillingBrowser browser;
  auto machine = server_machine();
  machine["BROWSER"] = browser.command();
  TerminalProgram program(login(), machine);
  EXPECT_EQ(program.finish(), 0) << program.screen();
  EXPECT_THAT(written(program.screen()),
              AllOf(HasSubstr("A browser opens"), HasSubstr("redirect_uri=http%3A%2F%2F127.0.0.1"),
                    testing::EndsWith(logged_in)));
}

/// A sandbox in this process, and one of its examples, with a browser.
class GareExample : public testing::Test {
 protected:
  Program start() const {
    auto environment = sandbox.environment();
    for (const auto& [name, value] : server_machine()) environment[name] = value;
    environment["BROWSER"] = browser.command();
    return Program({std::string(GLOBUS_SDK_EXAMPLES_DIR) + "/gare"}, environment);
  }

  Sandbox sandbox{for_this_run({.auto_consent = true})};
  WillingBrowser browser;
};

TEST_F(GareExample, LogsInOnceWhereThatIsEnough) {
  std::ofstream(sandbox.folder("SOURCE") / "file") << "x";
  Program program = start();
  EXPECT_EQ(program.finish(), 0);
  EXPECT_EQ(program.output(), "file\n");
}

TEST_F(GareExample, LogsInAgainForAConsent) {
  std::ofstream(sandbox.folder("SOURCE") / "file") << "x";
  sandbox.set_requires_data_access(sandbox.value("COLLECTION_SOURCE"), true);
  Program program = start();
  EXPECT_EQ(program.finish(), 0);
  EXPECT_EQ(program.output(), "once more: ConsentRequired\nfile\n");
}

TEST(LocalEndpointExample, SaysWhatIsThere) {
  const ScopedFolder home;
  const std::vector<std::string> command{std::string(GLOBUS_SDK_EXAMPLES_DIR) + "/local_endpoint"};
  const Environment environment{{"HOME", home.path.string()}};
  Program none(command, environment);
  EXPECT_EQ(none.finish(), 0);
  EXPECT_EQ(none.output(), "no endpoint here\n");

  const auto data = home.path / ".globusonline/lta";
  std::filesystem::create_directories(data);
  std::ofstream(data / "client-id.txt") << "an-id\n";
  std::ofstream(data / "gridmap")
      << "\"/C=US/O=Globus Consortium/OU=Globus Connect User/CN=azaphod\" local\n";
  Program one(command, environment);
  EXPECT_EQ(one.finish(), 0);
  EXPECT_EQ(one.output(), "Globus Connect Personal: an-id\nof azaphod@globusid.org\n");
}

}  // namespace
