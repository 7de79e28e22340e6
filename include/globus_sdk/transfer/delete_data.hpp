// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/text.hpp"
#include "globus_sdk/core/timestamp.hpp"
#include "globus_sdk/transfer/task_data.hpp"

namespace globus_sdk::inline v0 {

/// Options of DeleteData.
struct DeleteDataOptions {
  /// A name for the task.
  Field<std::string> label{};
  /// A UUID for the submission: sent any number of times, it makes one task. Fetched when unset.
  Field<std::string> submission_id{};
  /// Delete folders together with their content.
  Field<bool> recursive{};
  /// Do not fail when an item does not exist.
  Field<bool> ignore_missing{};
  /// Take `*`, `?` and `[...]` in the last part of a path as a pattern.
  Field<bool> interpret_globs{};
  /// The time at which the task fails if it is not done.
  Field<Timestamp> deadline{};
  /// Mail the user when the task succeeds; on when unset.
  Field<bool> notify_on_succeeded{};
  /// Mail the user when the task fails; on when unset.
  Field<bool> notify_on_failed{};
  /// Mail the user when the task waits for the user to act; on when unset.
  Field<bool> notify_on_inactive{};
  /// The account at the collection's host to act as; chosen by the collection when unset.
  Field<std::string> local_user{};
  /// More members of the document.
  Field<Json> additional_fields{};
};

/// Options of DeleteData::add_item.
struct DeleteItemOptions {
  /// More members of the item.
  Field<Json> additional_fields{};
};

/// Options of DeleteData::add_batch.
struct DeleteBatchOptions {
  /// What the messages of errors call the lines; `batch` when unset.
  Field<std::string> file_name{};
  /// The folder in which the paths are that do not begin with a slash.
  Field<std::string> base_path{};
};

/// The files and folders to delete. Mirrors `globus_sdk.DeleteData`.
///
/// @see https://docs.globus.org/api/transfer/task_submit/#transfer_and_delete_documents
class DeleteData : public TaskData {
 public:
  /// @param endpoint id of the collection, a UUID.
  /// @throws GlobusSDKUsageError for an empty id.
  explicit DeleteData(Text endpoint, const DeleteDataOptions& options = {});

  /// Adds a file or folder.
  DeleteData& add_item(Text path, const DeleteItemOptions& options = {});

  /// Adds the items of a batch file, which has one path a line as `globus delete --batch` takes
  /// them. Lines are read as by TransferData::add_batch, but there are no options.
  ///
  /// @param lines the stream, which is read to its end.
  /// @throws GlobusSDKUsageError as TransferData::add_batch. Nothing is added then.
  DeleteData& add_batch(std::istream& lines, const DeleteBatchOptions& options = {});

  /// The same deletion as several, each with at most so many of the items: as TransferData::split.
  ///
  /// @return none where there are no items.
  /// @throws GlobusSDKUsageError when `max_items` is less than 1.
  std::vector<DeleteData> split(std::int64_t max_items) const;

 private:
  explicit DeleteData(Payload document);
};

}  // namespace globus_sdk::inline v0
