// SPDX-License-Identifier: Apache-2.0
// Many clients, one pool of connections
//
//     shared_transport [USERS]
//
// A service has a client for each of its users. With connections of its own, each client has to
// open one first; with a shared Transport it goes on with one that is open. The program says what a
// call costs in both ways. Under `globus-sandbox exec --tls` the difference is that of TLS.
//! [program]
#include <chrono>
#include <cstdlib>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
using namespace globus_sdk;

/// Milliseconds that a user's first call takes, on average over many users.
double milliseconds_per_user(int users, const ClientOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  for (int user = 0; user < users; ++user) {
    const char* token = std::getenv("GLOBUS_SANDBOX_TRANSFER_TOKEN");  // that user's, in a service
    const TransferClient tc{AccessTokenAuthorizer{token}, options};
    tc.get_submission_id();
  }
  const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - start;
  return time.count() / users;
}

int main(int argc, char** argv) try {
  const int users = argc > 1 ? std::atoi(argv[1]) : 100;

  std::cout << "connections of its own: " << milliseconds_per_user(users, {}) << " ms a user\n";

  const Transport transport;
  milliseconds_per_user(1, {.transport = transport});
  std::cout << "a shared transport:     " << milliseconds_per_user(users, {.transport = transport})
            << " ms a user\n";
} catch (const GlobusError& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
//! [program]
