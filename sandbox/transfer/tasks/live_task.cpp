// SPDX-License-Identifier: Apache-2.0
#include "sandbox/transfer/tasks/live_task.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <thread>
#include <utility>

namespace globus_sandbox::transfer {

namespace {

constexpr std::int64_t largest_piece = 256 * 1024;
constexpr std::int64_t smallest_piece = 1024;
constexpr auto longest_nap = std::chrono::milliseconds(20);

}  // namespace

void add_event(LiveTask& task, std::string code, std::string description, std::string details,
               bool is_error) {
  task.news.events.push_back(
      {std::move(code), std::move(description), std::move(details), is_error, current_time()});
  task.has_changed = true;
}

std::int64_t own_subtasks(const LiveTask& task) {
  return task.record.type == TaskType::transfer ? 1 : 0;
}

void TaskMonitor::check() {
  if (task_.halt != Halt::none) throw WorkStopped();
}

std::size_t TaskMonitor::piece_size() const {
  const auto rate = bytes_per_second_.load();
  return static_cast<std::size_t>(rate <= 0 ? largest_piece
                                            : std::clamp(rate / 20, smallest_piece, largest_piece));
}

void TaskMonitor::hand_over() {
  auto& counts = task_.record.counts;
  task_.under_way.bytes -= std::exchange(moved_, 0);
  task_.under_way.removed_files -= removed_files_;
  task_.under_way.removed_directories -= removed_directories_;
  task_.under_way.removed_symlinks -= removed_symlinks_;
  counts.files += std::exchange(removed_files_, 0);
  counts.directories += std::exchange(removed_directories_, 0);
  counts.symlinks += std::exchange(removed_symlinks_, 0);
}

void TaskMonitor::removed(mode_t mode) {
  auto& under_way = task_.under_way;
  if (S_ISDIR(mode)) {
    ++removed_directories_;
    ++under_way.removed_directories;
  } else if (S_ISLNK(mode)) {
    ++removed_symlinks_;
    ++under_way.removed_symlinks;
  } else {
    ++removed_files_;
    ++under_way.removed_files;
  }
}

void TaskMonitor::moved(std::int64_t bytes) {
  moved_ += bytes;
  task_.under_way.bytes += bytes;
  check();
  const auto rate = bytes_per_second_.load();
  if (rate <= 0) return;
  Instant until;
  {
    const std::lock_guard lock(task_.pace_mutex);
    task_.next_move = std::max(task_.next_move, current_time()) +
                      std::chrono::microseconds(bytes * 1000000 / rate);
    until = task_.next_move;
  }
  // short naps: the limit may be taken away, and the task stopped
  for (auto now = current_time(); now < until && bytes_per_second_ == rate; now = current_time()) {
    std::this_thread::sleep_for(std::min<Instant::duration>(until - now, longest_nap));
    check();
  }
}

}  // namespace globus_sandbox::transfer
