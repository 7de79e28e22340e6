// SPDX-License-Identifier: Apache-2.0
// Before a job is queued
//
// The user is here now, and the job starts within twelve hours. Asks what the job would lack by
// then, and lets the user log in once for all of it.
//! [program]
#include <cstdlib>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
using namespace globus_sdk;

int main() try {
  UserApp app{"my-app",
              {.client_id = std::getenv("GLOBUS_SANDBOX_NATIVE_CLIENT_ID"),
               .config = {.request_refresh_tokens = true}}};
  TransferClient tc{app};
  const Strings collections{std::getenv("GLOBUS_SANDBOX_COLLECTION_SOURCE"),
                            std::getenv("GLOBUS_SANDBOX_COLLECTION_DESTINATION")};

  auto report = app.preflight(collections, 12h);
  while (!report.ok()) {
    std::cout << "the job would lack something:\n" << report;
    for (const auto& finding : report.findings())
      if (finding.kind == PreflightFinding::Kind::unavailable) return 2;  // no login helps
    app.login({.auth_params = report.authorization_parameters()});
    report = app.preflight(collections, 12h);
  }
  std::cout << "the job can be queued\n";
} catch (const GlobusError& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
//! [program]
