// SPDX-License-Identifier: Apache-2.0
#include "collections/download_progress.hpp"

#include <utility>

namespace globus_sdk::inline v0::detail {

namespace {

constexpr std::chrono::milliseconds shortest_pause{100};

}  // namespace

DownloadProgress::DownloadProgress(OnProgress on_progress, std::string path)
    : on_progress_(std::move(on_progress)), path_(std::move(path)) {}

void DownloadProgress::set_total(std::optional<std::int64_t> total) {
  const std::lock_guard lock(mutex_);
  total_ = total;
}

void DownloadProgress::restart_with(std::int64_t kept) {
  const std::lock_guard lock(mutex_);
  kept_ = kept;
  came_ = 0;
}

void DownloadProgress::add_kept(std::int64_t bytes) {
  const std::lock_guard lock(mutex_);
  kept_ += bytes;
}

void DownloadProgress::add(std::int64_t bytes) {
  if (!on_progress_) return;
  {
    const std::lock_guard lock(mutex_);
    came_ += bytes;
  }
  // whoever comes while another thread tells has nothing to add that the next one would not tell
  const std::unique_lock alone(telling_, std::try_to_lock);
  if (!alone) return;
  const Clock::time_point now = Clock::now();
  {
    const std::lock_guard lock(mutex_);
    if (now - told_at_ < shortest_pause) return;
  }
  tell(now);
}

void DownloadProgress::end() {
  if (!on_progress_) return;
  const std::lock_guard alone(telling_);
  tell(Clock::now());
}

void DownloadProgress::tell(Clock::time_point now) {
  on_progress_(at(now));
}

FileProgress DownloadProgress::at(Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  told_at_ = now;
  FileProgress progress;
  progress.path = path_;
  progress.bytes = kept_ + came_;
  progress.total = total_;
  const double seconds = std::chrono::duration<double>(now - begin_).count();
  if (seconds > 0) progress.bytes_per_second = static_cast<double>(came_) / seconds;
  return progress;
}

}  // namespace globus_sdk::inline v0::detail
