// SPDX-License-Identifier: Apache-2.0
// Programs that outlive what is usual: they fork, unload, exit in the middle, and get signals.
// Each is a process of its own against a sandbox of the test's, over TLS; a sanitizer's finding in
// it is its failure.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <thread>

#include "sandbox/sandbox.hpp"
#include "support/curl_version.hpp"
#include "support/program.hpp"
#include "support/relay.hpp"
#include "support/sanitized.hpp"
#include "support/scoped_folder.hpp"

namespace {

using globus_sandbox::Fault;
using globus_sandbox::Sandbox;
using globus_sdk_test::Relay;
using programs::Program;

std::string path_of(const std::string& program) {
  return std::string(GLOBUS_SDK_LONG_LIVES_DIR) + '/' + program;
}

/// A sandbox that is reached through a relay, which counts.
struct LongLives : testing::Test {
  programs::Environment environment() const {
    programs::Environment variables = sandbox.environment();
    variables["GLOBUS_SDK_SERVICE_URL_TRANSFER"] = relay.url(sandbox.service_url("transfer"));
    // the child of a fork starts a thread of its own, which ThreadSanitizer takes for a mistake
    const char* options = std::getenv("TSAN_OPTIONS");
    variables["TSAN_OPTIONS"] =
        (options != nullptr ? options + std::string(":") : "") + "die_after_fork=0";
    return variables;
  }

  void expect_success(Program& program) {
    const int status = program.finish();
    EXPECT_EQ(status, 0) << program.output();
    EXPECT_THAT(program.output(), testing::HasSubstr("done"));
  }
  void run(std::vector<std::string> command) {
    command.front() = path_of(command.front());
    Program program(command, environment());
    expect_success(program);
  }

  /// Runs a program that asks once, does something then, and lets it go on.
  template <class Meanwhile> void run(std::vector<std::string> command, Meanwhile meanwhile) {
    command.front() = path_of(command.front());
    Program program(command, environment());
    ASSERT_TRUE(program.read_until("asking")) << program.output();
    meanwhile();
    program.write("\n");
    expect_success(program);
    EXPECT_THAT(program.output(), testing::Not(testing::HasSubstr("not under way")));
  }

  void delay_next(const std::string& path, double seconds) {
    Fault fault;
    fault.path = path;
    fault.delay = seconds;
    sandbox.add_fault(fault);
  }

  Sandbox sandbox{[] {
    globus_sandbox::SandboxOptions options;
    options.tls = true;
    return options;
  }()};
  Relay relay{sandbox.port()};
};

TEST_F(LongLives, AStaticClientGoesAtExit) {
  run({"static_client", "early"});
}

TEST_F(LongLives, AStaticClientMadeLateGoesAtExit) {
  run({"static_client", "late"});
}

TEST_F(LongLives, AStaticClientGoesAtExitWhileARequestIsUnderWay) {
  run({"static_client", "in-flight"}, [this] { delay_next("/ls$", 2); });
}

TEST_F(LongLives, AForkLeavesTheParentsConnectionsAlone) {
  run({"forking", "warm"});
  // one for each door: of the parent, of the first child and of the second
  EXPECT_EQ(relay.connections(), 6);
}

TEST_F(LongLives, AForkLeavesTheParentsRequestAlone) {
  run({"forking", "in-flight"}, [this] { delay_next("/ls$", 1); });
  EXPECT_EQ(relay.connections(), 4);
}

TEST_F(LongLives, TheChildOfAForkRenewsByItself) {
  if (globus_sdk_test::is_thread_sanitized) GTEST_SKIP() << "ThreadSanitizer ends such a child";
  run({"forking", "helper"});
}

TEST_F(LongLives, TheChildOfAForkDoesNotWaitForARenewalOfItsParent) {
  Program program({path_of("forking"), "renewing"}, environment());
  ASSERT_TRUE(program.read_until("asking")) << program.output();
  delay_next("/oauth2/token$", 2);
  sandbox.clear_requests();
  program.write("\n");
  ASSERT_TRUE(program.read_until("renewing")) << program.output();
  while (sandbox.requests().empty()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  program.write("\n");
  expect_success(program);
}

/// A program that leaves a renewal behind it, and a later one that finds what became of it.
struct Leaving : LongLives, testing::WithParamInterface<const char*> {};
INSTANTIATE_TEST_SUITE_P(LongLives, Leaving, testing::Values("returning", "finishing"));

TEST_P(Leaving, LosesNoRefreshToken) {
  const globus_sdk_test::ScopedFolder folder;
  const std::string store = (folder.path / "tokens.json").string();
  run({"leaving", GetParam(), store}, [this] { delay_next("/oauth2/token$", 1); });
  std::ifstream file(store);
  const std::string stored{std::istreambuf_iterator<char>(file), {}};
  EXPECT_THAT(stored, testing::HasSubstr("transfer.api.globus.org"));
  EXPECT_THAT(stored, testing::Not(testing::HasSubstr("\"expired\"")));
}

TEST_F(LongLives, AHundredCyclesLeaveNothingOpen) {
  run({"cycles"});
}

TEST_F(LongLives, AStormOfSignalsFailsNoRequest) {
  run({"signals", "storm"});
}

TEST_F(LongLives, AServerThatClosesInMidSendEndsNoProcess) {
  relay.reset_after(Relay::From::client, 1'000'000);
  run({"signals", "mid-send"});
}

TEST_F(LongLives, AServerThatClosesIdleConnectionsEndsNoProcess) {
  run({"signals", "idle"}, [this] { relay.close_all(); });
}

TEST_F(LongLives, ExceptionsOfTheSharedLibraryAreCaughtByHiddenCode) {
  delay_next("/task_list$", 1);
  run({"hidden_consumer"});
}

/// A look-up takes 20 s there; half of that is a generous bound.
TEST_F(LongLives, AProcessEndsWhileANameIsLookedUp) {
  if (const auto reason = globus_sdk_test::why_look_ups_are_waited_for(); !reason.empty()) {
    GTEST_SKIP() << reason;
  }
  const auto begun = std::chrono::steady_clock::now();
  run({"slow_look_up", "given-up"});
  run({"slow_look_up", "under-way"});
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(10));
}

/// The plugin's host reports for itself.
void use_plugin(const LongLives& world, const std::string& plugin) {
  programs::Environment variables = world.environment();
  // the few objects that are never destroyed go unseen when the memory of the plugin goes
  variables["ASAN_OPTIONS"] = "detect_leaks=0";
  Program program({path_of("plugin_host"), path_of(plugin)}, variables);
  const int status = program.finish();
  EXPECT_EQ(status, 0) << program.output();
  EXPECT_THAT(program.output(), testing::HasSubstr("closed twenty times"));
}

TEST_F(LongLives, APluginThatHasTheSdkInItselfIsClosed) {
  use_plugin(*this, "plugin_with_static_sdk.so");
}

TEST_F(LongLives, APluginThatHasTheSharedSdkIsClosed) {
  use_plugin(*this, "plugin_with_shared_sdk.so");
}

}  // namespace
