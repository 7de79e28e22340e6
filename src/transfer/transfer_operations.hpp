// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "core/call/execute.hpp"
#include "globus_sdk/transfer/transfer_client.hpp"
#include "transfer/submission_slot.hpp"
#include "transfer/wait_time.hpp"

namespace globus_sdk::inline v0 {

namespace detail {

/// The document, if it can be submitted.
///
/// @throws GlobusSDKUsageError when it is no object, or its submission id is none.
Json checked_document(Json document);
/// The document of a submission, which is sent twice and works once.
Request submit_request(std::string path, const Json& document, const std::string& id);
/// The submission id that a document has; nothing where it has none, or null.
std::optional<std::string> submission_id_of(const Json& document);

/// The fault in a task's document that needs a person, if there is one.
std::optional<TaskFault> fault_of_task(const GlobusHTTPResponse& task);
/// Whether the task goes on or may go on, so that a fault still matters.
bool is_unfinished(const GlobusHTTPResponse& task);
/// Whether the task's events may tell of a fault.
bool had_fault(const GlobusHTTPResponse& task);
Request newest_error_request(const std::string& task_id);
/// The fault that the newest error tells of, if it needs a person.
std::optional<TaskFault> fault_of_events(const GlobusHTTPResponse& task,
                                         const GlobusHTTPResponse& events);

template <class Mode>
typename Mode::template Operation<GlobusHTTPResponse> submit(Connection connection,
                                                             std::string path, Json document,
                                                             std::shared_ptr<SubmissionSlot> slot) {
  using Runtime = ModeRuntime<Mode>;
  const CallLimits limits = limits_of(*connection.settings, Runtime::now(connection));
  std::optional<std::string> id = submission_id_of(document);
  if (!id && slot) id = slot->id();
  if (!id) {
    auto fetching = execute<Mode>(connection, get("/v0.10/submission_id"));
    const GlobusHTTPResponse fetched = co_await std::move(fetching);
    id = fetched["value"].as<std::string>();
    // kept before anything is submitted, so that whoever submits this again submits the same task
    if (slot) id = slot->keep(*id);
  }
  Connection rest = within(connection, limits);
  auto submitting = execute<Mode>(std::move(rest), submit_request(std::move(path), document, *id));
  co_return co_await std::move(submitting);
}

template <class Mode>
typename Mode::template Operation<std::optional<TaskFault>> find_fault(Connection connection,
                                                                       std::string task_id,
                                                                       GlobusHTTPResponse task) {
  std::optional<TaskFault> fault = fault_of_task(task);
  if (fault || !had_fault(task)) co_return fault;
  auto looking = execute<Mode>(connection, newest_error_request(task_id), LateRetry::is_cut);
  const GlobusHTTPResponse events = co_await std::move(looking);
  co_return fault_of_events(task, events);
}

/// One look at a task, and at its faults where those end the wait. The task is in `seen` as soon as
/// it is known, whatever becomes of the rest.
template <class Mode>
typename Mode::template Operation<std::optional<TaskFault>> look_at_task(
    Connection connection, std::string task_id, TaskWaitOptions options,
    std::shared_ptr<std::optional<GlobusHTTPResponse>> seen) {
  // whoever has seen the task so far learns no more; a service that never answered is an error
  const LateRetry late_retry = *seen ? LateRetry::is_cut : LateRetry::is_not_begun;
  auto looking =
      execute<Mode>(connection, get(detail::path("/v0.10/task/{task_id}", {task_id})), late_retry);
  const GlobusHTTPResponse task = co_await std::move(looking);
  *seen = task;
  if (options.on_poll) (*options.on_poll)(task);
  if (!options.end_on_fault || !is_unfinished(task)) co_return std::nullopt;
  auto finding = find_fault<Mode>(connection, task_id, task);
  co_return co_await std::move(finding);
}

/// Two ends that a wait has: its own timeout, which is no error, and the deadline of the call that
/// it is. The looks are within both.
template <class Mode>
typename Mode::template Operation<TaskWaitResult> wait_for_task(Connection connection,
                                                                std::string task_id,
                                                                TaskWaitOptions options) {
  using Runtime = ModeRuntime<Mode>;
  const auto start = Runtime::now(connection);
  const CallLimits limits = limits_of(*connection.settings, start);
  const WaitTime time(start, *options.timeout, *options.polling_interval);
  const Connection looks = within(connection, time.cut(limits));
  const auto seen = std::make_shared<std::optional<GlobusHTTPResponse>>();
  while (true) {
    std::optional<TaskFault> fault;
    try {
      auto looking = look_at_task<Mode>(looks, task_id, options, seen);
      fault = co_await std::move(looking);
    } catch (const GlobusTimeoutError&) {
      if (!time.is_over(Runtime::now(connection), limits)) throw;
    }
    const bool ended = *seen && (**seen)["status"] != "ACTIVE";
    const auto pause = time.pause(Runtime::now(connection));
    if (ended || fault || !pause) co_return TaskWaitResult(ended, *seen, std::move(fault));

    auto sleeping = Runtime::sleep(connection, *pause, limits);
    const Outcome slept = co_await std::move(sleeping);
    if (const auto* failure = std::get_if<NetworkFailure>(&slept)) {
      throw_failure(*failure, "task_wait", task_id);
    }
    if (time.is_over(Runtime::now(connection), limits)) {
      co_return TaskWaitResult(false, *seen, std::nullopt);
    }
  }
}

}  // namespace detail

template <class Mode>
typename BasicTransferClient<Mode>::template Result<GlobusHTTPResponse>
BasicTransferClient<Mode>::submit_transfer(Submission data) const {
  return Mode::result(detail::submit<Mode>(this->connection_, "/v0.10/transfer",
                                           detail::checked_document(data.json()), data.slot()));
}

template <class Mode>
typename BasicTransferClient<Mode>::template Result<GlobusHTTPResponse>
BasicTransferClient<Mode>::submit_delete(Submission data) const {
  return Mode::result(detail::submit<Mode>(this->connection_, "/v0.10/delete",
                                           detail::checked_document(data.json()), data.slot()));
}

template <class Mode>
typename BasicTransferClient<Mode>::template Result<TaskWaitResult>
BasicTransferClient<Mode>::task_wait(Text task_id, Options<TaskWaitOptions> options) const {
  return Mode::result(detail::wait_for_task<Mode>(
      this->connection_, detail::require("task_id", task_id).str(), detail::checked(options)));
}

}  // namespace globus_sdk::inline v0
