// SPDX-License-Identifier: Apache-2.0
#include "sandbox/transfer/first_collections.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <system_error>

#include "sandbox/base/temporary_folder.hpp"
#include "sandbox/sandbox.hpp"

namespace globus_sandbox::transfer {

namespace fs = std::filesystem;

namespace {

/// The folder beside the state that collections are in, which is its owner's alone.
fs::path folder_beside(const fs::path& state) {
  const fs::path folder = fs::absolute(state.string() + ".collections");
  if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST)
    throw std::system_error(errno, std::generic_category(), "cannot make " + folder.string());
  fs::permissions(folder, fs::perms::owner_all);
  return folder;
}

}  // namespace

std::vector<std::pair<std::string, fs::path>> first_collections(const SandboxOptions& options,
                                                                TemporaryFolder& temporary,
                                                                bool state_has_some) {
  if (!options.collections.empty() || state_has_some) return options.collections;
  std::vector<std::pair<std::string, fs::path>> result;
  for (const char* name : {"SOURCE", "DESTINATION"}) {
    if (options.state.empty()) {
      result.emplace_back(name, temporary.folder(name));
      continue;
    }
    const fs::path folder = folder_beside(options.state) / name;
    fs::create_directories(folder);
    result.emplace_back(name, folder);
  }
  return result;
}

}  // namespace globus_sandbox::transfer
