// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "interruption.hpp"

namespace demo {

/// A folder of this program's own, removed with all that is in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  /// Makes a folder in it.
  std::filesystem::path make(const std::string& name) const;

 private:
  std::filesystem::path path_;
};

/// How much there is in a tree.
struct TreeSize {
  std::int64_t files = 0;
  std::int64_t bytes = 0;
};

/// The regular files below a folder, relative to it and sorted. Symbolic links are left out, as a
/// transfer leaves them out.
std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder,
                                               const Interruption& interruption);

TreeSize measure(const std::filesystem::path& folder, const Interruption& interruption);

/// Makes a tree of small files with different contents.
void make_small_files(const std::filesystem::path& folder, int count,
                      const Interruption& interruption);

/// What a comparison of two trees found.
struct Comparison {
  std::int64_t equal_files = 0;
  std::vector<std::string> differences{};  ///< a line each
};

/// Compares two trees, file by file and byte by byte.
Comparison compare_trees(const std::filesystem::path& left, const std::filesystem::path& right,
                         const Interruption& interruption);

}  // namespace demo
