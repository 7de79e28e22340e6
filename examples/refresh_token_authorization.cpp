// SPDX-License-Identifier: Apache-2.0
// Refresh Token Authorization on AuthClient and TransferClient
//
// For a program that runs longer than an access token is valid. Refresh tokens stay valid, and the
// authorizer exchanges them for a new access token shortly before the old one expires.
//! [program]
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <string>

#include "environment.hpp"

using namespace globus_sdk;

int main() try {
  // the application's, for the renewals
  const std::string client_id = examples::environment("GLOBUS_SANDBOX_CLIENT_ID");
  const std::string client_secret = examples::environment("GLOBUS_SANDBOX_CLIENT_SECRET");

  // the user's
  const std::string auth_refresh_token = examples::environment("GLOBUS_SANDBOX_AUTH_REFRESH_TOKEN");
  const std::string transfer_refresh_token =
      examples::environment("GLOBUS_SANDBOX_TRANSFER_REFRESH_TOKEN");
  const std::string collection_id = examples::environment("GLOBUS_SANDBOX_COLLECTION_SOURCE");

  // the authorizers renew tokens with this client of the token endpoint
  ConfidentialAppAuthClient internal_auth_client{client_id, client_secret};

  RefreshTokenAuthorizer auth_authorizer{auth_refresh_token, internal_auth_client};
  RefreshTokenAuthorizer transfer_authorizer{transfer_refresh_token, internal_auth_client};

  // auth_client acts for the user to whom the tokens belong; internal_auth_client acts for the
  // application, which renews them
  AuthClient auth_client{auth_authorizer};
  TransferClient transfer_client{transfer_authorizer};

  std::cout << "user: " << auth_client.userinfo()["preferred_username"] << '\n';
  std::cout << "collection: " << transfer_client.get_endpoint(collection_id)["display_name"]
            << '\n';
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
//! [program]
