// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <vector>

#include "globus_sdk/collections/file_head.hpp"

namespace globus_sdk::inline v0 {

/// What came of a download.
struct DownloadResult {
  /// What the collection said of the file.
  FileHead head;
  /// How many bytes the file has.
  std::int64_t size = 0;
  /// How many of them were there already, from an earlier download that broke off.
  std::int64_t resumed = 0;
};

/// A file or folder of a tree that could not be moved.
struct TreeFailure {
  /// Its path on the collection.
  std::string path{};
  /// Why.
  std::string message{};
  /// What was thrown, for `std::rethrow_exception`.
  std::exception_ptr exception{};
};

/// What came of moving a tree. As a `bool` it is true when nothing failed.
struct TreeResult {
  /// Files that were moved.
  std::int64_t files = 0;
  /// Their bytes.
  std::int64_t bytes = 0;
  /// Files that were there already, unchanged.
  std::int64_t skipped = 0;
  /// Folders that were made, those above the tree among them.
  std::int64_t folders = 0;
  /// What could not be moved, each with its path, in the order of the paths.
  std::vector<TreeFailure> failures{};

  /// Whether everything is there now.
  explicit operator bool() const noexcept { return failures.empty(); }
};

}  // namespace globus_sdk::inline v0
