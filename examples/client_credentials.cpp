// SPDX-License-Identifier: Apache-2.0
// Client credentials
//
// An application that acts for itself and not for a user: a nightly job, say. It needs no login and
// no refresh token, since it can get a new access token with its id and secret at any time.
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <string>

#include "environment.hpp"

using namespace globus_sdk;

int main() try {
  ConfidentialAppAuthClient app{examples::environment("GLOBUS_SANDBOX_CLIENT_ID"),
                                examples::environment("GLOBUS_SANDBOX_CLIENT_SECRET")};
  const std::string scope = "urn:globus:auth:scope:transfer.api.globus.org:all";

  // one grant by hand, to look at its tokens
  const auto tokens = app.oauth2_client_credentials_tokens(scope);
  for (const auto& [resource_server, token] : tokens.by_resource_server())
    std::cout << "a token for " << resource_server << '\n';

  // a client that gets its tokens by itself: for its first call, and before each expiry
  TransferClient transfer_client{ClientCredentialsAuthorizer{app, scope}};

  std::cout << "tasks of the application: " << transfer_client.task_list().size() << '\n';
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
