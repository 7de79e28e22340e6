// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dirent.h>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "collections/confined_folder.hpp"

namespace globus_sdk::inline v0::detail {

/// The names in a folder of this machine, some at a time and in no order, without `.` and `..`.
class FolderNames {
 public:
  explicit FolderNames(const ConfinedFolder& folder);

  /// The next names; none at the end.
  std::vector<std::string> next(std::size_t most);

 private:
  struct Close {
    void operator()(DIR* open) const noexcept { closedir(open); }
  };

  std::string path_;
  std::unique_ptr<DIR, Close> open_;
};

}  // namespace globus_sdk::inline v0::detail
