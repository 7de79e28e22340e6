// SPDX-License-Identifier: Apache-2.0
// Endpoints of this machine
//
// Which endpoints there are on the machine that a program runs on, and who owns them.
//! [program]
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
using namespace globus_sdk;

int main() try {
  const LocalGlobusConnectPersonal personal;
  if (const auto id = personal.endpoint_id()) {
    std::cout << "Globus Connect Personal: " << *id << '\n';
    if (const auto owner = personal.get_owner_info())
      std::cout << "of " << owner->username.value_or(owner->id.value_or("nobody")) << '\n';
  }

  const LocalGlobusConnectServer server;
  if (const auto id = server.endpoint_id())
    std::cout << "Globus Connect Server: " << *id << " at "
              << server.domain_name().value_or("an unknown address") << '\n';

  if (!personal.endpoint_id() && !server.endpoint_id()) std::cout << "no endpoint here\n";
} catch (const GlobusError& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
//! [program]
