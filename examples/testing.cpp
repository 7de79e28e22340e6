// SPDX-License-Identifier: Apache-2.0
// A test of your own
//
// The sandbox runs in the process of the test. The function under test is the same as in the
// program. The test makes a token expire and the service fail.
//! [program]
#include <fstream>
#include <globus_sandbox/sandbox.hpp>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
using namespace globus_sdk;

// what is tested
std::size_t count_files(const TransferClient& tc, const std::string& collection_id) {
  std::size_t files = 0;
  for (auto entry : tc.operation_ls(collection_id)) files += entry["type"] == "file" ? 1 : 0;
  return files;
}

int main() {
  globus_sandbox::Sandbox sandbox;
  std::ofstream{sandbox.folder("SOURCE") / "data.csv"} << "1,2\n";

  const ConfidentialAppAuthClient app{sandbox.value("CLIENT_ID"),
                                      sandbox.value("CLIENT_SECRET"),
                                      {.base_url = sandbox.service_url("auth")}};
  const RefreshTokenAuthorizer authorizer{sandbox.value("TRANSFER_REFRESH_TOKEN"), app};
  const TransferClient tc{authorizer, {.base_url = sandbox.service_url("transfer")}};
  const auto collection_id = sandbox.value("COLLECTION_SOURCE");
  bool passed = count_files(tc, collection_id) == 1;

  sandbox.expire(authorizer.access_token().value());               // no token lives for ever,
  sandbox.add_fault({.path = "/ls$", .count = 2, .status = 503});  // and services are busy
  sandbox.clear_requests();
  passed = passed && count_files(tc, collection_id) == 1;
  for (const auto& request : sandbox.requests())
    std::cout << request.method << ' ' << request.path << ' ' << request.status << '\n';

  std::cout << (passed ? "passed\n" : "FAILED\n");
  return passed ? 0 : 1;
}
//! [program]
