// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/response.hpp"

namespace globus_sdk::inline v0 {

/// Options of TransferClient::task_wait.
struct TaskWaitOptions {
  /// How long to wait in all, with the requests that ask for the task; more than 0; 10 s when
  /// unset.
  Field<std::chrono::milliseconds> timeout{};
  /// How long to wait between two of these requests; at least 1 s; 10 s when unset.
  Field<std::chrono::milliseconds> polling_interval{};
  /// Called with the task's document after each of these requests; an exception ends the wait.
  Field<std::function<void(const GlobusHTTPResponse& task)>> on_poll{};
  /// Whether to end the wait when the task shows a fault that goes away only if a person does
  /// something. The task itself stays ACTIVE then, and would until its deadline.
  bool end_on_fault = false;
};

/// A fault that needs a person: a path that is not there, a permission, credentials.
struct TaskFault {
  std::string code{};         ///< `FILE_NOT_FOUND`, `PERMISSION_DENIED`, ...
  std::string description{};  ///< one line
  std::string details{};      ///< more, often with the path
};

/// How a wait ended. True when the task is not ACTIVE any more, as in Python: it SUCCEEDED, it
/// FAILED, or it is INACTIVE, suspended until somebody renews the credentials of a collection.
class TaskWaitResult {
 public:
  /// For the SDK's own use: task_wait makes it.
  TaskWaitResult(bool ended, std::optional<GlobusHTTPResponse> task, std::optional<TaskFault> fault)
      : ended_(ended), task_(std::move(task)), fault_(std::move(fault)) {}

  operator bool() const noexcept { return ended_; }  // NOLINT(google-explicit-constructor)
  /// The task's document, as it was last seen.
  ///
  /// @throws GlobusError when no answer about the task came within the timeout.
  const GlobusHTTPResponse& task() const& GLOBUS_SDK_LIFETIMEBOUND;
  /// The same for a temporary object.
  GlobusHTTPResponse task() && { return static_cast<const TaskWaitResult&>(*this).task(); }
  /// The fault that ended the wait, with `end_on_fault`.
  const std::optional<TaskFault>& fault() const& noexcept { return fault_; }
  /// The same for a temporary object.
  std::optional<TaskFault> fault() && { return fault_; }

 private:
  bool ended_;
  std::optional<GlobusHTTPResponse> task_;
  std::optional<TaskFault> fault_;
};

}  // namespace globus_sdk::inline v0
