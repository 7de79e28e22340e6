// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace globus_sandbox {

/// A collection: a folder of this machine that the sandbox serves.
struct Collection {
  std::string id;                ///< UUID
  std::string name;              ///< display name
  std::filesystem::path folder;  ///< absolute; nothing outside it is ever read or written
};

}  // namespace globus_sandbox
