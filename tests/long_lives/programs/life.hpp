// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the small programs of these tests share. Each is started with the variables of a sandbox, so
// that the SDK finds the services as it does for any program.

#include <cstdio>
#include <cstdlib>
#include <globus_sdk/globus_sdk.hpp>
#include <stdexcept>
#include <string>

#include "support/run_async.hpp"

namespace life {

inline std::string variable(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr) throw std::runtime_error(std::string("not set: ") + name);
  return value;
}

inline std::string source() {
  return variable("GLOBUS_SANDBOX_COLLECTION_SOURCE");
}

inline globus_sdk::TransferClient transfer_client() {
  return globus_sdk::TransferClient(
      globus_sdk::AccessTokenAuthorizer(variable("GLOBUS_SANDBOX_TRANSFER_TOKEN")));
}

/// An authorizer that has no token until it fetches one.
inline globus_sdk::RefreshTokenAuthorizer renewing_authorizer() {
  const globus_sdk::ConfidentialAppAuthClient login(variable("GLOBUS_SANDBOX_CLIENT_ID"),
                                                    variable("GLOBUS_SANDBOX_CLIENT_SECRET"));
  return {variable("GLOBUS_SANDBOX_TRANSFER_REFRESH_TOKEN"), login};
}

inline void call(const globus_sdk::TransferClient& client) {
  const auto listing = client.operation_ls(source());
  if (listing["DATA_TYPE"] != "file_list") throw std::runtime_error("no listing");
}

inline void call_async(const globus_sdk::TransferClient& client) {
  const auto listing = globus_sdk_test::run_async(client.async().operation_ls(source()));
  if (listing["DATA_TYPE"] != "file_list") throw std::runtime_error("no listing");
}

/// Runs a program's body; an exception is its failure.
template <class Body> int run(Body body) {
  try {
    body();
    std::puts("done");
    std::fflush(stdout);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "failed: %s\n", error.what());
    return 1;
  }
}

}  // namespace life
