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
/// The first submission stores the submission id that was fetched for it. So submitting the same
/// data again, after an error for example, is the same task. A copy does not share that id: it is
/// another task.
class TaskData {
 public:
  /// The items added so far.
  TemporaryJsonView iter_items() const;
  /// The document that is submitted, with its submission id if there is one.
  Json document() const;
  /// The submission id: the given one, or the one that a submission stored.
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
