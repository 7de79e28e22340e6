// SPDX-License-Identifier: Apache-2.0
#include "core/process/home_folder.hpp"

#include <pwd.h>
#include <unistd.h>

#include <vector>

#include "core/process/environment_variable.hpp"

namespace globus_sdk::inline v0::detail {

std::optional<std::string> home_folder() {
  if (auto home = environment_variable("HOME")) return home;
  std::vector<char> buffer(16'384);
  passwd entry{};
  passwd* found = nullptr;
  if (getpwuid_r(geteuid(), &entry, buffer.data(), buffer.size(), &found) != 0 ||
      found == nullptr) {
    return std::nullopt;
  }
  return found->pw_dir;
}

}  // namespace globus_sdk::inline v0::detail
