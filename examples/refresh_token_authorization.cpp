// SPDX-License-Identifier: Apache-2.0
// Refresh Token Authorization on AuthClient and TransferClient
//
// For a program that runs longer than an access token lives: refresh tokens stay good, and the
// authorizer trades them for new access tokens whenever the old ones near their end.
//! [program]
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <string>

#include "environment.hpp"

using namespace globus_sdk;

int main() try {
  // for the renewals
  const std::string client_id = examples::environment("GLOBUS_SANDBOX_CLIENT_ID");
  const std::string client_secret = examples::environment("GLOBUS_SANDBOX_CLIENT_SECRET");

  // the tokens themselves
  const std::string auth_refresh_token = examples::environment("GLOBUS_SANDBOX_AUTH_REFRESH_TOKEN");
  const std::string transfer_refresh_token =
      examples::environment("GLOBUS_SANDBOX_TRANSFER_REFRESH_TOKEN");
  const std::string collection_id = examples::environment("GLOBUS_SANDBOX_COLLECTION_SOURCE");

  // a renewal is OAuth2, so the authorizers need a client that speaks it with Globus Auth
  ConfidentialAppAuthClient internal_auth_client{client_id, client_secret};

  RefreshTokenAuthorizer auth_authorizer{auth_refresh_token, internal_auth_client};
  RefreshTokenAuthorizer transfer_authorizer{transfer_refresh_token, internal_auth_client};

  // this is another thing than internal_auth_client: that one is the application, which asks for
  // tokens now and then; this one is the user for whom the tokens stand
  AuthClient auth_client{auth_authorizer};
  // Transfer knows users only
  TransferClient transfer_client{transfer_authorizer};

  std::cout << "user: " << auth_client.userinfo()["preferred_username"] << '\n';
  std::cout << "collection: " << transfer_client.get_endpoint(collection_id)["display_name"]
            << '\n';
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
//! [program]
