// SPDX-License-Identifier: Apache-2.0
#include "sandbox/transfer/tasks/task_engine.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>

namespace globus_sandbox::transfer {

namespace {

using namespace std::chrono_literals;

constexpr int worker_count = 16;
constexpr int workers_a_task = 4;
constexpr auto first_retry = 500ms;
constexpr auto longest_retry = 60s;

Instant::duration backoff_after(int attempts) {
  const auto factor = 1LL << std::min(attempts - 1, 10);
  return std::min<Instant::duration>(first_retry * factor, longest_retry);
}

std::string text_of(const boost::json::object& details) {
  return boost::json::serialize(details);
}

std::string fault_details(const LiveTask& task, const WorkItem& item, const TaskFault& fault) {
  const bool at_source = fault.side() == Side::source;
  const auto& id = at_source ? task.record.source_id : task.record.destination_id;
  const auto& name = at_source ? task.record.source_name : task.record.destination_name;
  const auto* transfer = std::get_if<TransferWork>(&task.work);
  const auto path = transfer == nullptr ? std::get<DeleteWork>(task.work).shown_path(item)
                    : at_source         ? transfer->shown_source(item)
                                        : transfer->shown_destination(item);
  return std::string("Error (") + (transfer == nullptr ? "delete" : "transfer") +
         ")\nEndpoint: " + name + " (" + id + ")\nFile: " + path + "\nMessage: " + fault.message() +
         "\n";
}

void count_kind(TaskCounts& counts, WorkItem::Kind kind) {
  if (kind == WorkItem::Kind::file) ++counts.files;
  if (kind == WorkItem::Kind::directory) ++counts.directories;
  if (kind == WorkItem::Kind::symlink) ++counts.symlinks;
}

/// Whether the task is to go on without the path that the fault is about.
bool is_skippable(const LiveTask& task, const TaskFault& fault) {
  const auto* transfer = std::get_if<TransferWork>(&task.work);
  const bool is_about_path = fault.code() == "FILE_NOT_FOUND" ||
                             fault.code() == "PERMISSION_DENIED" ||
                             fault.code() == "INVALID_SYMLINK";
  return transfer != nullptr && transfer->order().skip_source_errors &&
         fault.side() == Side::source && is_about_path;
}

bool is_fatal(const LiveTask& task, const TaskFault& fault) {
  const auto* transfer = std::get_if<TransferWork>(&task.work);
  const bool is_quota = fault.code() == "QUOTA_EXCEEDED" || fault.code() == "NO_SPACE_LEFT";
  return fault.is_fatal() ||
         (transfer != nullptr && transfer->order().fail_on_quota_errors && is_quota);
}

/// Leaves a path of a transfer out, and remembers why.
void skip(LiveTask& task, const WorkItem& item, const TaskProblem& problem) {
  const auto& work = std::get<TransferWork>(task.work);
  const auto& submitted = work.order().items[item.index];
  const bool is_link =
      item.kind == WorkItem::Kind::symlink || submitted.kind == TransferItem::Kind::symlink;
  const bool is_directory = item.kind == WorkItem::Kind::directory ||
                            (item.below.empty() && submitted.kind == TransferItem::Kind::recursive);
  task.news.skips.push_back({work.shown_source(item), work.shown_destination(item), problem.code,
                             problem.details, current_time(), is_directory, is_link,
                             submitted.external_checksum, submitted.checksum_algorithm});
  if (item.kind == WorkItem::Kind::directory && work.order().delete_destination_extra)
    add_event(task, "DELETE_DESTINATION_EXTRA_SKIPPED", "delete destination extra skipped",
              problem.details, false);
  ++task.record.counts.subtasks_skipped_errors;
}

/// A task that another process worked on finds its items anew; what it moved or removed stays
/// counted.
void forget_what_is_found_anew(TaskRecord& record) {
  auto& counts = record.counts;
  TaskCounts fresh;
  if (record.type == TaskType::delete_) {
    fresh.files = counts.files;
    fresh.directories = counts.directories;
    fresh.symlinks = counts.symlinks;
  }
  fresh.bytes_transferred = counts.bytes_transferred;
  fresh.bytes_checksummed = counts.bytes_checksummed;
  fresh.faults = counts.faults;
  counts = fresh;
}

}  // namespace

TaskEngine::TaskEngine(TaskStore& store, const CollectionRegistry& collections)
    : store_(store), collections_(collections) {
  for (auto& stored : store_.load()) resume(std::move(stored));
  start_threads();
}

TaskEngine::~TaskEngine() {
  {
    const Lock lock(mutex_);
    is_stopping_ = true;
    for (const auto& task : unfinished_) task->halt = Halt::shutdown;
  }
  work_ready_.notify_all();
  time_changed_.notify_all();
  for (auto& thread : threads_) thread.join();
  Lock lock(mutex_);
  for (const auto& task : unfinished_)
    if (task->has_changed) write(lock, task, nullptr);
}

void TaskEngine::start_threads() {
  for (int i = 0; i < worker_count; ++i) threads_.emplace_back([this] { run_worker(); });
  threads_.emplace_back([this] { keep_time(); });
}

// ---- taking tasks on ----

void TaskEngine::resume(TaskStore::StoredTask stored) {
  auto record = std::move(stored.record);
  const bool is_over = record.is_over();
  const bool was_begun = record.has_started;
  const auto id = record.task_id;
  const auto submission = record.submission_id;
  auto work = record.type == TaskType::transfer
                  ? std::variant<TransferWork, DeleteWork>(TransferWork(
                        id, read_transfer_order(stored.submitted),
                        is_over ? std::unordered_set<std::string>() : store_.transferred(id)))
                  : std::variant<TransferWork, DeleteWork>(
                        DeleteWork(read_delete_order(stored.submitted), was_begun));
  auto task =
      std::make_shared<LiveTask>(std::move(record), std::move(stored.submitted), std::move(work));
  if (!is_over) {
    store_.forget_skips(id);
    task->is_resumed = true;
    forget_what_is_found_anew(task->record);
    task->record.problem.reset();
    task->record.status = TaskStatus::active;
    task->record.counts.subtasks_total = own_subtasks(*task);
    add_items(*task, std::visit([](const auto& w) { return w.first_items(); }, task->work));
    if (const auto expired = expired_collection(*task)) pause(*task, *expired);
    unfinished_.push_back(task);
  }
  tasks_.push_back(task);
  by_id_.emplace(id, task);
  by_submission_.emplace(submission, task);
}

void TaskEngine::submit(TaskRecord record, boost::json::object submitted,
                        std::variant<TransferOrder, DeleteOrder> order) {
  const auto id = record.task_id;
  auto work = std::holds_alternative<TransferOrder>(order)
                  ? std::variant<TransferWork, DeleteWork>(
                        TransferWork(id, std::move(std::get<TransferOrder>(order)), {}))
                  : std::variant<TransferWork, DeleteWork>(
                        DeleteWork(std::move(std::get<DeleteOrder>(order))));
  auto task = std::make_shared<LiveTask>(std::move(record), std::move(submitted), std::move(work));
  task->record.counts.subtasks_total = own_subtasks(*task);
  add_items(*task, std::visit([](const auto& w) { return w.first_items(); }, task->work));
  store_.add(task->record, *task->submitted);
  {
    const Lock lock(mutex_);
    if (const auto expired = expired_collection(*task)) pause(*task, *expired);
    tasks_.push_back(task);
    by_id_.emplace(id, task);
    by_submission_.emplace(task->record.submission_id, task);
    unfinished_.push_back(task);
  }
  work_ready_.notify_all();
  time_changed_.notify_all();
}

void TaskEngine::add_items(LiveTask& task, std::vector<WorkItem> items) {
  for (auto& item : items) {
    ++task.record.counts.subtasks_total;
    count_kind(task.record.counts, item.kind);
    // files first: what is found waits for nothing, and the list stays short
    if (item.kind == WorkItem::Kind::file)
      task.ready.push_front(std::move(item));
    else
      task.ready.push_back(std::move(item));
  }
}

// ---- doing the work ----

TaskEngine::TaskPointer TaskEngine::next_task() {
  for (std::size_t i = 0; i < unfinished_.size(); ++i) {
    const auto turn = (next_turn_ + i) % unfinished_.size();
    const auto& task = unfinished_[turn];
    if (task->halt == Halt::none && !task->is_ending && !task->ready.empty() &&
        task->in_flight < workers_a_task) {
      next_turn_ = turn + 1;
      return task;
    }
  }
  return nullptr;
}

void TaskEngine::run_worker() {
  Lock lock(mutex_);
  while (!is_stopping_) {
    const auto task = next_task();
    if (!task) {
      work_ready_.wait(lock);
      continue;
    }
    auto item = std::move(task->ready.front());
    task->ready.pop_front();
    ++task->in_flight;
    if (!task->record.has_started) {
      task->record.has_started = true;
      add_event(
          *task, "STARTED", "started",
          text_of(
              {{"type", "local"}, {"concurrency", workers_a_task}, {"protocol", "file system"}}),
          false);
    }
    if (!is_clock_watching_) time_changed_.notify_all();
    lock.unlock();
    {
      TaskMonitor monitor(*task, bandwidth_);
      auto result = perform(*task, item, monitor);
      lock.lock();
      --task->in_flight;
      monitor.hand_over();
      if (auto* outcome = std::get_if<WorkOutcome>(&result))
        absorb_outcome(*task, item, std::move(*outcome));
      else if (const auto* fault = std::get_if<TaskFault>(&result))
        absorb_fault(*task, std::move(item), *fault);
      else
        task->ready.push_front(std::move(item));
    }
    settle(lock, task);
    wake_workers_for(*task);
  }
}

void TaskEngine::wake_workers_for(const LiveTask& task) {
  if (task.ready.empty()) return;
  const bool has_room_for_more = task.in_flight < workers_a_task - 1;
  if (task.ready.size() > 1 && has_room_for_more)
    work_ready_.notify_all();
  else if (has_room_for_more || unfinished_.size() > 1)
    work_ready_.notify_one();  // this thread may turn to another task
}

std::variant<WorkOutcome, TaskFault, WorkStopped> TaskEngine::perform(LiveTask& task,
                                                                      const WorkItem& item,
                                                                      WorkMonitor& monitor) const {
  try {
    const auto folder_of = [&](Side side, const std::string& id) {
      const auto state = collections_.find(id);
      if (!state)
        throw TaskFault(side, "ENDPOINT_ERROR", "The collection does not exist any more", true);
      if (!state->folder)
        throw TaskFault(side, "ENDPOINT_ERROR", "The collection's storage is not there");
      return state->folder;
    };
    const auto source = folder_of(Side::source, task.record.source_id);
    if (const auto* work = std::get_if<DeleteWork>(&task.work))
      return work->perform(item, *source, monitor);
    const auto destination = folder_of(Side::destination, task.record.destination_id);
    return std::get<TransferWork>(task.work).perform(item, *source, *destination, monitor);
  } catch (const TaskFault& fault) {
    return fault;
  } catch (const WorkStopped& stopped) {
    return stopped;
  } catch (const std::exception& error) {
    return TaskFault(Side::source, "INTERNAL_ERROR", error.what());
  }
}

void TaskEngine::absorb_outcome(LiveTask& task, const WorkItem& item, WorkOutcome outcome) {
  auto& counts = task.record.counts;
  task.has_changed = true;
  counts.bytes_transferred += outcome.bytes_transferred;
  counts.bytes_checksummed += outcome.bytes_checksummed;
  if (item.attempts > 0 && --counts.subtasks_retrying == 0) task.record.problem.reset();
  if (outcome.replacement) {
    outcome.replacement->attempts = 0;
    count_kind(counts, outcome.replacement->kind);
    task.ready.push_front(std::move(*outcome.replacement));
  } else {
    ++counts.subtasks_succeeded;
    if (item.kind == WorkItem::Kind::file)
      ++(outcome.was_skipped ? counts.files_skipped : counts.files_transferred);
  }
  if (outcome.transferred) task.news.successes.push_back(std::move(*outcome.transferred));
  add_items(task, std::move(outcome.children));
}

void TaskEngine::absorb_fault(LiveTask& task, WorkItem item, const TaskFault& fault) {
  auto& counts = task.record.counts;
  const TaskProblem problem{fault.code(), describe_code(fault.code()),
                            fault_details(task, item, fault)};
  const bool is_retry = item.attempts > 0;
  task.has_changed = true;
  if (is_skippable(task, fault)) {
    if (is_retry) --counts.subtasks_retrying;
    skip(task, item, problem);
    return;
  }
  ++counts.faults;
  add_event(task, problem.code, problem.description, problem.details, true);
  if (is_fatal(task, fault)) {
    ++counts.subtasks_failed;
    if (is_retry) --counts.subtasks_retrying;
    task.record.problem = problem;
    if (task.halt == Halt::none || task.halt == Halt::pause) task.halt = Halt::fail;
    return;
  }
  if (!is_retry) ++counts.subtasks_retrying;
  ++item.attempts;
  item.not_before = current_time() + backoff_after(item.attempts);
  task.waiting.push_back(std::move(item));
  if (task.record.status == TaskStatus::active) task.record.problem = problem;
  time_changed_.notify_all();
}

}  // namespace globus_sandbox::transfer
