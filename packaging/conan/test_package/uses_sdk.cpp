// SPDX-License-Identifier: Apache-2.0
// Shows that the package links, and that it reaches libcurl: nothing listens on port 9 of this
// machine.
#include <globus_sdk/async.hpp>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>

int main() {
  using namespace globus_sdk;
  const TransferClient client(AccessTokenAuthorizer("no-token"),
                              {.base_url = "http://127.0.0.1:9/"});
  try {
    client.with({.max_retries = 0}).get_task("00000000-0000-0000-0000-000000000000");
  } catch (const GlobusConnectionError& error) {
    std::cout << "refused, as it should be: " << error.what() << '\n';
    return 0;
  }
  std::cerr << "something answered on port 9\n";
  return 1;
}
