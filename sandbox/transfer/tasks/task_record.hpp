// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "sandbox/base/time_text.hpp"

namespace globus_sandbox::transfer {

enum class TaskType { transfer, delete_ };
enum class TaskStatus { active, inactive, succeeded, failed };

/// What a task has counted.
struct TaskCounts {
  std::int64_t files = 0;
  std::int64_t directories = 0;
  std::int64_t symlinks = 0;
  std::int64_t files_skipped = 0;
  std::int64_t files_transferred = 0;
  std::int64_t bytes_transferred = 0;
  std::int64_t bytes_checksummed = 0;
  std::int64_t faults = 0;
  std::int64_t subtasks_total = 0;
  std::int64_t subtasks_succeeded = 0;
  std::int64_t subtasks_failed = 0;
  std::int64_t subtasks_canceled = 0;
  std::int64_t subtasks_expired = 0;
  std::int64_t subtasks_retrying = 0;
  std::int64_t subtasks_skipped_errors = 0;

  std::int64_t subtasks_pending() const {
    return subtasks_total - subtasks_succeeded - subtasks_failed - subtasks_canceled -
           subtasks_expired - subtasks_retrying - subtasks_skipped_errors;
  }
};

/// What is wrong with a task at the moment, or was when it ended.
struct TaskProblem {
  std::string code;         ///< of an event, such as `FILE_NOT_FOUND`
  std::string description;  ///< in a few words
  std::string details;      ///< which path, where, what the system said
};

/// A task as it is kept: everything but the work that is still ahead of it.
struct TaskRecord {
  std::string task_id;
  std::string submission_id;
  std::string owner_id;
  std::string owner_name;
  TaskType type = TaskType::transfer;
  TaskStatus status = TaskStatus::active;
  std::optional<std::string> label{};
  std::string source_id;  ///< of a delete task: its only collection
  std::string source_name;
  std::string destination_id;  ///< empty for a delete task
  std::string destination_name;
  Instant request_time{};
  Instant deadline{};
  std::optional<Instant> completion_time{};
  bool has_started = false;
  std::optional<TaskProblem> problem{};      ///< while it is not over
  std::optional<TaskProblem> fatal_error{};  ///< why it failed
  TaskCounts counts{};

  /// The older name of its owner.
  std::string username() const;
  bool is_over() const { return status == TaskStatus::succeeded || status == TaskStatus::failed; }
};

/// For keeping a record, and back.
boost::json::object to_stored(const TaskRecord& record);
TaskRecord from_stored(const boost::json::object& stored);

/// The `task` document of a record; `submitted` is the document that was submitted for it.
boost::json::object task_document(const TaskRecord& record, const boost::json::object& submitted,
                                  Instant now);

/// What a status is called in documents.
std::string status_name(TaskStatus status);

}  // namespace globus_sandbox::transfer
