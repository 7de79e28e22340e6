// SPDX-License-Identifier: Apache-2.0
// Globus Connect Server
//
// What storage an endpoint serves, and as which collections. The program acts for itself, with the
// client id and secret in the variables GLOBUS_CLIENT_ID and GLOBUS_CLIENT_SECRET.
//! [program]
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
using namespace globus_sdk;

int main(int argc, char** argv) try {
  if (argc != 2) {
    std::cerr << "usage: gcs ADDRESS\n";  // abc.def.data.globus.org
    return 2;
  }
  ClientApp app{"endpoint report"};
  GCSClient gcs{argv[1], app};

  const ConnectorTable connectors;
  for (auto gateway : gcs.paginated().get_storage_gateway_list().items()) {
    const auto connector = connectors.lookup(gateway["connector_id"]);
    std::cout << "storage gateway " << gateway["id"] << ": "
              << (connector ? connector->name : "another connector") << '\n';
  }
  for (auto collection : gcs.paginated().get_collection_list().items())
    std::cout << collection["collection_type"] << " collection " << collection["id"] << '\n';
} catch (const GlobusError& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
//! [program]
