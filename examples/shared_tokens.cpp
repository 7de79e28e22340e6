// SPDX-License-Identifier: Apache-2.0
// Many workers, one login
//
//     shared_tokens TOKEN_FILE
//
// The first run logs the user in and stores the tokens. Later runs use this file, any number of
// them at once. When the token has expired, one of them renews it for all.
//! [program]
#include <cstdlib>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
using namespace globus_sdk;

int main(int argc, char** argv) try {
  const JSONTokenStorage storage{argc > 1 ? argv[1] : "tokens.json"};
  const NativeAppAuthClient client{std::getenv("GLOBUS_SANDBOX_NATIVE_CLIENT_ID")};

  if (!storage.get_token_data(TransferScopes.resource_server)) {
    CommandLineLoginFlowManager login{client, {.request_refresh_tokens = true}};
    storage.store_token_response(login.run_login_flow({.required_scopes = TransferScopes.all}));
  }

  TransferClient tc{StoredTokenAuthorizer{storage, TransferScopes.resource_server, client}};
  for (auto entry : tc.operation_ls(std::getenv("GLOBUS_SANDBOX_COLLECTION_SOURCE")))
    std::cout << entry["name"] << '\n';
} catch (const GlobusError& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
//! [program]
