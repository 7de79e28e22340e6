// SPDX-License-Identifier: Apache-2.0
// Basic Auth on an AuthClient
//
// For the OAuth2 flows of an application that has a secret. ConfidentialAppAuthClient makes its own
// BasicAuthorizer out of id and secret; an AuthClient with a BasicAuthorizer would send the same
// header, but has none of the flows' methods.
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <string>

#include "environment.hpp"

using namespace globus_sdk;

int main() try {
  const std::string client_id = examples::environment("GLOBUS_SANDBOX_CLIENT_ID");
  const std::string client_secret = examples::environment("GLOBUS_SANDBOX_CLIENT_SECRET");

  ConfidentialAppAuthClient client{client_id, client_secret};

  // this client can run every OAuth2 flow; here it asks what a token is good for
  const auto token =
      client.oauth2_token_introspect(examples::environment("GLOBUS_SANDBOX_AUTH_TOKEN"));
  std::cout << "token of: " << token["username"] << '\n';
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
