// SPDX-License-Identifier: Apache-2.0
#include "sandbox/base/temporary_folder.hpp"

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <system_error>

namespace globus_sandbox {

namespace fs = std::filesystem;

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

const fs::path& TemporaryFolder::path() {
  if (!path_.empty()) return path_;
  std::string pattern = (fs::temp_directory_path() / "globus-sandbox-XXXXXX").string();
  if (!mkdtemp(pattern.data()))
    throw std::system_error(errno, std::generic_category(), "cannot make a folder at " + pattern);
  path_ = pattern;
  return path_;
}

fs::path TemporaryFolder::folder(const std::string& name) {
  const fs::path result = path() / name;
  fs::create_directories(result);
  return result;
}

fs::path TemporaryFolder::write(const std::string& name, std::string_view contents) {
  const fs::path result = path() / name;
  std::ofstream file(result, std::ios::binary);
  file << contents;
  file.close();
  if (!file) throw std::runtime_error("cannot write " + result.string());
  return result;
}

}  // namespace globus_sandbox
