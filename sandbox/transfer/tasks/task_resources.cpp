// SPDX-License-Identifier: Apache-2.0
#include "sandbox/transfer/tasks/task_resources.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <charconv>
#include <vector>

#include "sandbox/transfer/requests/document_filter.hpp"
#include "sandbox/transfer/requests/errors.hpp"
#include "sandbox/transfer/requests/list_options.hpp"
#include "sandbox/transfer/requests/request_document.hpp"

namespace globus_sandbox::transfer {

namespace {

using boost::json::object;

constexpr std::size_t most_results = 1000;
constexpr std::int64_t marked_page_size = 100;

const FilterFields& task_filter_fields() {
  static const FilterFields fields{{"task_id", FilterKind::choice},
                                   {"status", FilterKind::choice},
                                   {"type", FilterKind::choice},
                                   {"label", FilterKind::text},
                                   {"request_time", FilterKind::time},
                                   {"completion_time", FilterKind::time},
                                   {"deadline", FilterKind::time},
                                   {"owner_id", FilterKind::choice},
                                   {"source_endpoint_id", FilterKind::choice},
                                   {"destination_endpoint_id", FilterKind::choice},
                                   {"is_paused", FilterKind::boolean},
                                   {"faults", FilterKind::number},
                                   {"username", FilterKind::text}};
  return fields;
}

const std::vector<std::string_view>& task_order_fields() {
  static const std::vector<std::string_view> fields{"task_id",
                                                    "type",
                                                    "status",
                                                    "faults",
                                                    "label",
                                                    "request_time",
                                                    "completion_time",
                                                    "deadline",
                                                    "files",
                                                    "directories",
                                                    "bytes_transferred",
                                                    "owner_id",
                                                    "username"};
  return fields;
}

const FilterFields& event_filter_fields() {
  static const FilterFields fields{
      {"code", FilterKind::choice}, {"is_error", FilterKind::boolean}, {"time", FilterKind::time}};
  return fields;
}

object list_document(std::string_view type, std::vector<object> documents, const Window& window) {
  const auto total = documents.size();
  const auto page = in_window(std::move(documents), window);
  return {{"DATA_TYPE", type},     {"length", page.size()},
          {"limit", window.limit}, {"offset", window.offset},
          {"total", total},        {"DATA", boost::json::array(page.begin(), page.end())}};
}

std::int64_t read_marker(const HttpRequest& request) {
  const auto text = request.query_value("marker");
  if (!text || text->empty()) return 0;
  std::int64_t marker = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), marker);
  if (error != std::errc{} || end != text->data() + text->size() || marker < 0)
    throw bad_request("'marker' is none that this service gave: " + *text);
  return marker;
}

object marked_document(std::string_view type, std::int64_t marker, const MarkedPage& page) {
  return {{"DATA_TYPE", type},
          {"marker", marker},
          {"next_marker",
           page.next_marker ? boost::json::value(*page.next_marker) : boost::json::value(nullptr)},
          {"DATA", boost::json::array(page.documents.begin(), page.documents.end())}};
}

}  // namespace

TaskEngine::Snapshot TaskResources::own_task(const std::string& task_id,
                                             const Caller& caller) const {
  auto snapshot = engine_.find(lower_case(task_id));
  if (!snapshot || snapshot->record.owner_id != caller.identity_id)
    throw ServiceError(404, "TaskNotFound", "No task found with id '" + task_id + "'");
  return std::move(*snapshot);
}

object TaskResources::list(const HttpRequest& request, const Caller& caller) {
  const auto window = read_window(request, most_results, most_results);
  const auto filter = DocumentFilter::parse(query_values(request, "filter"), task_filter_fields());
  const auto now = current_time();
  std::vector<object> documents;
  for (const auto& task : engine_.all()) {
    if (task.record.owner_id != caller.identity_id) continue;
    auto document = task_document(task.record, *task.submitted, now);
    if (filter.matches(document)) documents.push_back(std::move(document));
  }
  // the newest first, unless another order is asked for: documents show whole seconds, and what
  // came in one second stands in the order in which it came, or in the opposite one
  const auto orders = read_orders(request.query_value("orderby").value_or(""), task_order_fields());
  if (!orders.empty() && !orders.back().descending)
    std::reverse(documents.begin(), documents.end());
  sort_documents(documents, orders);
  return list_document("task_list", std::move(documents), window);
}

