// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/payload.hpp"
#include "globus_sdk/core/text.hpp"
#include "globus_sdk/core/timestamp.hpp"
#include "globus_sdk/transfer/submission_slot.hpp"

namespace globus_sdk::inline v0 {

/// Options of DeleteData.
struct DeleteDataOptions {
  /// A name for the task.
  Field<std::string> label{};
  /// A UUID that makes the submission one task however often it is sent; fetched when unset.
  Field<std::string> submission_id{};
  /// Delete folders with what is in them.
  Field<bool> recursive{};
  /// Do not fail for what is not there.
  Field<bool> ignore_missing{};
  /// Take `*`, `?` and `[...]` in the last part of a path as a pattern.
  Field<bool> interpret_globs{};
  /// When the task fails if it is not done.
  Field<Timestamp> deadline{};
  Field<bool> notify_on_succeeded{};
  Field<bool> notify_on_failed{};
  Field<bool> notify_on_inactive{};
  Field<std::string> local_user{};
  /// More members of the document.
  Field<Json> additional_fields{};
};

/// Options of DeleteData::add_item.
struct DeleteItemOptions {
  Field<Json> additional_fields{};
};

/// What is to be deleted. Mirrors `globus_sdk.DeleteData`; with submission ids as TransferData.
///
/// @see https://docs.globus.org/api/transfer/task_submit/#transfer_and_delete_documents
class DeleteData {
 public:
  /// @param endpoint id of the collection, a UUID.
  /// @throws GlobusSDKUsageError for an empty id.
  explicit DeleteData(Text endpoint, const DeleteDataOptions& options = {});

  /// Adds a file or folder.
  DeleteData& add_item(Text path, const DeleteItemOptions& options = {});

  /// The items added so far.
  JsonView iter_items() const;
  /// The document as it is submitted, with its submission id where it has one.
  Json document() const;
  /// The id given, or stored by a submission.
  std::optional<std::string> submission_id() const;

  /// For the SDK's own use: where a submission stores the id.
  const std::shared_ptr<detail::SubmissionSlot>& slot() const noexcept { return slot_.get(); }

 private:
  Payload document_{};
  detail::OwnSubmissionSlot slot_{};
};

}  // namespace globus_sdk::inline v0
