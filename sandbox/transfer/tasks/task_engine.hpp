// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "sandbox/transfer/collections/collection_registry.hpp"
#include "sandbox/transfer/tasks/live_task.hpp"
#include "sandbox/transfer/tasks/submission.hpp"
#include "sandbox/transfer/tasks/task_store.hpp"

namespace globus_sandbox::transfer {

/// Runs tasks: a few threads take pieces of work from all tasks in turn, and one keeps the time
/// (deadlines, trying again, writing what changed). Safe to use from many threads.
class TaskEngine {
 public:
  /// Goes on with the tasks in the store that are not over.
  TaskEngine(TaskStore& store, const CollectionRegistry& collections);
  /// Stops the threads at once; what is not over stays in the store.
  ~TaskEngine();
  TaskEngine(const TaskEngine&) = delete;
  TaskEngine& operator=(const TaskEngine&) = delete;

  /// A task as it is now.
  struct Snapshot {
    TaskRecord record;
    std::shared_ptr<const boost::json::object> submitted;  ///< the document
  };

  /// The task that came of a submission, if there is one.
  std::optional<TaskRecord> find_by_submission(const std::string& submission_id) const;
  /// Takes a task on. Its record says what it is; the work is made of the order.
  void submit(TaskRecord record, boost::json::object submitted,
              std::variant<TransferOrder, DeleteOrder> order);

  std::optional<Snapshot> find(const std::string& task_id) const;
  /// The newest first.
  std::vector<Snapshot> all() const;

  enum class CancelResult { canceled, accepted, already_over };
  /// Stops a task and waits a while until its threads have left it. The task must exist.
  CancelResult cancel(const std::string& task_id);
  /// Changes label or deadline; false when the task is over. The task must exist.
  bool update(const std::string& task_id, const std::optional<std::string>& label,
              const std::optional<Instant>& deadline);
  /// Writes what is known of a task now, so that the store tells all of it.
  void write_now(const std::string& task_id);

  /// The credentials of a collection changed: its tasks stop, or go on.
  void credentials_changed(const std::string& collection_id);
  void set_bandwidth_limit(std::int64_t bytes_per_second) { bandwidth_ = bytes_per_second; }
  std::int64_t bandwidth_limit() const { return bandwidth_; }
  /// Stops and forgets every task.
  void reset();

 private:
  using TaskPointer = std::shared_ptr<LiveTask>;
  using Lock = std::unique_lock<std::mutex>;

  void resume(TaskStore::StoredTask stored);
  void start_threads();
  void run_worker();
  TaskPointer next_task();
  void wake_workers_for(const LiveTask& task);
  std::variant<WorkOutcome, TaskFault, WorkStopped> perform(LiveTask& task, const WorkItem& item,
                                                            WorkMonitor& monitor) const;
  void absorb_outcome(LiveTask& task, const WorkItem& item, WorkOutcome outcome);
  void absorb_fault(LiveTask& task, WorkItem item, const TaskFault& fault);
  void add_items(LiveTask& task, std::vector<WorkItem> items);
  void settle(Lock& lock, const TaskPointer& task);
  void end(Lock& lock, const TaskPointer& task, TaskStatus status,
           const std::optional<TaskProblem>& why);
  void write(Lock& lock, const TaskPointer& task, const TaskRecord* final_record);
  void remove_left_overs(const LiveTask& task) const;
  void pause(LiveTask& task, const std::string& collection_id);
  void unpause(LiveTask& task);
  std::optional<std::string> expired_collection(const LiveTask& task) const;

  void keep_time();
  Instant next_alarm(Instant now) const;
  void on_alarm(Lock& lock, Instant now);
  TaskPointer get(const std::string& task_id) const;
  Snapshot snapshot_of(const LiveTask& task) const;

  TaskStore& store_;
  const CollectionRegistry& collections_;
  std::atomic<std::int64_t> bandwidth_{0};

  mutable std::mutex mutex_;
  std::condition_variable work_ready_;
  std::condition_variable time_changed_;
  std::condition_variable settled_;
  std::vector<TaskPointer> tasks_;  ///< all, the oldest first
  std::map<std::string, TaskPointer> by_id_;
  std::map<std::string, TaskPointer> by_submission_;
  std::vector<TaskPointer> unfinished_;
  std::size_t next_turn_ = 0;
  bool is_stopping_ = false;
  bool is_clock_watching_ = false;  ///< the thread that keeps the time looks at progress soon
  std::vector<std::thread> threads_;
};

}  // namespace globus_sandbox::transfer
