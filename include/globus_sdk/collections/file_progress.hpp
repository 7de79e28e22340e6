// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace globus_sdk::inline v0 {

/// How far a download or an upload has come.
struct FileProgress {
  /// The file's path on the collection; empty for a tree as a whole.
  std::string path{};
  /// Bytes that are done, those of an earlier try that were kept among them.
  std::int64_t bytes = 0;
  /// How many there are in all, where that is known.
  std::optional<std::int64_t> total{};
  /// Bytes a second since the beginning, without those of an earlier try.
  double bytes_per_second = 0;
};

/// Called now and then while bytes move, at most ten times a second, and once at the end. It is
/// never called from two threads at once. An exception ends the download or upload, which throws
/// the same.
using OnProgress = std::function<void(const FileProgress& progress)>;

}  // namespace globus_sdk::inline v0
