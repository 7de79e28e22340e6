// SPDX-License-Identifier: Apache-2.0
// Access Token Authorization on AuthClient and TransferClient
//
// For a part of an application that receives access tokens from another part, which runs the
// logins. There is one token for each service, and each is valid for two days at most.
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <string>

#include "environment.hpp"

using namespace globus_sdk;

int main() try {
  const std::string auth_access_token = examples::environment("GLOBUS_SANDBOX_AUTH_TOKEN");
  const std::string transfer_access_token = examples::environment("GLOBUS_SANDBOX_TRANSFER_TOKEN");
  const std::string collection_id = examples::environment("GLOBUS_SANDBOX_COLLECTION_SOURCE");

  // no client id: an access token alone cannot run OAuth2 flows
  AuthClient auth_client{AccessTokenAuthorizer{auth_access_token}};

  TransferClient transfer_client{AccessTokenAuthorizer{transfer_access_token}};

  std::cout << "user: " << auth_client.userinfo()["preferred_username"] << '\n';
  std::cout << "collection: " << transfer_client.get_endpoint(collection_id)["display_name"]
            << '\n';
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
