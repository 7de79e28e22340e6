// SPDX-License-Identifier: Apache-2.0
// Submission ids, and the submission of transfers and deletes.
#include <boost/json/value.hpp>

#include "sandbox/base/random.hpp"
#include "sandbox/transfer/requests/errors.hpp"
#include "sandbox/transfer/requests/identifiers.hpp"
#include "sandbox/transfer/requests/request_document.hpp"
#include "sandbox/transfer/tasks/task_resources.hpp"

namespace globus_sandbox::transfer {

namespace {

using boost::json::object;

constexpr auto usual_time_to_deadline = std::chrono::hours(24);

object submission_result(TaskType type, const std::string& code, const std::string& message,
                         const TaskRecord& record) {
  return {{"DATA_TYPE", type == TaskType::transfer ? "transfer_result" : "delete_result"},
          {"code", code},
          {"message", message},
          {"submission_id", record.submission_id},
          {"task_id", record.task_id},
          {"task_link",
           {{"DATA_TYPE", "link"},
            {"href", "/v0.10/task/" + record.task_id + "?format=json"},
            {"rel", "related"},
            {"resource", "task"},
            {"title", "related task"}}}};
}

ServiceError foreign_submission_id() {
  return {400, "ClientError.BadRequest.InvalidSubmissionId",
          "'submission_id' was given to another user"};
}

}  // namespace

object TaskResources::new_submission_id(const HttpRequest&, const Caller& caller) {
  const auto id = random_uuid();
  store_.add_submission_id(id, caller.identity_id);
  return {{"value", id}};
}

CollectionState TaskResources::usable_collection(const std::string& id) const {
  auto state = collections_.find(id);
  if (!state) throw ServiceError(404, "EndpointNotFound", "No such endpoint '" + id + "'");
  return *state;
}

std::optional<object> TaskResources::earlier_result(const std::string& submission_id, TaskType type,
                                                    const Caller& caller) const {
  const auto owner = store_.submission_id_owner(submission_id);
  if (owner && *owner != caller.identity_id) throw foreign_submission_id();
  const auto earlier = engine_.find_by_submission(submission_id);
  if (!earlier) return std::nullopt;
  if (earlier->owner_id != caller.identity_id) throw foreign_submission_id();
  if (earlier->type != type) throw bad_request("'submission_id' was used for another kind of task");
  return submission_result(type, "Duplicate",
                           "A task has been submitted with this submission id already", *earlier);
}

TaskRecord TaskResources::new_record(TaskType type, const object& document,
                                     const Caller& caller) const {
  TaskRecord record;
  record.task_id = random_uuid();
  record.submission_id = read_submission_id(document);
  record.owner_id = caller.identity_id;
  record.owner_name = caller.username;
  record.type = type;
  record.label = read_label(document);
  record.request_time = current_time();
  record.deadline = read_deadline(document).value_or(record.request_time + usual_time_to_deadline);
  return record;
}

object TaskResources::submit_transfer(const HttpRequest& request, const Caller& caller) {
  const auto document = read_document(request, "transfer");
  const auto submission_id = read_submission_id(document);
  const std::lock_guard lock(submission_mutex_);
  if (auto earlier = earlier_result(submission_id, TaskType::transfer, caller)) return *earlier;
  auto order = read_transfer_order(document);
  auto record = new_record(TaskType::transfer, document, caller);
  const auto source = usable_collection(order.source_id);
  const auto destination = usable_collection(order.destination_id);
  collections_.require_access({source, destination}, caller, "PermissionDenied");
  record.source_id = source.collection.id;
  record.source_name = source.collection.name;
  record.destination_id = destination.collection.id;
  record.destination_name = destination.collection.name;
  const auto result = submission_result(
      TaskType::transfer, "Accepted",
      "The transfer has been accepted and a task has been created and queued", record);
  engine_.submit(std::move(record), document, std::move(order));
  return result;
}

object TaskResources::submit_delete(const HttpRequest& request, const Caller& caller) {
  const auto document = read_document(request, "delete");
  const auto submission_id = read_submission_id(document);
  const std::lock_guard lock(submission_mutex_);
  if (auto earlier = earlier_result(submission_id, TaskType::delete_, caller)) return *earlier;
  auto order = read_delete_order(document);
  auto record = new_record(TaskType::delete_, document, caller);
  const auto endpoint = usable_collection(order.endpoint_id);
  collections_.require_access({endpoint}, caller, "PermissionDenied");
  record.source_id = endpoint.collection.id;
  record.source_name = endpoint.collection.name;
  const auto result = submission_result(
      TaskType::delete_, "Accepted",
      "The delete has been accepted and a task has been created and queued", record);
  engine_.submit(std::move(record), document, std::move(order));
  return result;
}

}  // namespace globus_sandbox::transfer
