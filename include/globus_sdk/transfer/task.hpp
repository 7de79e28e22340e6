// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "globus_sdk/core/choice.hpp"
#include "globus_sdk/core/json_member.hpp"
#include "globus_sdk/core/json_view.hpp"
#include "globus_sdk/core/response.hpp"

namespace globus_sdk::inline v0 {

/// How far a task of Transfer is.
enum class TaskStatus {
  active,     ///< under way, perhaps with faults
  inactive,   ///< suspended until the user renews a collection's credentials
  succeeded,  ///< done
  failed,     ///< ended before it was done: it failed, was cancelled or was out of time
};
template <> struct ChoiceNames<TaskStatus> {
  static constexpr std::string_view parameter = "status";
  static constexpr std::string_view names[] = {"ACTIVE", "INACTIVE", "SUCCEEDED", "FAILED"};
  static constexpr bool closed = false;
};

/// What a task does.
enum class TaskType {
  transfer,  ///< copies files
  delete_,   ///< deletes files
};
template <> struct ChoiceNames<TaskType> {
  static constexpr std::string_view parameter = "type";
  static constexpr std::string_view names[] = {"TRANSFER", "DELETE"};
  static constexpr bool closed = false;
};

/// The error that ended a task.
struct TaskFatalError {
  /// @throws JsonError when the document is no object, or a member is of another type.
  explicit TaskFatalError(const JsonView& data);
  /// The document of an answer.
  explicit TaskFatalError(const GlobusHTTPResponse& response);

  /// The whole document, with the members that have no name here.
  JsonView document;

  /// The service's name for the error, for example `FILE_NOT_FOUND`.
  JsonMember<std::string> code{document, "code"};
  /// The error in a sentence.
  JsonMember<std::string> description{document, "description"};
};

/// A task of Transfer: the document of `get_task`, and an item of `task_list`.
///
///     for (const auto& item : tc.task_list()) {
///       const Task task{item};
///       if (task.status == TaskStatus::failed) std::cout << task.task_id << '\n';
///     }
///
/// @see https://docs.globus.org/api/transfer/task/#task_document
struct Task {
  /// @throws JsonError when the document is no object, or a member is of another type.
  explicit Task(const JsonView& data);
  /// The document of an answer.
  explicit Task(const GlobusHTTPResponse& response);

  /// The whole document, with the members that have no name here.
  JsonView document;

  /// A UUID.
  JsonMember<std::string> task_id{document, "task_id"};
  /// What it does.
  JsonMember<Choice<TaskType>> type{document, "type"};
  /// How far it is.
  JsonMember<Choice<TaskStatus>> status{document, "status"};
  /// What the user called it.
  JsonMember<std::string> label{document, "label"};
  /// The identity of its owner: a UUID.
  JsonMember<std::string> owner_id{document, "owner_id"};
  /// The owner's username.
  JsonMember<std::string> username{document, "username"};
  /// When it was submitted.
  JsonMember<std::chrono::sys_seconds> request_time{document, "request_time"};
  /// When it ended; no value before.
  JsonMember<std::chrono::sys_seconds> completion_time{document, "completion_time"};
  /// When it fails if it has not succeeded.
  JsonMember<std::chrono::sys_seconds> deadline{document, "deadline"};

  /// Where files come from, or are deleted: a UUID.
  JsonMember<std::string> source_endpoint_id{document, "source_endpoint_id"};
  /// The name of that collection.
  JsonMember<std::string> source_endpoint_display_name{document, "source_endpoint_display_name"};
  /// Where files go: a UUID; no value for a deletion.
  JsonMember<std::string> destination_endpoint_id{document, "destination_endpoint_id"};
  /// The name of that collection.
  JsonMember<std::string> destination_endpoint_display_name{document,
                                                            "destination_endpoint_display_name"};

