// SPDX-License-Identifier: Apache-2.0
#include "sandbox/transfer/tasks/task_record.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <utility>

#include "sandbox/transfer/requests/identifiers.hpp"

namespace globus_sandbox::transfer {

namespace {

using boost::json::object;
using boost::json::value;

constexpr std::array<std::pair<const char*, std::int64_t TaskCounts::*>, 15> count_fields{{
    {"files", &TaskCounts::files},
    {"directories", &TaskCounts::directories},
    {"symlinks", &TaskCounts::symlinks},
    {"files_skipped", &TaskCounts::files_skipped},
    {"files_transferred", &TaskCounts::files_transferred},
    {"bytes_transferred", &TaskCounts::bytes_transferred},
    {"bytes_checksummed", &TaskCounts::bytes_checksummed},
    {"faults", &TaskCounts::faults},
    {"subtasks_total", &TaskCounts::subtasks_total},
    {"subtasks_succeeded", &TaskCounts::subtasks_succeeded},
    {"subtasks_failed", &TaskCounts::subtasks_failed},
    {"subtasks_canceled", &TaskCounts::subtasks_canceled},
    {"subtasks_expired", &TaskCounts::subtasks_expired},
    {"subtasks_retrying", &TaskCounts::subtasks_retrying},
    {"subtasks_skipped_errors", &TaskCounts::subtasks_skipped_errors},
}};

constexpr std::array<const char*, 4> status_names{"ACTIVE", "INACTIVE", "SUCCEEDED", "FAILED"};

std::int64_t to_number(Instant time) {
  return time.time_since_epoch().count();
}
Instant to_instant(const value& v) {
  return Instant{std::chrono::microseconds{v.to_number<std::int64_t>()}};
}
std::string to_text(const value& v) {
  return std::string(v.as_string());
}

value optional_text(const std::optional<std::string>& text) {
  return text ? value(*text) : value(nullptr);
}

value stored_problem(const std::optional<TaskProblem>& problem) {
  if (!problem) return nullptr;
  return {problem->code, problem->description, problem->details};
}

std::optional<TaskProblem> read_problem(const value& v) {
  if (v.is_null()) return std::nullopt;
  const auto& parts = v.as_array();
  return TaskProblem{to_text(parts.at(0)), to_text(parts.at(1)), to_text(parts.at(2))};
}

/// A field of the submitted document as the task shows it, or what it is when it was not given.
value submitted_or(const object& submitted, std::string_view name, value usual) {
  const auto* found = submitted.if_contains(name);
  if (found == nullptr || found->is_null()) return usual;
  return *found;
}

/// The folder that all of the items' paths have in common.
value base_path(const object& submitted, std::string_view field) {
  std::optional<std::string> base;
  for (const auto& item : submitted.at("DATA").as_array()) {
    auto path = to_text(item.at(field));
    if (!path.ends_with('/'))
      path.erase(path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1);
    if (!base) {
      base = path;
      continue;
    }
    const auto differ = std::mismatch(base->begin(), base->end(), path.begin(), path.end()).first;
    base->erase(differ, base->end());
    base->erase(base->rfind('/') == std::string::npos ? 0 : base->rfind('/') + 1);
  }
  return base && !base->empty() ? value(*base) : value(nullptr);
}

void add_state_fields(object& document, const TaskRecord& record) {
  const bool is_over = record.is_over();
  const auto& problem = record.problem;
  document["status"] = status_name(record.status);
  document["is_paused"] = false;
  document["is_ok"] = is_over ? value(nullptr) : value(!problem.has_value());
  document["nice_status"] = nullptr;
  document["nice_status_short_description"] = nullptr;
  document["nice_status_details"] = nullptr;
  document["nice_status_expires_in"] = nullptr;
  document["fatal_error"] = nullptr;
  if (!is_over) {
    const std::string usual = record.has_started ? "OK" : "Queued";
    document["nice_status"] = problem ? problem->code : usual;
    document["nice_status_short_description"] = problem ? problem->description : usual;
    document["nice_status_details"] = problem ? value(problem->details) : value(nullptr);
    document["nice_status_expires_in"] = -1;
  }
  if (record.fatal_error)
    document["fatal_error"] = {{"code", record.fatal_error->code},
                               {"description", record.fatal_error->description}};
}

void add_collection_fields(object& document, const TaskRecord& record) {
  const auto add = [&](const std::string& side, const std::string& id, const std::string& name) {
    document[side + "_endpoint_id"] = id.empty() ? value(nullptr) : value(id);
    document[side + "_endpoint_display_name"] = id.empty() ? value(nullptr) : value(name);
    document[side + "_endpoint"] =
        id.empty() ? value(nullptr) : value(record.username() + "#" + id);
    document[side + "_local_user"] = nullptr;
    document[side + "_local_user_status"] = id.empty() ? value(nullptr) : value("OK");
    for (const auto* name_of_null :
         {"_host_endpoint", "_host_endpoint_id", "_host_endpoint_display_name", "_host_path",
          "_mapped_collection_id", "_mapped_collection_display_name", "_base_path"})
      document[side + name_of_null] = nullptr;
  };
  add("source", record.source_id, record.source_name);
  add("destination", record.destination_id, record.destination_name);
}

void add_order_fields(object& document, const TaskRecord& record, const object& submitted) {
  const bool is_transfer = record.type == TaskType::transfer;
  for (const auto* name :
       {"encrypt_data", "verify_checksum", "preserve_timestamp", "delete_destination_extra",
        "skip_source_errors", "fail_on_quota_errors"})
    document[name] = submitted_or(submitted, name, false);
  document["sync_level"] = submitted_or(submitted, "sync_level", nullptr);
  document["filter_rules"] = submitted_or(submitted, "filter_rules", nullptr);
  document["recursive_symlinks"] =
      is_transfer ? submitted_or(submitted, "recursive_symlinks", "ignore") : value(nullptr);
  document["command"] = is_transfer ? "API 0.10 transfer" : "API 0.10 delete";
  if (is_transfer && submitted_or(submitted, "store_base_path_info", false) == value(true)) {
    document["source_base_path"] = base_path(submitted, "source_path");
    document["destination_base_path"] = base_path(submitted, "destination_path");
  }
}

}  // namespace

std::string TaskRecord::username() const {
  return legacy_username(owner_id);
}

std::string status_name(TaskStatus status) {
  return status_names.at(static_cast<std::size_t>(status));
}

object to_stored(const TaskRecord& record) {
  object counts;
  for (const auto& [name, field] : count_fields) counts[name] = record.counts.*field;
  return {{"task_id", record.task_id},
          {"submission_id", record.submission_id},
          {"owner_id", record.owner_id},
          {"owner_name", record.owner_name},
          {"type", static_cast<int>(record.type)},
          {"status", static_cast<int>(record.status)},
          {"label", optional_text(record.label)},
          {"source_id", record.source_id},
          {"source_name", record.source_name},
          {"destination_id", record.destination_id},
          {"destination_name", record.destination_name},
          {"request_time", to_number(record.request_time)},
          {"deadline", to_number(record.deadline)},
          {"completion_time",
           record.completion_time ? value(to_number(*record.completion_time)) : value(nullptr)},
          {"has_started", record.has_started},
          {"problem", stored_problem(record.problem)},
          {"fatal_error", stored_problem(record.fatal_error)},
          {"counts", std::move(counts)}};
}

TaskRecord from_stored(const object& stored) {
  TaskRecord record;
  record.task_id = to_text(stored.at("task_id"));
  record.submission_id = to_text(stored.at("submission_id"));
  record.owner_id = to_text(stored.at("owner_id"));
  record.owner_name = to_text(stored.at("owner_name"));
  record.type = static_cast<TaskType>(stored.at("type").to_number<int>());
  record.status = static_cast<TaskStatus>(stored.at("status").to_number<int>());
  if (stored.at("label").is_string()) record.label = to_text(stored.at("label"));
  record.source_id = to_text(stored.at("source_id"));
  record.source_name = to_text(stored.at("source_name"));
  record.destination_id = to_text(stored.at("destination_id"));
  record.destination_name = to_text(stored.at("destination_name"));
  record.request_time = to_instant(stored.at("request_time"));
  record.deadline = to_instant(stored.at("deadline"));
  if (!stored.at("completion_time").is_null())
    record.completion_time = to_instant(stored.at("completion_time"));
  record.has_started = stored.at("has_started").as_bool();
  record.problem = read_problem(stored.at("problem"));
  record.fatal_error = read_problem(stored.at("fatal_error"));
  for (const auto& [name, field] : count_fields)
    record.counts.*field = stored.at("counts").at(name).to_number<std::int64_t>();
  return record;
}

object task_document(const TaskRecord& record, const object& submitted, Instant now) {
  object document{
      {"DATA_TYPE", "task"},
      {"task_id", record.task_id},
      {"type", record.type == TaskType::transfer ? "TRANSFER" : "DELETE"},
      {"label", optional_text(record.label)},
      {"owner_id", record.owner_id},
      {"owner_string", record.owner_name},
      {"username", record.username()},
      {"request_time", to_iso_text(record.request_time)},
      {"deadline", to_iso_text(record.deadline)},
      {"completion_time",
       record.completion_time ? value(to_iso_text(*record.completion_time)) : value(nullptr)},
      {"history_deleted", false},
      {"canceled_by_admin", nullptr},
      {"canceled_by_admin_message", nullptr}};
  for (const auto& [name, field] : count_fields) document[name] = record.counts.*field;
  document["subtasks_pending"] = record.counts.subtasks_pending();
  const auto end = record.completion_time.value_or(now);
  const auto seconds = std::chrono::duration<double>(end - record.request_time).count();
  document["effective_bytes_per_second"] = static_cast<std::int64_t>(
      static_cast<double>(record.counts.bytes_transferred) / std::max(seconds, 0.001));
  add_state_fields(document, record);
  add_collection_fields(document, record);
  add_order_fields(document, record, submitted);
  return document;
}

}  // namespace globus_sandbox::transfer
