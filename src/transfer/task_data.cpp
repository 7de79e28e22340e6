// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/transfer/task_data.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <utility>

#include "globus_sdk/core/globus_error.hpp"
#include "transfer/submission_slot.hpp"

namespace globus_sdk::inline v0 {

namespace {

/// A document's members besides its items and its submission id.
Payload without_items(const boost::json::object& document) {
  Payload frame;
  for (const auto& member : document) {
    if (member.key() == "DATA" || member.key() == "submission_id") continue;
    frame.set(member.key(), Json(member.value()));
  }
  return frame;
}

}  // namespace

TaskData::TaskData() : TaskData(Payload()) {}
TaskData::TaskData(Payload document)
    : document_(std::move(document)), slot_(std::make_shared<detail::SubmissionSlot>()) {}
TaskData::TaskData(const TaskData& other)
    : document_(other.document_), slot_(std::make_shared<detail::SubmissionSlot>()) {}
TaskData::TaskData(TaskData&& other) noexcept = default;
TaskData& TaskData::operator=(const TaskData& other) {
  if (this != &other) *this = TaskData(other);
  return *this;
}
TaskData& TaskData::operator=(TaskData&& other) noexcept = default;
TaskData::~TaskData() = default;

std::vector<Payload> TaskData::documents_of_parts(std::int64_t max_items) const {
  if (max_items < 1) throw GlobusSDKUsageError("max_items must be at least 1");
  const Payload frame = without_items(document_.object());
  const boost::json::array& items = document_.object().at("DATA").as_array();
  std::vector<Payload> parts;
  for (std::size_t begin = 0; begin < items.size();) {
    const std::size_t left = items.size() - begin;
    const std::size_t end =
        begin + std::min<std::uint64_t>(left, static_cast<std::uint64_t>(max_items));
    const boost::json::array part(items.begin() + begin, items.begin() + end);
    parts.emplace_back(frame).set("DATA", Json(part));
    begin = end;
  }
  return parts;
}

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
