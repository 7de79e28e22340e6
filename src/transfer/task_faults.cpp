// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "transfer/transfer_operations.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// The codes of faults that do not pass by themselves.
constexpr std::array needs_a_person = {
    std::string_view("FILE_NOT_FOUND"),
    std::string_view("NOT_A_DIRECTORY"),
    std::string_view("PERMISSION_DENIED"),
    std::string_view("ENDPOINT_PERMISSION_DENIED"),
    std::string_view("NO_CREDENTIALS"),
    std::string_view("CREDENTIALS_EXPIRED"),
    std::string_view("EXPIRED_CREDENTIALS"),
    std::string_view("AUTH"),
    std::string_view("CONSENT_REQUIRED"),
    std::string_view("QUOTA_EXCEEDED"),
    std::string_view("NO_SPACE"),
    std::string_view("PAUSED_BY_ADMIN"),
    std::string_view("NO_SPACE_LEFT"),
    std::string_view("IS_A_DIRECTORY"),
    std::string_view("INVALID_SYMLINK"),
    std::string_view("INVALID_PATH_NAME"),
};

/// Those that suspend a task. Once it is ACTIVE again they are history, which its events still
/// have.
constexpr std::array suspends = {
    std::string_view("NO_CREDENTIALS"),
    std::string_view("CREDENTIALS_EXPIRED"),
    std::string_view("EXPIRED_CREDENTIALS"),
};

template <std::size_t count>
bool is_one_of(const std::array<std::string_view, count>& codes, std::string_view code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

std::string text_or_empty(const std::optional<JsonView>& member) {
  return member && member->is_string() ? member->as<std::string>() : std::string();
}

}  // namespace

std::optional<TaskFault> fault_of_task(const GlobusHTTPResponse& task) {
  const std::string code = text_or_empty(task.get("nice_status"));
  if (!is_one_of(needs_a_person, code)) return std::nullopt;
  return TaskFault{code, text_or_empty(task.get("nice_status_short_description")),
                   text_or_empty(task.get("nice_status_details"))};
}

bool is_unfinished(const GlobusHTTPResponse& task) {
  return task["status"] == "ACTIVE" || task["status"] == "INACTIVE";
}

bool had_fault(const GlobusHTTPResponse& task) {
  const auto faults = task.get("faults");
  return faults && faults->is_number() && *faults != 0;
}

Request newest_error_request(const std::string& task_id) {
  return get(detail::path("/v0.10/task/{task_id}/event_list", {task_id}))
      .query("limit", "1")
      .query("filter", "is_error:1");
}

std::optional<TaskFault> fault_of_events(const GlobusHTTPResponse& task,
                                         const GlobusHTTPResponse& events) {
  const JsonView list = events["DATA"];
  if (list.size() == 0) return std::nullopt;
  const JsonView event = list[0];
  const std::string code = text_or_empty(event.get("code"));
  if (!is_one_of(needs_a_person, code)) return std::nullopt;
  if (task["status"] == "ACTIVE" && is_one_of(suspends, code)) return std::nullopt;
  return TaskFault{code, text_or_empty(event.get("description")),
                   text_or_empty(event.get("details"))};
}

}  // namespace globus_sdk::inline v0::detail
