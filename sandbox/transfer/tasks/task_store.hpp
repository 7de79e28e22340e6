// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "sandbox/base/database.hpp"
#include "sandbox/base/time_text.hpp"
#include "sandbox/transfer/tasks/task_record.hpp"

namespace globus_sandbox::transfer {

/// Something that happened to a task.
struct TaskEvent {
  std::string code;
  std::string description;
  std::string details;
  bool is_error = false;
  Instant time{};
};

/// A file that a task transferred.
struct SuccessfulTransfer {
  std::string source_path;       ///< as documents show it
  std::string destination_path;  ///< likewise
  std::int64_t size = 0;
  std::optional<std::string> checksum{};
  std::optional<std::string> checksum_algorithm{};
};

/// A path that a task left out because of an error.
struct SkippedError {
  std::string source_path;       ///< as documents show it
  std::string destination_path;  ///< likewise
  std::string error_code;
  std::string error_details;
  Instant error_time{};
  bool is_directory = false;
  bool is_symlink = false;
  std::optional<std::string> external_checksum{};
  std::optional<std::string> checksum_algorithm{};
};

/// What a task has to tell since it was last written.
struct TaskNews {
  std::vector<TaskEvent> events{};
  std::vector<SuccessfulTransfer> successes{};
  std::vector<SkippedError> skips{};
  bool empty() const { return events.empty() && successes.empty() && skips.empty(); }
};

/// A page of a list that is read by markers.
struct MarkedPage {
  std::vector<boost::json::object> documents{};
  std::optional<std::int64_t> next_marker{};
};

/// Tasks in the database: what is there after the sandbox was killed. Safe to use from many
/// threads.
class TaskStore {
 public:
  explicit TaskStore(Database& database);

  struct StoredTask {
    TaskRecord record;
    boost::json::object submitted;
  };
  std::vector<StoredTask> load() const;

  void add(const TaskRecord& record, const boost::json::object& submitted);
  /// Writes a task's record and its news, all or nothing.
  void write(const TaskRecord& record, const TaskNews& news);

  /// Source and destination, as documents show them and with a NUL between them, of what a task has
  /// transferred.
  std::unordered_set<std::string> transferred(const std::string& task_id) const;
  void forget_skips(const std::string& task_id);

  /// Event documents, the newest first.
  std::vector<boost::json::object> events(const std::string& task_id) const;
  /// `successful_transfer` documents after a marker (0: from the first).
  MarkedPage successes(const std::string& task_id, std::int64_t marker,
                       std::int64_t page_size) const;
  /// `skipped_error` documents after a marker.
  MarkedPage skips(const std::string& task_id, std::int64_t marker, std::int64_t page_size) const;

  /// Remembers whom a submission id was given to.
  void add_submission_id(const std::string& id, const std::string& owner_id);
  /// Whom it was given to, if it is known.
  std::optional<std::string> submission_id_owner(const std::string& id) const;

  void clear();

 private:
  Database& database_;
};

}  // namespace globus_sandbox::transfer
