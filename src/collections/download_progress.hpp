// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

#include "globus_sdk/collections/file_progress.hpp"

namespace globus_sdk::inline v0::detail {

/// How far a download or an upload has come, and who is told of it: ten times a second at most, by
/// whichever thread has bytes to add, and never by two at once. What the function throws that is
/// told, each method throws.
class DownloadProgress {
 public:
  using Clock = std::chrono::steady_clock;

  /// @param on_progress may be empty.
  /// @param path of the file on the collection.
  DownloadProgress(OnProgress on_progress, std::string path);

  /// The file's path on the collection.
  const std::string& path() const noexcept { return path_; }
  /// How many bytes there are in all.
  void set_total(std::optional<std::int64_t> total);
  /// Bytes of an earlier try are there; forgets all that came.
  void restart_with(std::int64_t kept);
  /// Further bytes are there already, as those of one more file.
  void add_kept(std::int64_t bytes);
  /// Bytes came, or went; or fewer than 0 when they have to come again.
  void add(std::int64_t bytes);
  /// Tells the end.
  void end();

 private:
  FileProgress at(Clock::time_point now);
  void tell(Clock::time_point now);

  const OnProgress on_progress_;
  const std::string path_;
  const Clock::time_point begin_ = Clock::now();
  std::mutex telling_;
  std::mutex mutex_;
  Clock::time_point told_at_ = begin_;  // guarded by mutex_, as what follows
  std::optional<std::int64_t> total_{};
  std::int64_t kept_ = 0;
  std::int64_t came_ = 0;
};

}  // namespace globus_sdk::inline v0::detail
