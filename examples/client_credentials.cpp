// SPDX-License-Identifier: Apache-2.0
// Client credentials
//
// An application that acts for itself and not for a user: a nightly job, say. It needs no login and
// no refresh token, since its id and secret get it a new access token at any time.
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <string>

#include "environment.hpp"

using namespace globus_sdk;

int main() try {
  ConfidentialAppAuthClient app{examples::environment("GLOBUS_SANDBOX_CLIENT_ID"),
                                examples::environment("GLOBUS_SANDBOX_CLIENT_SECRET")};
  const std::string scope = "urn:globus:auth:scope:transfer.api.globus.org:all";

  // the tokens of one grant, for those who want to look at them
  const auto tokens = app.oauth2_client_credentials_tokens(scope);
  for (const auto& [resource_server, token] : tokens.by_resource_server())
    std::cout << "a token for " << resource_server << '\n';

  // a client that gets them by itself, when its first call needs one and before each expiry
  TransferClient transfer_client{ClientCredentialsAuthorizer{app, scope}};

  std::cout << "tasks of the application: " << transfer_client.task_list().size() << '\n';
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
