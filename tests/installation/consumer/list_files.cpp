// SPDX-License-Identifier: Apache-2.0
// Lists a collection of a sandbox, and catches what the service says of a path that is not there.
#include <cstdlib>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>

using namespace globus_sdk;

int main() {
  const TransferClient client(AccessTokenAuthorizer(std::getenv("GLOBUS_SANDBOX_TRANSFER_TOKEN")));
  const std::string collection = std::getenv("GLOBUS_SANDBOX_COLLECTION_SOURCE");
  client.operation_mkdir(collection, "/~/made here");
  for (auto entry : client.operation_ls(collection)) std::cout << entry["name"] << '\n';
  try {
    client.operation_ls(collection, {.path = "/~/not there"});
  } catch (const TransferAPIError& error) {
    std::cout << "caught " << error.code() << '\n';
    return error.http_status() == 404 ? 0 : 1;
  }
  return 1;
}
