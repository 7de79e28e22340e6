// SPDX-License-Identifier: Apache-2.0
// A long listing in parts
//
//     listings COUNT [POSITION]
//
// Prints the names of the user's next COUNT collections, and the position from which another run
// goes on: also when the service stopped answering in the middle.
//! [program]
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <string>

#include "environment.hpp"

using namespace globus_sdk;

int main(int argc, char** argv) try {
  const int count = argc > 1 ? std::stoi(argv[1]) : 10;
  const std::string position = argc > 2 ? argv[2] : "";  // empty: from the beginning
  const TransferClient tc{
      AccessTokenAuthorizer{examples::environment("GLOBUS_SANDBOX_TRANSFER_TOKEN")}};

  const auto search = tc.paginated().endpoint_search({.filter_scope = "my-endpoints", .limit = 2});
  const auto collections = search.from(position).items();
  auto collection = collections.begin();
  try {
    for (int shown = 0; shown < count && collection != collections.end(); ++shown, ++collection)
      std::cout << (*collection)["display_name"] << '\n';
  } catch (const GlobusError& error) {
    std::cerr << error.what() << '\n';
  }
  std::cout << "go on from: " << collection.position() << '\n';
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
//! [program]
