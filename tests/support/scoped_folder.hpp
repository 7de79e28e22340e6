// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>

namespace globus_sdk_test {

/// A folder of its own, gone with all that it holds when the object goes. Tests run in several
/// processes at once, so a name that is always the same would be another's, too.
class ScopedFolder {
 public:
  /// @param parent what the folder is made in.
  explicit ScopedFolder(
      const std::filesystem::path& parent = std::filesystem::temp_directory_path()) {
    std::string pattern = (parent / "test-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder " + pattern);
    path = pattern;
  }
  ~ScopedFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  ScopedFolder(const ScopedFolder&) = delete;
  ScopedFolder& operator=(const ScopedFolder&) = delete;

  std::filesystem::path path{};
};

}  // namespace globus_sdk_test
