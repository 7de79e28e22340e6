// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace globus_sandbox {

/// A folder for this sandbox alone, made when it is first needed and removed at the end.
class TemporaryFolder {
 public:
  TemporaryFolder() = default;
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  /// Makes a folder in it.
  std::filesystem::path folder(const std::string& name);
  /// Makes a file in it.
  std::filesystem::path write(const std::string& name, std::string_view contents);

 private:
  const std::filesystem::path& path();
  std::filesystem::path path_;
};

}  // namespace globus_sandbox
