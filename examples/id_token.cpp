// SPDX-License-Identifier: Apache-2.0
// Who has logged in
//
// The user logs in so that the application knows who the user is, and for nothing else.
//! [program]
#include <cstdlib>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
using namespace globus_sdk;

int main() try {
  const NativeAppAuthClient client{std::getenv("GLOBUS_SANDBOX_NATIVE_CLIENT_ID")};
  const IDTokenDecoder decoder{client};

  LocalServerLoginFlowManager login{client};
  const auto tokens = login.run_login_flow(
      {.required_scopes = {AuthScopes.openid, AuthScopes.profile, AuthScopes.email}});

  const auto claims = tokens.decode_id_token(decoder);
  std::cout << claims["preferred_username"] << ", known as " << claims["sub"] << '\n';
} catch (const IDTokenError& error) {
  std::cerr << "nobody is logged in: " << error.what() << '\n';
  return 2;
} catch (const GlobusError& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
//! [program]
