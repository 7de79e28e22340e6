// SPDX-License-Identifier: Apache-2.0
// A group for a project
//
//     groups NAME [IDENTITY_ID...]
//
// Makes a group, makes identities members of it, and prints which groups the user is in.
//! [program]
#include <cstdlib>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <string>
#include <vector>
using namespace globus_sdk;

int main(int argc, char** argv) try {
  if (argc < 2) {
    std::cerr << "usage: groups NAME [IDENTITY_ID...]\n";
    return 2;
  }
  const GroupsClient groups{AccessTokenAuthorizer{std::getenv("GLOBUS_SANDBOX_GROUPS_TOKEN")}};
  const GroupsManager manager{groups};
  const auto group = manager.create_group(argv[1], "made by a program");

  const std::vector<std::string> members(argv + 2, argv + argc);
  for (const auto& id : members) {
    const auto added = manager.add_member(group["id"], id, {.role = GroupRole::member});
    if (const auto errors = added.get("errors"); errors && !errors->is_null())
      std::cerr << id << " is no member: " << *errors << '\n';
  }

  for (auto mine : groups.get_my_groups()) {
    std::cout << mine["name"] << ':';
    for (auto membership : mine["my_memberships"]) std::cout << ' ' << membership["role"];
    std::cout << '\n';
  }
} catch (const GroupsAPIError& error) {
  std::cerr << error.code() << ": " << error.message() << '\n';
  return 1;
} catch (const GlobusError& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
//! [program]
