// SPDX-License-Identifier: Apache-2.0
// Log a user in
//
// In the browser where there is one, at the terminal where there is none: over ssh, for example.
//! [program]
#include <cstdlib>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
using namespace globus_sdk;

int main() try {
  NativeAppAuthClient client{std::getenv("GLOBUS_SANDBOX_NATIVE_CLIENT_ID")};

  LocalServerLoginFlowManager login{client, {.request_refresh_tokens = true}};
  const auto tokens =
      login.run_login_flow({.session_message = "To copy your files, please log in.",
                            .required_scopes = {TransferScopes.all, AuthScopes.openid}});

  for (const auto& [resource_server, token] : tokens.by_resource_server())
    std::cout << "logged in at " << resource_server << '\n';
} catch (const LoginRefusedError& error) {
  std::cerr << "you did not log in: " << error.error() << '\n';
  return 2;
} catch (const GlobusError& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
//! [program]
