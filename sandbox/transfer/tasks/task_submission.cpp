// SPDX-License-Identifier: Apache-2.0
// Submission ids, and the submission of transfers and deletes.
#include <boost/json/value.hpp>
#include <string>
#include <vector>

#include "sandbox/base/random.hpp"
#include "sandbox/transfer/requests/errors.hpp"
#include "sandbox/transfer/requests/identifiers.hpp"
#include "sandbox/transfer/requests/request_document.hpp"
#include "sandbox/transfer/tasks/task_resources.hpp"

namespace globus_sandbox::transfer {

namespace {

using boost::json::object;

constexpr auto usual_time_to_deadline = std::chrono::hours(24);

std::string kind_of(TaskType type) {
  return type == TaskType::transfer ? "transfer" : "delete";
}

/// The ids of what an order is about: the source, and the destination if there is one.
std::vector<std::string> collections_of(const TransferOrder& order) {
  return {order.source_id, order.destination_id};
}
std::vector<std::string> collections_of(const DeleteOrder& order) {
  return {order.endpoint_id};
}

object submission_result(TaskType type, const std::string& code, const std::string& message,
                         const TaskRecord& record) {
  return {{"DATA_TYPE", kind_of(type) + "_result"},
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

template <class Order>
object TaskResources::submit(TaskType type, const object& document,
                             Order (*read_order)(const object&), const Caller& caller) {
  const auto submission_id = read_submission_id(document);
  const std::lock_guard lock(submission_mutex_);
  if (auto earlier = earlier_result(submission_id, type, caller)) return *earlier;
  auto order = read_order(document);
  auto record = new_record(type, document, caller);
  std::vector<CollectionState> places;
  for (const auto& id : collections_of(order)) places.push_back(usable_collection(id));
  collections_.require_access(places, caller, "PermissionDenied");
  record.source_id = places.front().collection.id;
  record.source_name = places.front().collection.name;
  if (places.size() > 1) {
    record.destination_id = places.back().collection.id;
    record.destination_name = places.back().collection.name;
  }
  const auto result = submission_result(type, "Accepted",
                                        "The " + kind_of(type) +
                                            " has been accepted and a task has been created and "
                                            "queued",
                                        record);
  engine_.submit(std::move(record), document, std::move(order));
  return result;
}

object TaskResources::submit_transfer(const HttpRequest& request, const Caller& caller) {
  return submit(TaskType::transfer, read_document(request, "transfer"), &read_transfer_order,
                caller);
}

object TaskResources::submit_delete(const HttpRequest& request, const Caller& caller) {
  return submit(TaskType::delete_, read_document(request, "delete"), &read_delete_order, caller);
}

}  // namespace globus_sandbox::transfer
