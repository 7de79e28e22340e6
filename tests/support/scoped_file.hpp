// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace globus_sdk_test {

/// A file with that content, for as long as the object lives.
class ScopedFile {
 public:
  explicit ScopedFile(std::string_view content) {
    std::string pattern = (std::filesystem::temp_directory_path() / "test-XXXXXX").string();
    const int descriptor = mkstemp(pattern.data());
    path_ = pattern;
    if (descriptor < 0 ||
        write(descriptor, content.data(), content.size()) != static_cast<ssize_t>(content.size())) {
      throw std::runtime_error("no temporary file " + path_);
    }
    close(descriptor);
  }
  ~ScopedFile() { unlink(path_.c_str()); }
  ScopedFile(const ScopedFile&) = delete;
  ScopedFile& operator=(const ScopedFile&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace globus_sdk_test
