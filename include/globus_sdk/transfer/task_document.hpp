// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <initializer_list>
#include <memory>

#include "globus_sdk/core/document.hpp"
#include "globus_sdk/transfer/task_data.hpp"

namespace globus_sdk::inline v0 {

/// What is submitted, as a parameter: TransferData, DeleteData, or a document of your own.
class TaskDocument : public Document {
 public:
  // NOLINTBEGIN(google-explicit-constructor): a parameter type
  /// TransferData or DeleteData keep the submission id of their first submission; a document of
  /// your own without one gets another each time.
  template <class T>
    requires(std::constructible_from<Document, const T&> && !std::derived_from<T, Document>)
  TaskDocument(const T& document) : Document(document) {
    if constexpr (std::derived_from<T, TaskData>) slot_ = document.slot();
  }
  /// A document of your own, in braces.
  TaskDocument(std::initializer_list<Json> braces) : Document(braces) {}
  // NOLINTEND(google-explicit-constructor)

  /// For the SDK's own use: where a submission stores its id; null where nobody would find it.
  const std::shared_ptr<detail::SubmissionSlot>& slot() const noexcept { return slot_; }

 private:
  std::shared_ptr<detail::SubmissionSlot> slot_{};
};

}  // namespace globus_sdk::inline v0
