// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/transfer/task_data.hpp"

#include "transfer/submission_slot.hpp"

namespace globus_sdk::inline v0 {

TaskData::TaskData() : slot_(std::make_shared<detail::SubmissionSlot>()) {}
TaskData::TaskData(const TaskData& other)
    : document_(other.document_), slot_(std::make_shared<detail::SubmissionSlot>()) {}
TaskData::TaskData(TaskData&& other) noexcept = default;
TaskData& TaskData::operator=(const TaskData& other) {
  if (this != &other) *this = TaskData(other);
  return *this;
}
TaskData& TaskData::operator=(TaskData&& other) noexcept = default;
TaskData::~TaskData() = default;

TemporaryJsonView TaskData::iter_items() const {
  return document_.json().view()["DATA"];
}

Json TaskData::document() const {
  const std::optional<std::string> id = slot()->id();
  if (!id || document_.contains("submission_id")) return document_.json();
  Payload completed = document_;
  completed.set("submission_id", Json(*id));
  return completed.json();
}

std::optional<std::string> TaskData::submission_id() const {
  if (!document_.contains("submission_id")) return slot()->id();
  return document_.json().view()["submission_id"].as<std::string>();
}

}  // namespace globus_sdk::inline v0