object TaskResources::get(const HttpRequest& request, const Caller& caller) {
  const auto task = own_task(request.ids.at(0), caller);
  return task_document(task.record, *task.submitted, current_time());
}

object TaskResources::update(const HttpRequest& request, const Caller& caller) {
  const auto task = own_task(request.ids.at(0), caller);
  const auto document = read_document(request, "task");
  for (const auto& [name, ignored] : document)
    if (name != "DATA_TYPE" && name != "label" && name != "deadline" && name != "task_id")
      throw bad_request("'" + std::string(name) + "' of a task cannot be changed");
  const auto label = read_label(document);
  const auto deadline = read_deadline(document);
  if (!label && !deadline) throw bad_request("neither 'label' nor 'deadline' is given");
  if (!engine_.update(task.record.task_id, label, deadline))
    throw ServiceError(409, "TaskComplete", "The task is complete and cannot be updated");
  return {
      {"DATA_TYPE", "result"}, {"code", "Updated"}, {"message", "Updated task label or deadline"}};
}

object TaskResources::cancel(const HttpRequest& request, const Caller& caller) {
  const auto task = own_task(request.ids.at(0), caller);
  switch (engine_.cancel(task.record.task_id)) {
    case TaskEngine::CancelResult::canceled:
      return {{"DATA_TYPE", "result"},
              {"code", "Canceled"},
              {"message", "The task has been cancelled successfully."}};
    case TaskEngine::CancelResult::accepted:
      return {{"DATA_TYPE", "result"},
              {"code", "CancelAccepted"},
              {"message", "The cancellation request has been accepted and is being processed."}};
    case TaskEngine::CancelResult::already_over:
      break;
  }
  return {{"DATA_TYPE", "result"},
          {"code", "TaskComplete"},
          {"message", "The task completed before the cancel request was processed."}};
}

object TaskResources::event_list(const HttpRequest& request, const Caller& caller) {
  const auto task = own_task(request.ids.at(0), caller);
  const auto window = read_window(request, most_results, most_results);
  const auto filter = DocumentFilter::parse(query_values(request, "filter"), event_filter_fields());
  engine_.write_now(task.record.task_id);
  auto events = store_.events(task.record.task_id);
  std::erase_if(events, [&](const auto& event) { return !filter.matches(event); });
  return list_document("event_list", std::move(events), window);
}

object TaskResources::marked_list(const std::string& name, PageOfStore read_page,
                                  const HttpRequest& request, const Caller& caller) {
  const auto task = own_task(request.ids.at(0), caller);
  const auto marker = read_marker(request);
  if (task.record.type != TaskType::transfer) {
    std::string words = name;
    std::replace(words.begin(), words.end(), '_', ' ');
    throw bad_request("only transfers have " + words);
  }
  engine_.write_now(task.record.task_id);
  return marked_document(name, marker,
                         (store_.*read_page)(task.record.task_id, marker, marked_page_size));
}

object TaskResources::successful_transfers(const HttpRequest& request, const Caller& caller) {
  return marked_list("successful_transfers", &TaskStore::successes, request, caller);
}

object TaskResources::skipped_errors(const HttpRequest& request, const Caller& caller) {
  return marked_list("skipped_errors", &TaskStore::skips, request, caller);
}

object TaskResources::pause_info(const HttpRequest& request, const Caller& caller) {
  own_task(request.ids.at(0), caller);
  // there are no pause rules here, so that nothing is ever paused by one
  return {{"DATA_TYPE", "pause_info_limited"},    {"pause_rules", boost::json::array()},
          {"source_pause_message", nullptr},      {"source_pause_message_share", nullptr},
          {"destination_pause_message", nullptr}, {"destination_pause_message_share", nullptr}};
}

}  // namespace globus_sandbox::transfer
