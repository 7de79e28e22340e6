// SPDX-License-Identifier: Apache-2.0
// What the API looks like to a user, line for line: what stands between `clang-format off` and
// `on` is not to be changed.
#include <gtest/gtest.h>

#include <fstream>
#include <iostream>

#include "sandbox/sandbox.hpp"
#include "support/over_tls.hpp"
#include "support/scoped_folder.hpp"

#include <globus_sdk/globus_sdk.hpp>
using namespace globus_sdk;

namespace {

/// Makes a sandbox's variables ours, as `globus-sandbox exec` makes them a program's.
class EnvironmentOf {
 public:
  explicit EnvironmentOf(const globus_sandbox::Sandbox& sandbox)
      : variables_(sandbox.environment()) {
    for (const auto& [name, value] : variables_) setenv(name.c_str(), value.c_str(), 1);
  }
  ~EnvironmentOf() {
    for (const auto& [name, value] : variables_) unsetenv(name.c_str());
  }
  EnvironmentOf(const EnvironmentOf&) = delete;
  EnvironmentOf& operator=(const EnvironmentOf&) = delete;

 private:
  std::map<std::string, std::string> variables_;
};

struct Variables {
  std::string auth_access_token;
  std::string transfer_access_token;
  std::string client_id;
  std::string client_secret;
  std::string transfer_refresh_token;
  std::string collection_id;
  std::string source_id;
  std::string destination_id;
};

/// Runs them, and then the clients that they made and did not use.
void run_lines(const Variables& variables) {
  const auto& [auth_access_token, transfer_access_token, client_id, client_secret,
               transfer_refresh_token, collection_id, source_id, destination_id] = variables;
  // clang-format off

// access tokens
AuthClient     auth_client{AccessTokenAuthorizer{auth_access_token}};
TransferClient transfer_client{AccessTokenAuthorizer{transfer_access_token}};

// refresh tokens: renewed by themselves, once an expiry however many threads ask
ConfidentialAppAuthClient internal_auth_client{client_id, client_secret};
TransferClient tc{RefreshTokenAuthorizer{transfer_refresh_token, internal_auth_client}};

for (auto entry : tc.operation_ls(collection_id, {.path = "/~/", .orderby = "name"}))
  std::cout << entry["name"] << '\n';                      // data.csv, without quotes

TransferData data{source_id, destination_id, {.label = "nightly", .sync_level = SyncLevel::checksum}};
data.add_item("/data/", "/backup/", {.recursive = true});
auto task = tc.submit_transfer(data);
tc.task_wait(task["task_id"], {.timeout = 10min});

  // clang-format on
  EXPECT_EQ(auth_client.userinfo()["preferred_username"], "sandbox-user@globus-sandbox.example");
  EXPECT_EQ(transfer_client.get_task(task["task_id"])["status"], "SUCCEEDED");
}

TEST(DesignLines, RunUnchanged) {
  const globus_sdk_test::ScopedFolder folder;
  const auto source = folder.path / "source";
  const auto destination = folder.path / "destination";
  std::filesystem::create_directories(source / "data/below");
  std::filesystem::create_directory(destination);
  std::ofstream(source / "data.csv") << "1,2\n";
  std::ofstream(source / "data/below/deep.txt") << "deep";

  globus_sandbox::Sandbox sandbox(globus_sdk_test::for_this_run(
      {.collections = {{"SOURCE", source}, {"DESTINATION", destination}}}));
  // the first look at the task takes long enough for it to be done: the next would be in 10 s
  globus_sandbox::Fault slow;
  slow.path = "/v0.10/task/[^/]+$";
  slow.delay = 0.5;
  sandbox.add_fault(slow);
  const EnvironmentOf environment(sandbox);
  testing::internal::CaptureStdout();
  run_lines({sandbox.value("AUTH_TOKEN"), sandbox.value("TRANSFER_TOKEN"),
             sandbox.value("CLIENT_ID"), sandbox.value("CLIENT_SECRET"),
             sandbox.value("TRANSFER_REFRESH_TOKEN"), sandbox.value("COLLECTION_SOURCE"),
             sandbox.value("COLLECTION_SOURCE"), sandbox.value("COLLECTION_DESTINATION")});
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "data\ndata.csv\n");
  EXPECT_TRUE(std::filesystem::exists(destination / "backup/below/deep.txt"));
}

}  // namespace
