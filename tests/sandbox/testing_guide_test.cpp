// SPDX-License-Identifier: Apache-2.0
// What docs/guide/testing.md shows beside its first program, compiled and run.
#include <gtest/gtest.h>

#include <globus_sdk/globus_sdk.hpp>
#include <string>

#include "sandbox/sandbox.hpp"

using namespace globus_sdk;

namespace {

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
  sandbox.add_fault({.path = "/mkdir$", .drop_after = true});  // it worked, and nobody heard
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
