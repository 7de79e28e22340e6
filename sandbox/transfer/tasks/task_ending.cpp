// SPDX-License-Identifier: Apache-2.0
// How the task engine's tasks end, and how they are written.
#include <boost/json/serialize.hpp>
#include <iterator>
#include <utility>

#include "sandbox/transfer/tasks/task_engine.hpp"
#include "sandbox/transfer/tasks/tree_removal.hpp"

namespace globus_sandbox::transfer {

namespace {

std::string text_of(const boost::json::object& details) {
  return boost::json::serialize(details);
}

/// Puts later news behind earlier ones.
void append(TaskNews& news, TaskNews later) {
  const auto move_all = [](auto& to, auto& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  };
  move_all(news.events, later.events);
  move_all(news.successes, later.successes);
  move_all(news.skips, later.skips);
}

}  // namespace

void TaskEngine::settle(Lock& lock, const TaskPointer& task) {
  if (task->is_ending || task->record.is_over() || task->in_flight > 0) {
    settled_.notify_all();
    return;
  }
  switch (task->halt.load()) {
    case Halt::cancel:
      return end(lock, task, TaskStatus::failed, TaskProblem{"CANCELED", "canceled", ""});
    case Halt::expire:
      return end(lock, task, TaskStatus::failed, TaskProblem{"EXPIRED", "expired", ""});
    case Halt::fail:
      return end(lock, task, TaskStatus::failed, task->record.problem);
    case Halt::pause:
    case Halt::shutdown:
      settled_.notify_all();
      return;
    case Halt::none:
      break;
  }
  if (task->ready.empty() && task->waiting.empty())
    end(lock, task, TaskStatus::succeeded, std::nullopt);
}

void TaskEngine::end(Lock& lock, const TaskPointer& task, TaskStatus status,
                     const std::optional<TaskProblem>& why) {
  task->is_ending = true;
  auto record = task->record;
  auto& counts = record.counts;
  record.status = status;
  record.completion_time = current_time();
  record.problem.reset();
  record.fatal_error = why;
  if (status == TaskStatus::succeeded) {
    counts.subtasks_succeeded += own_subtasks(*task);
    if (counts.subtasks_skipped_errors > 0)
      add_event(*task, "SKIPPED_ERRORS", "skipped errors",
                text_of({{"skipped_errors", counts.subtasks_skipped_errors}}), false);
    add_event(*task, "SUCCEEDED", "succeeded",
              text_of({{"files_succeeded", counts.files_transferred},
                       {"bytes_transferred", counts.bytes_transferred}}),
              false);
  } else {
    auto& left = why->code == "EXPIRED" ? counts.subtasks_expired : counts.subtasks_canceled;
    left += counts.subtasks_pending() + counts.subtasks_retrying;
    counts.subtasks_retrying = 0;
    if (task->halt != Halt::fail)
      add_event(
          *task, why->code, why->description,
          why->code == "EXPIRED" ? "The task was not done at its deadline" : "Canceled by the user",
          true);
  }
  task->ready.clear();
  task->waiting.clear();
  if (task->is_resumed && status == TaskStatus::failed) {
    lock.unlock();
    remove_left_overs(*task);
    lock.lock();
  }
  write(lock, task, &record);
  // shown only when it is written: who saw the task end finds it ended after a crash too
  task->record = std::move(record);
  std::erase(unfinished_, task);
  settled_.notify_all();
  time_changed_.notify_all();
}

void TaskEngine::remove_left_overs(const LiveTask& task) const {
  const auto* work = std::get_if<TransferWork>(&task.work);
  const auto state = collections_.find(task.record.destination_id);
  if (work == nullptr || !state || !state->folder) return;
  for (const auto& item : work->order().items)
    for (const auto& path : {item.destination.relative, parent_of(item.destination.relative)})
      remove_temporary_files(*state->folder, path, work->temporary_file_prefix());
}

void TaskEngine::write(Lock& lock, const TaskPointer& task, const TaskRecord* final_record) {
  lock.unlock();
  const std::lock_guard order(task->write_mutex);
  lock.lock();
  // once its last record is under way, no older one may come after it
  const bool is_final = final_record != nullptr;
  const bool is_wanted = is_final || (task->has_changed && !task->is_ending);
  if (task->is_forgotten || !is_wanted) return;
  const auto record = is_final ? *final_record : task->record;
  auto news = std::exchange(task->news, {});
  task->has_changed = false;
  task->last_written = current_time();
  lock.unlock();
  bool is_written = true;
  try {
    store_.write(record, news);
  } catch (const std::exception&) {
    is_written = false;
  }
  lock.lock();
  if (!is_written) {
    // the state cannot be written at the moment: the next write tells it all
    append(news, std::move(task->news));
    task->news = std::move(news);
    task->has_changed = true;
  }
}

}  // namespace globus_sandbox::transfer
