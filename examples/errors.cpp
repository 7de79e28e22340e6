// SPDX-License-Identifier: Apache-2.0
// Errors, and what to tell the user
//
//     errors PATH
//
// Lists a folder in twenty seconds at most, whatever happens. The exit status says whether it makes
// sense to try again.
//! [program]
#include <cstdlib>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
using namespace globus_sdk;

int main(int argc, char** argv) try {
  TransferClient tc{AccessTokenAuthorizer{std::getenv("GLOBUS_SANDBOX_TRANSFER_TOKEN")}};
  const auto hurried = tc.with({.deadline = 20s, .max_retries = 3});

  const char* path = argc > 1 ? argv[1] : "/";
  const char* collection_id = std::getenv("GLOBUS_SANDBOX_COLLECTION_SOURCE");
  for (auto entry : hurried.operation_ls(collection_id, {.path = path}))
    std::cout << entry["name"] << '\n';
} catch (const TransferAPIError& error) {  // Transfer said no
  if (error.http_status() == 404) {
    std::cerr << "there is no such folder: " << error.message() << '\n';
  } else if (error.http_status() == 401) {
    std::cerr << "the access token is not good any more\n";
  } else {
    std::cerr << error.what() << "\nfor the support: " << error.request_id() << '\n';
  }
  return 1;
} catch (const NetworkError& error) {  // no answer came, however often it was tried
  std::cerr << "try again later: " << error.what() << '\n';
  return 75;
} catch (const GlobusError& error) {  // everything else, such as a wrong parameter
  std::cerr << error.what() << '\n';
  return 2;
}
//! [program]
