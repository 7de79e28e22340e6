// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/payload.hpp"

namespace globus_sdk::inline v0 {

namespace detail {
class SubmissionSlot;
}

/// What TransferData and DeleteData have in common: a document with items, and the submission id
/// that makes it one task.
///
/// The first submission stores the submission id that was fetched for it. So submitting the same
/// data again, after an error for example, is the same task. A copy does not share that id: it is
/// another task. A move takes the id along.
class TaskData {
 public:
  /// The items added so far.
  TemporaryJsonView iter_items() const;
  /// The document that is submitted, with its submission id if there is one.
  Json document() const;
  /// The submission id: the given one, or the one that a submission stored.
  std::optional<std::string> submission_id() const;

  /// For the SDK's own use: where a submission stores the id.
  const std::shared_ptr<detail::SubmissionSlot>& slot() const noexcept { return slot_; }

 protected:
  TaskData();
  explicit TaskData(Payload document);
  TaskData(const TaskData& other);
  // neither throws, so that a vector of data keeps the ids when it grows
  TaskData(TaskData&& other) noexcept;
  TaskData& operator=(const TaskData& other);
  TaskData& operator=(TaskData&& other) noexcept;
  ~TaskData();

  /// The document with at most so many of its items at a time, in their order, without a submission
  /// id. None where there are no items.
  ///
  /// @throws GlobusSDKUsageError when `max_items` is less than 1.
  std::vector<Payload> documents_of_parts(std::int64_t max_items) const;

  Payload document_{};

 private:
  std::shared_ptr<detail::SubmissionSlot> slot_;
};

}  // namespace globus_sdk::inline v0
