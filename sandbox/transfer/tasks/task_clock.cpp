// SPDX-License-Identifier: Apache-2.0
// What the task engine does because of the time or of credentials: deadlines, trying again,
// pausing, writing progress.
#include <algorithm>
#include <boost/json/serialize.hpp>

#include "sandbox/transfer/tasks/task_engine.hpp"

namespace globus_sandbox::transfer {

namespace {

using namespace std::chrono_literals;

constexpr auto write_interval = 250ms;
constexpr auto progress_interval = 30s;

std::string progress_details(const TaskRecord& record) {
  const auto seconds = std::chrono::duration<double>(current_time() - record.request_time).count();
  return boost::json::serialize(
      boost::json::object{{"bytes_transferred", record.counts.bytes_transferred},
                          {"files_transferred", record.counts.files_transferred},
                          {"duration", seconds}});
}

}  // namespace

void TaskEngine::keep_time() {
  Lock lock(mutex_);
  while (!is_stopping_) {
    const auto now = current_time();
    on_alarm(lock, now);
    if (is_stopping_) return;
    const auto alarm = next_alarm(current_time());
    is_clock_watching_ = alarm <= current_time() + write_interval;
    if (alarm == Instant::max())
      time_changed_.wait(lock);
    else
      time_changed_.wait_until(lock, alarm);
  }
}

Instant TaskEngine::next_alarm(Instant now) const {
  auto alarm = Instant::max();
  for (const auto& task : unfinished_) {
    if (task->is_ending) continue;
    if (task->halt == Halt::none || task->halt == Halt::pause)
      alarm = std::min(alarm, task->record.deadline);
    if (task->halt == Halt::none)
      for (const auto& item : task->waiting) alarm = std::min(alarm, item.not_before);
    // what works changes all the time, without waking this thread
    if (task->has_changed || task->in_flight > 0)
      alarm = std::min(alarm, std::max(now, task->last_written) + write_interval);
  }
  return alarm;
}

void TaskEngine::on_alarm(Lock& lock, Instant now) {
  // a copy: ending a task takes it out of the list, and writing it gives the lock away for a while
  const auto tasks = unfinished_;
  bool has_work = false;
  for (const auto& task : tasks) {
    if (is_stopping_) return;
    if (task->is_ending || task->record.is_over()) continue;
    const auto halt = task->halt.load();
    if (task->record.deadline <= now && (halt == Halt::none || halt == Halt::pause)) {
      task->halt = Halt::expire;
      settle(lock, task);
      continue;
    }
    const auto due = std::partition(task->waiting.begin(), task->waiting.end(),
                                    [&](const WorkItem& item) { return item.not_before > now; });
    has_work |= due != task->waiting.end();
    std::move(due, task->waiting.end(), std::back_inserter(task->ready));
    task->waiting.erase(due, task->waiting.end());
    if (task->in_flight > 0 && task->halt == Halt::none) {
      if (task->last_progress_event == Instant{})
        task->last_progress_event = task->record.request_time;
      if (now - task->last_progress_event >= progress_interval) {
        task->last_progress_event = now;
        add_event(*task, "PROGRESS", "progress", progress_details(snapshot_of(*task).record),
                  false);
      }
    }
    if (task->has_changed && now - task->last_written >= write_interval) write(lock, task, nullptr);
  }
  if (has_work) work_ready_.notify_all();
}

std::optional<std::string> TaskEngine::expired_collection(const LiveTask& task) const {
  for (const auto* id : {&task.record.source_id, &task.record.destination_id}) {
    if (id->empty()) continue;
    const auto state = collections_.find(*id);
    if (state && state->credentials_expired) return *id;
  }
  return std::nullopt;
}

void TaskEngine::pause(LiveTask& task, const std::string& collection_id) {
  const bool is_source = task.record.source_id == collection_id;
  const auto& name = is_source ? task.record.source_name : task.record.destination_name;
  const std::string details = "Error (login)\nEndpoint: " + name + " (" + collection_id +
                              ")\nMessage: The credentials for the collection have expired\n";
  task.halt = Halt::pause;
  task.record.status = TaskStatus::inactive;
  task.record.problem = TaskProblem{"CREDENTIALS_EXPIRED", "credentials expired", details};
  ++task.record.counts.faults;
  add_event(task, "CREDENTIALS_EXPIRED", "credentials expired", details, true);
}

void TaskEngine::unpause(LiveTask& task) {
  task.halt = Halt::none;
  task.record.status = TaskStatus::active;
  task.record.problem.reset();
  add_event(task, "UNPAUSED", "unpaused", "The credentials are good again", false);
}

void TaskEngine::credentials_changed(const std::string& collection_id) {
  Lock lock(mutex_);
  const auto tasks = unfinished_;
  for (const auto& task : tasks) {
    if (task->is_ending || task->record.is_over() || !task->uses(collection_id)) continue;
    const auto expired = expired_collection(*task);
    const auto halt = task->halt.load();
    if (expired && halt == Halt::none) pause(*task, *expired);
    if (!expired && halt == Halt::pause) {
      unpause(*task);
      // its last piece may have been done while it was paused
      settle(lock, task);
    }
  }
  work_ready_.notify_all();
  time_changed_.notify_all();
}

}  // namespace globus_sandbox::transfer
