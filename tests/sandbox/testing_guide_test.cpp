// SPDX-License-Identifier: Apache-2.0
// What docs/guide/testing.md shows beside its first program, compiled and run.
#include <gtest/gtest.h>

#include <fstream>
#include <globus_sdk/globus_sdk.hpp>
#include <string>

#include "sandbox/sandbox.hpp"
#include "support/browser.hpp"
#include "support/program.hpp"

using namespace globus_sdk;

namespace {

using globus_sdk_test::between;

std::string page(const std::string& path) {
  std::ifstream file(std::string(GLOBUS_SDK_SOURCE_DIR) + '/' + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The command that docs/sandbox.md has for a login without a person, as it stands there.
TEST(TestingGuideLogin, IsOneCommandForAScript) {
  const globus_sandbox::Sandbox sandbox;
  const NativeAppAuthClient client(sandbox.value("NATIVE_CLIENT_ID"),
                                   {.base_url = sandbox.service_url("auth")});
  const auto flow = client.oauth2_start_flow({"openid", "email", TransferScopes.all});
  const std::string command = between(page("docs/sandbox.md"), "```sh\ncurl --silent", "```");
  auto variables = sandbox.environment();
  variables["authorize_url"] = flow.get_authorize_url();
  programs::Program shell({"/bin/sh", "-c", "curl --silent" + command}, variables);
  EXPECT_EQ(shell.finish(), 0) << shell.output();
  const std::string code = between(shell.output() + '&', "?code=", "&");
  const auto tokens = client.oauth2_exchange_code_for_tokens(flow, code);
  const TransferClient tc{
      AccessTokenAuthorizer{
          tokens.by_resource_server().at(TransferScopes.resource_server).access_token},
      {.base_url = sandbox.service_url("transfer")}};
  EXPECT_TRUE(tc.operation_ls(sandbox.value("COLLECTION_SOURCE")).has_json());
}

class TestingGuide : public testing::Test {
 protected:
  globus_sandbox::Sandbox sandbox{{.auto_consent = true}};
  TransferClient tc{AccessTokenAuthorizer{sandbox.value("TRANSFER_TOKEN")},
                    {.base_url = sandbox.service_url("transfer")}};
  std::string collection_id = sandbox.value("COLLECTION_SOURCE");
};

TEST_F(TestingGuide, Faults) {
  //! [faults]
  sandbox.add_fault({.path = "/ls$", .count = 2, .status = 503});
  sandbox.add_fault({.path = "/mkdir$", .drop_after = true});  // it takes effect, without an answer
  sandbox.add_fault({.path = "/task_list", .delay = 0.3});
  //! [faults]
  EXPECT_TRUE(tc.operation_ls(collection_id).has_json());
  EXPECT_THROW(tc.operation_mkdir(collection_id, "/new"), NetworkError);
  EXPECT_THROW(tc.with({.timeout = 100ms, .max_retries = 0}).task_list(), GlobusTimeoutError);
}

TEST_F(TestingGuide, Consents) {
  //! [consents]
  sandbox.set_requires_data_access(collection_id, true);
  sandbox.add_fault({.path = "/task_list", .require = R"({"session_required_mfa": true})"});
  //! [consents]
  const auto code_of = [](const auto& call) -> std::string {
    try {
      call();
    } catch (const GlobusAPIError& error) {
      const auto gare = to_gare(error);
      return gare ? gare->code : "none";
    }
    return "no error";
  };
  EXPECT_EQ(code_of([&] { tc.operation_ls(collection_id); }), "ConsentRequired");
  EXPECT_EQ(code_of([&] { tc.task_list(); }), "AuthorizationRequired");
}

TEST_F(TestingGuide, ControlAndRequests) {
  //! [control]
  sandbox.control("POST", "users", R"({"username": "ada@home.example", "mfa": false})");
  sandbox.clear_requests();
  tc.task_list();
  EXPECT_EQ(sandbox.requests().size(), 1U);
  //! [control]
}

}  // namespace
