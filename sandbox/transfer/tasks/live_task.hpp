// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <boost/json/object.hpp>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <variant>
#include <vector>

#include "sandbox/transfer/tasks/task_record.hpp"
#include "sandbox/transfer/tasks/task_store.hpp"
#include "sandbox/transfer/tasks/task_work.hpp"

namespace globus_sandbox::transfer {

/// Why a task's threads are to leave it alone.
enum class Halt { none, pause, cancel, expire, fail, shutdown };

/// A task with the work that is ahead of it. Everything but the atomics, and what is set once when
/// it is made, belongs to the engine's mutex.
struct LiveTask {
  TaskRecord record;
  std::shared_ptr<const boost::json::object> submitted;  ///< the document
  std::variant<TransferWork, DeleteWork> work;
  bool is_resumed = false;  ///< an earlier process of the sandbox worked on it

  std::deque<WorkItem> ready{};
  std::vector<WorkItem> waiting{};  ///< to be tried again, each at its time
  int in_flight = 0;
  bool is_ending = false;
  bool is_forgotten = false;  ///< the state was reset: nothing of it is written any more
  bool has_changed = false;   ///< since it was written last
  TaskNews news{};
  Instant last_written{};
  Instant last_progress_event{};

  std::atomic<Halt> halt{Halt::none};
  /// What its threads count and have not handed over yet: bytes of files that are not whole, and
  /// what was removed.
  struct UnderWay {
    std::atomic<std::int64_t> bytes{0};
    std::atomic<std::int64_t> removed_files{0};
    std::atomic<std::int64_t> removed_directories{0};
    std::atomic<std::int64_t> removed_symlinks{0};
  } under_way{};

  std::mutex pace_mutex{};   ///< for next_move
  Instant next_move{};       ///< when the bandwidth allows for more
  std::mutex write_mutex{};  ///< held while it is written, so that writes come in order

  LiveTask(TaskRecord its_record, boost::json::object document,
           std::variant<TransferWork, DeleteWork> its_work)
      : record(std::move(its_record)),
        submitted(std::make_shared<const boost::json::object>(std::move(document))),
        work(std::move(its_work)) {}

  bool uses(const std::string& collection_id) const {
    return record.source_id == collection_id || record.destination_id == collection_id;
  }
};

/// Adds an event to a task's news. Called under the engine's mutex.
void add_event(LiveTask& task, std::string code, std::string description, std::string details,
               bool is_error);

/// How many subtasks a task has beside those of its items: a transfer's own succeeds when
/// everything has.
std::int64_t own_subtasks(const LiveTask& task);

/// Counts and paces what one thread moves for one task.
class TaskMonitor : public WorkMonitor {
 public:
  TaskMonitor(LiveTask& task, const std::atomic<std::int64_t>& bytes_per_second)
      : task_(task), bytes_per_second_(bytes_per_second) {}
  TaskMonitor(const TaskMonitor&) = delete;
  TaskMonitor& operator=(const TaskMonitor&) = delete;
  ~TaskMonitor() override { hand_over(); }

  /// What it counted is no longer under way. What was removed is removed, and counted for good in
  /// the task's record; bytes are counted by who knows whether their file got whole. Called under
  /// the engine's mutex.
  void hand_over();

  void moved(std::int64_t bytes) override;
  void removed(mode_t mode) override;
  void check() override;
  std::size_t piece_size() const override;

 private:
  LiveTask& task_;
  const std::atomic<std::int64_t>& bytes_per_second_;
  std::int64_t moved_ = 0;
  std::int64_t removed_files_ = 0;
  std::int64_t removed_directories_ = 0;
  std::int64_t removed_symlinks_ = 0;
};

}  // namespace globus_sandbox::transfer
