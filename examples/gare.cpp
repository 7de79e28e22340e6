// SPDX-License-Identifier: Apache-2.0
// Log in as an error asks for
//
// A call fails because the user's consents or session do not suffice. The error says what a new
// login has to bring; after that login the call succeeds.
//! [program]
#include <cstdlib>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
using namespace globus_sdk;

/// Prints what is in a collection, as the user of these tokens.
void list(const OAuthTokenResponse& tokens, const char* collection_id) {
  const auto& token = tokens.by_resource_server().at("transfer.api.globus.org");
  TransferClient transfer_client{AccessTokenAuthorizer{token.access_token}};
  for (auto entry : transfer_client.operation_ls(collection_id)) std::cout << entry["name"] << '\n';
}

int main() try {
  const char* collection_id = std::getenv("GLOBUS_SANDBOX_COLLECTION_SOURCE");
  NativeAppAuthClient client{std::getenv("GLOBUS_SANDBOX_NATIVE_CLIENT_ID")};
  LocalServerLoginFlowManager login{client};

  const auto tokens = login.run_login_flow({.required_scopes = TransferScopes.all});
  try {
    list(tokens, collection_id);
  } catch (const GlobusAPIError& error) {
    const auto gare = to_gare(error);
    if (!gare) throw;  // nothing that a login could mend
    std::cout << "once more: " << gare->code << '\n';

    auto asked = gare->authorization_parameters;
    if (!asked.required_scopes) asked.required_scopes = TransferScopes.all;
    list(login.run_login_flow(asked), collection_id);
  }
} catch (const GlobusError& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
//! [program]
