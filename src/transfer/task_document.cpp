// SPDX-License-Identifier: Apache-2.0
#include "task_document.hpp"

namespace globus_sdk::inline v0::detail {

Field<std::string> deadline_text(const Field<Timestamp>& deadline) {
  if (!deadline) return {};
  return deadline->str();
}

Json with_submission_id(const Payload& document, const std::optional<std::string>& id) {
  if (!id || document.contains("submission_id")) return document.json();
  Payload completed = document;
  completed.set("submission_id", Json(*id));
  return completed.json();
}

std::optional<std::string> submission_id(const Payload& document, const SubmissionSlot& slot) {
  if (!document.contains("submission_id")) return slot.id();
  return document.json().view()["submission_id"].as<std::string>();
}

}  // namespace globus_sdk::inline v0::detail
