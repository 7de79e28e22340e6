// SPDX-License-Identifier: Apache-2.0
// A user's app
//
// The user logs in when the first call needs it, in the browser or at the terminal, and not again:
// the tokens are kept in ~/.globus/app, and renewed. Run it twice.
//! [program]
#include <cstdlib>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
using namespace globus_sdk;

int main() try {
  UserApp app{"my-app",
              {.client_id = std::getenv("GLOBUS_SANDBOX_NATIVE_CLIENT_ID"),
               .config = {.login_flow_manager = "local-server", .request_refresh_tokens = true}}};
  TransferClient tc{app};

  for (auto entry : tc.operation_ls(std::getenv("GLOBUS_SANDBOX_COLLECTION_SOURCE")))
    std::cout << entry["name"] << '\n';
} catch (const GlobusError& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
//! [program]
