// SPDX-License-Identifier: Apache-2.0
// Says whom lines of a gridmap name: reads one line, as a JSON string, a line, and writes what the
// SDK makes of it. test_owners.py asks the Python SDK the same.
#include <iostream>
#include <string>

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/local_endpoint/globus_connect_personal_owner_info.hpp"

namespace {

using namespace globus_sdk;

Json answer(const JsonView& line) {
  try {
    const GlobusConnectPersonalOwnerInfo owner(line);
    const auto or_null = [](const std::optional<std::string>& text) {
      return text ? Json(*text) : Json();
    };
    return {{"id", or_null(owner.id)}, {"username", or_null(owner.username)}};
  } catch (const ValidationError&) {
    return {};
  }
}

}  // namespace

int main() try {
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << answer(Json::parse(line).view()).dump() << '\n';
  }
} catch (const std::exception& error) {
  std::cerr << "owner_peer: " << error.what() << '\n';
  return 1;
}
