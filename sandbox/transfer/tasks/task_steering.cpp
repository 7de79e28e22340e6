// SPDX-License-Identifier: Apache-2.0
// What users see of the task engine's tasks, and do to them.
#include <algorithm>
#include <stdexcept>

#include "sandbox/transfer/tasks/task_engine.hpp"

namespace globus_sandbox::transfer {

namespace {

/// How long a request to cancel waits for a task's threads to leave it.
constexpr auto cancel_patience = std::chrono::seconds(10);

}  // namespace

TaskEngine::TaskPointer TaskEngine::get(const std::string& task_id) const {
  const auto entry = by_id_.find(task_id);
  if (entry == by_id_.end()) throw std::out_of_range("no such task");
  return entry->second;
}

TaskEngine::Snapshot TaskEngine::snapshot_of(const LiveTask& task) const {
  Snapshot snapshot{task.record, task.submitted};
  auto& counts = snapshot.record.counts;
  counts.bytes_transferred += task.under_way.bytes;
  counts.files += task.under_way.removed_files;
  counts.directories += task.under_way.removed_directories;
  counts.symlinks += task.under_way.removed_symlinks;
  return snapshot;
}

std::optional<TaskRecord> TaskEngine::find_by_submission(const std::string& submission_id) const {
  const Lock lock(mutex_);
  const auto entry = by_submission_.find(submission_id);
  if (entry == by_submission_.end()) return std::nullopt;
  return entry->second->record;
}

std::optional<TaskEngine::Snapshot> TaskEngine::find(const std::string& task_id) const {
  const Lock lock(mutex_);
  const auto entry = by_id_.find(task_id);
  if (entry == by_id_.end()) return std::nullopt;
  return snapshot_of(*entry->second);
}

std::vector<TaskEngine::Snapshot> TaskEngine::all() const {
  const Lock lock(mutex_);
  std::vector<Snapshot> result;
  for (auto task = tasks_.rbegin(); task != tasks_.rend(); ++task)
    result.push_back(snapshot_of(**task));
  return result;
}

TaskEngine::CancelResult TaskEngine::cancel(const std::string& task_id) {
  Lock lock(mutex_);
  const auto task = get(task_id);
  if (task->record.is_over() || task->is_ending) return CancelResult::already_over;
  task->halt = Halt::cancel;
  settle(lock, task);
  const bool is_over = settled_.wait_for(lock, cancel_patience,
                                         [&] { return task->record.is_over() || is_stopping_; });
  return is_over ? CancelResult::canceled : CancelResult::accepted;
}

bool TaskEngine::update(const std::string& task_id, const std::optional<std::string>& label,
                        const std::optional<Instant>& deadline) {
  Lock lock(mutex_);
  const auto task = get(task_id);
  if (task->record.is_over() || task->is_ending) return false;
  if (label) task->record.label = *label;
  if (deadline) task->record.deadline = *deadline;
  task->has_changed = true;
  write(lock, task, nullptr);
  time_changed_.notify_all();
  return true;
}

void TaskEngine::write_now(const std::string& task_id) {
  Lock lock(mutex_);
  const auto task = get(task_id);
  write(lock, task, nullptr);
}

void TaskEngine::reset() {
  Lock lock(mutex_);
  for (const auto& task : tasks_) {
    task->is_forgotten = true;
    if (!task->record.is_over()) task->halt = Halt::shutdown;
  }
  const auto stopped = tasks_;
  settled_.wait(lock, [&] {
    return std::all_of(stopped.begin(), stopped.end(),
                       [](const auto& task) { return task->in_flight == 0; });
  });
  tasks_.clear();
  by_id_.clear();
  by_submission_.clear();
  unfinished_.clear();
  lock.unlock();
  // a write that began before this one ends before the tables are emptied
  for (const auto& task : stopped) const std::lock_guard order(task->write_mutex);
  store_.clear();
}

}  // namespace globus_sandbox::transfer
