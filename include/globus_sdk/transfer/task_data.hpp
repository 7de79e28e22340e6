// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/payload.hpp"
#include "globus_sdk/transfer/submission_slot.hpp"

namespace globus_sdk::inline v0 {

/// What TransferData and DeleteData have in common: a document with items, and the submission id
/// that makes it one task.
///
/// Submitting it stores the submission id that was fetched for it, so that submitting it again,
/// after an error say, is the same task. A copy has no part in that id: it is another task.
class TaskData {
 public:
  /// The items added so far.
  TemporaryJsonView iter_items() const;
  /// The document as it is submitted, with its submission id where it has one.
  Json document() const;
  /// The id given, or stored by a submission.
  std::optional<std::string> submission_id() const;

  /// For the SDK's own use: where a submission stores the id.
  const std::shared_ptr<detail::SubmissionSlot>& slot() const noexcept { return slot_.get(); }

 protected:
  TaskData() = default;

  Payload document_{};

 private:
  detail::OwnSubmissionSlot slot_{};
};

}  // namespace globus_sdk::inline v0
