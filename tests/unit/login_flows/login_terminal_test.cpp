// SPDX-License-Identifier: Apache-2.0
// Codes that are asked for at a terminal, or where none is: standard input is a pipe here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <iostream>
#include <sstream>
#include <stop_token>
#include <string>
#include <thread>

#include "globus_sdk/core/literals.hpp"
#include "globus_sdk/login_flows/command_line_login_flow_manager.hpp"
#include "login_flows/terminal.hpp"

namespace globus_sdk {
namespace {

using testing::HasSubstr;

/// Standard input is a pipe, and what goes to std::cout is kept, as long as this lives.
class PipedInput {
 public:
  PipedInput() : before_(dup(STDIN_FILENO)), buffer_(std::cout.rdbuf(output_.rdbuf())) {
    std::array<int, 2> ends{};
    EXPECT_EQ(pipe(ends.data()), 0);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    writer_ = ends[1];
    std::cin.clear();
  }
  ~PipedInput() {
    end();
    std::cout.rdbuf(buffer_);
    dup2(before_, STDIN_FILENO);
    close(before_);
  }
  PipedInput(const PipedInput&) = delete;
  PipedInput& operator=(const PipedInput&) = delete;

  void write(std::string_view text) const {
    EXPECT_EQ(::write(writer_, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  void end() {
    if (writer_ >= 0) close(writer_);
    writer_ = -1;
  }
  std::string output() const { return output_.str(); }

 private:
  int before_;
  int writer_ = -1;
  std::ostringstream output_{};
  std::streambuf* buffer_;
};

CommandLineLoginFlowManager driven(const std::stop_token& stop = {}) {
  CommandLineLoginFlowOptions options{.require_terminal = false};
  if (stop.stop_possible()) options.stop = stop;
  return CommandLineLoginFlowManager(NativeAppAuthClient("a client"), options);
}

TEST(LoginTerminal, TakesTheFirstLineThatSaysSomething) {
  PipedInput input;
  input.write("\n \t\n  a code \r\nthe rest\n");
  EXPECT_EQ(driven().prompt_for_code(), "a code");
  std::string rest;
  std::getline(std::cin, rest);
  EXPECT_EQ(rest, "the rest");
}

TEST(LoginTerminal, EndOfInputIsAnErrorEachTime) {
  PipedInput input;
  input.end();
  EXPECT_THROW(driven().prompt_for_code(), CommandLineLoginFlowEOFError);
  EXPECT_THROW(driven().prompt_for_code(), CommandLineLoginFlowEOFError);
}

TEST(LoginTerminal, InputMayGoOnAfterAnEnd) {
  {
    PipedInput ended;
    ended.end();
    EXPECT_THROW(driven().prompt_for_code(), CommandLineLoginFlowEOFError);
  }
  const PipedInput input;
  input.write("code\n");
  EXPECT_EQ(driven().prompt_for_code(), "code");
}

TEST(LoginTerminal, WaitingCanBeStopped) {
  const PipedInput input;
  std::stop_source source;
  std::jthread later([&source] {
    std::this_thread::sleep_for(20ms);
    source.request_stop();
  });
  EXPECT_THROW(driven(source.get_token()).prompt_for_code(), CancelledError);
  EXPECT_THROW(driven(source.get_token()).prompt_for_code(), CancelledError);
}

TEST(LoginTerminal, AStopThatDoesNotComeChangesNothing) {
  const PipedInput input;
  const std::stop_source source;
  std::jthread later([&input] {
    std::this_thread::sleep_for(20ms);
    input.write("code\n");
  });
  EXPECT_EQ(driven(source.get_token()).prompt_for_code(), "code");
}

TEST(LoginTerminal, NobodyIsAskedWithoutATerminal) {
  const PipedInput input;
  const CommandLineLoginFlowManager manager(NativeAppAuthClient("a client"));
  try {
    manager.run_login_flow({.required_scopes = "openid"});
    ADD_FAILURE() << "no exception";
  } catch (const CommandLineLoginFlowEOFError& error) {
    EXPECT_THAT(error.what(), HasSubstr("there is no terminal; log in from a terminal, or let"));
  }
  EXPECT_EQ(input.output(), "");
}

TEST(LoginTerminal, ShowsTheAddressAloneOnALine) {
  const PipedInput input;
  driven().print_authorize_url("https://auth.example/authorize?x=y");
  EXPECT_THAT(input.output(), HasSubstr("-\nhttps://auth.example/authorize?x=y\n-"));
}

TEST(CommandLineLogin, ReturnsUsersWhereTheCodeIsShown) {
  const NativeAppAuthClient native("a client");
  EXPECT_THAT(CommandLineLoginFlowManager(native).redirect_uri(),
              testing::EndsWith("/v2/web/auth-code"));
  const CommandLineLoginFlowManager other(native, {.redirect_uri = "https://my.example/code"});
  EXPECT_EQ(other.redirect_uri(), "https://my.example/code");
  const ConfidentialAppAuthClient confidential("a client", "a secret");
  EXPECT_THROW(CommandLineLoginFlowManager{confidential}, GlobusSDKUsageError);
  EXPECT_NO_THROW(CommandLineLoginFlowManager(confidential, {.redirect_uri = "https://x.example"}));
}

TEST(CommandLineLogin, ForAnAppNamesItAndTheMachine) {
  std::array<char, 256> host{};
  ASSERT_EQ(gethostname(host.data(), host.size() - 1), 0);
  const auto manager = CommandLineLoginFlowManager::for_globus_app(
      "my app", NativeAppAuthClient("a client"), {.request_refresh_tokens = true});
  EXPECT_THAT(*manager.native_prefill_named_grant(), testing::StartsWith("my app on "));
  EXPECT_THAT(std::string(host.data()),
              testing::StartsWith(manager.native_prefill_named_grant()->substr(10)));
  EXPECT_TRUE(manager.request_refresh_tokens());
}

}  // namespace
}  // namespace globus_sdk
