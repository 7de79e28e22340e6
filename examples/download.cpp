// SPDX-License-Identifier: Apache-2.0
// Download a file
//
//     download COLLECTION_ID PATH LOCAL_FILE
//
// The user logs in at the first run. A run that is interrupted is gone on with by the next one.
//! [program]
#include <cstdlib>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
using namespace globus_sdk;

int main(int argc, char** argv) try {
  if (argc != 4) {
    std::cerr << "usage: download COLLECTION_ID PATH LOCAL_FILE\n";
    return 2;
  }
  UserApp app{"my-app",
              {.client_id = std::getenv("GLOBUS_SANDBOX_NATIVE_CLIENT_ID"),
               .config = {.login_flow_manager = "local-server", .request_refresh_tokens = true}}};
  GCSCollectionClient files{argv[1], app};

  const auto result = files.download(argv[2], argv[3]);
  std::cout << result.size << " bytes\n";
} catch (const GlobusError& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
//! [program]