  /// How many files it has to do with.
  JsonMember<std::int64_t> files{document, "files"};
  /// How many folders.
  JsonMember<std::int64_t> directories{document, "directories"};
  /// How many symbolic links.
  JsonMember<std::int64_t> symlinks{document, "symlinks"};
  /// How many files are copied.
  JsonMember<std::int64_t> files_transferred{document, "files_transferred"};
  /// How many files were left alone because they are there already.
  JsonMember<std::int64_t> files_skipped{document, "files_skipped"};
  /// How many bytes are copied.
  JsonMember<std::int64_t> bytes_transferred{document, "bytes_transferred"};
  /// How many bytes were read to compute checksums.
  JsonMember<std::int64_t> bytes_checksummed{document, "bytes_checksummed"};
  /// Bytes a second, over the whole time.
  JsonMember<std::int64_t> effective_bytes_per_second{document, "effective_bytes_per_second"};
  /// How many errors there were; most are tried again.
  JsonMember<std::int64_t> faults{document, "faults"};

  /// How many steps it has.
  JsonMember<std::int64_t> subtasks_total{document, "subtasks_total"};
  /// How many steps wait.
  JsonMember<std::int64_t> subtasks_pending{document, "subtasks_pending"};
  /// How many steps are tried again.
  JsonMember<std::int64_t> subtasks_retrying{document, "subtasks_retrying"};
  /// How many steps are done.
  JsonMember<std::int64_t> subtasks_succeeded{document, "subtasks_succeeded"};
  /// How many steps failed.
  JsonMember<std::int64_t> subtasks_failed{document, "subtasks_failed"};
  /// How many steps were out of time.
  JsonMember<std::int64_t> subtasks_expired{document, "subtasks_expired"};
  /// How many steps were cancelled.
  JsonMember<std::int64_t> subtasks_canceled{document, "subtasks_canceled"};
  /// How many steps were left out because of an error, with `skip_source_errors`.
  JsonMember<std::int64_t> subtasks_skipped_errors{document, "subtasks_skipped_errors"};

  /// Whether an active task runs without trouble; no value for one that has ended.
  JsonMember<bool> is_ok{document, "is_ok"};
  /// Whether an administrator holds it up.
  JsonMember<bool> is_paused{document, "is_paused"};
  /// What an active task does or waits for, in a word: `OK`, `Queued`, `PERMISSION_DENIED`, ...
  JsonMember<std::string> nice_status{document, "nice_status"};
  /// The same for a person to read.
  JsonMember<std::string> nice_status_short_description{document, "nice_status_short_description"};
  /// What ended a task that failed.
  JsonMember<TaskFatalError> fatal_error{document, "fatal_error"};
  /// Whose administrator cancelled it: `SOURCE`, `DESTINATION` or `BOTH`.
  JsonMember<std::string> canceled_by_admin{document, "canceled_by_admin"};
  /// What that administrator said.
  JsonMember<std::string> canceled_by_admin_message{document, "canceled_by_admin_message"};
  /// Whether its list of files is deleted already.
  JsonMember<bool> history_deleted{document, "history_deleted"};

  /// Which files are left alone: the number of a SyncLevel; no value where all are copied.
  JsonMember<std::int64_t> sync_level{document, "sync_level"};
  /// Whether the data is encrypted on its way.
  JsonMember<bool> encrypt_data{document, "encrypt_data"};
  /// Whether files are compared after they are copied.
  JsonMember<bool> verify_checksum{document, "verify_checksum"};
  /// Whether files keep their times.
  JsonMember<bool> preserve_timestamp{document, "preserve_timestamp"};
  /// Whether files are deleted that the source does not have.
  JsonMember<bool> delete_destination_extra{document, "delete_destination_extra"};
  /// Whether files that cannot be read are left out.
  JsonMember<bool> skip_source_errors{document, "skip_source_errors"};
  /// Whether the task ends when the destination is full.
  JsonMember<bool> fail_on_quota_errors{document, "fail_on_quota_errors"};
  /// What is done with symbolic links: `ignore`, `keep` or `copy`.
  JsonMember<std::string> recursive_symlinks{document, "recursive_symlinks"};
};

}  // namespace globus_sdk::inline v0
