// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/call/attempt.hpp"
#include "core/call/call_span.hpp"
#include "core/call/client_state.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0::detail {

/// How a mode sends, waits and tells the time: all that differs between the modes. Specialised
/// beside each mode:
///
///     send(connection, request, limits)      awaits an Outcome
///     sleep(connection, duration, limits)    awaits an Outcome: monostate, or what ended the sleep
///     wait(connection, flight, limits)       awaits one in the same way, when the flight has ended
///     authorize(connection, limits)          awaits the Authorization header
///     off_executor(connection, work)         awaits the end of work that may block, such as moving
///                                            a large file; throws what the work throws
///     all(connection, operations)            awaits the end of all of them, which run at the same
///                                            time; then throws what the first that failed threw
///     now(connection), system_now(connection), jitter(connection)
template <class Mode> struct ModeRuntime;

/// Operations that ModeRuntime<Mode>::all begins: functions, since some run as soon as they exist.
/// They own what they use.
template <class Mode>
using Operations = std::vector<std::function<typename Mode::template Operation<std::monostate>()>>;

/// What becomes of a retry for which too little time is left. It is not begun, and the call ends
/// with the last error, which says more than that the time is over. Or the call goes on to its end,
/// where that is no error.
enum class LateRetry { is_not_begun, is_cut };

/// The time within which a retry must begin; nothing where it may begin at any time.
inline std::optional<std::chrono::milliseconds> time_for_retry(
    LateRetry late_retry, const CallLimits& limits, std::chrono::steady_clock::time_point now) {
  if (!limits.deadline || late_retry == LateRetry::is_cut) return std::nullopt;
  return std::chrono::duration_cast<std::chrono::milliseconds>(*limits.deadline - now);
}

/// Throws when a call's time is over before its next request is begun.
inline void require_time(const OutgoingRequest& request, const CallLimits& limits,
                         std::chrono::steady_clock::time_point now) {
  if (!limits.deadline || now < *limits.deadline) return;
  throw_failure(deadline_failure(true), request.method, request.url);
}

/// The connection for a further request of a call that is within `limits`, so that the deadline is
/// one for all of the call's requests.
inline Connection within(const Connection& connection, const CallLimits& limits) {
  if (!limits.deadline) return connection;
  CallSettings settings;
  settings.deadline_at = *limits.deadline;
  return with_settings(connection, settings);
}

/// One call: authorizes, sends, judges, and perhaps waits and sends again. The only place that
/// does. `span` is told of it, if there is one.
///
/// Written once for every mode. No brace and no lambda stands in an await expression, and nothing
/// that a caller owns is referred to: g++ 12 gets the former wrong, and an asynchronous caller's
/// locals are gone by then.
template <class Mode>
typename Mode::template Operation<GlobusHTTPResponse> run_call(Connection connection,
                                                               Request request,
                                                               LateRetry late_retry,
                                                               std::shared_ptr<CallSpan> span) {
  using Runtime = ModeRuntime<Mode>;
  const ClientState& state = *connection.state;
  const CallLimits limits = limits_of(*connection.settings, Runtime::now(connection));
  std::optional<RetryPolicy> own_policy;
  if (const auto& max_retries = connection.settings->max_retries) {
    own_policy = limited(state.retry, *max_retries);
  }
  const RetryPolicy& policy = own_policy ? *own_policy : state.retry;
  if (lacks_address(state) && !request.has_own_url()) {
    auto looking_up = Runtime::authorize(connection, limits);  // finds the address as well
    co_await std::move(looking_up);
  }
  auto outgoing = std::make_shared<OutgoingRequest>(prepare(connection, request));
  const bool authorizes = request.authenticated() && state.authorizer != nullptr;
  SecondChances chances;
  int attempt = 0;
  while (true) {
    require_time(*outgoing, limits, Runtime::now(connection));
    if (authorizes) {
      std::string header;
      try {
        auto authorization = Runtime::authorize(connection, limits);
        header = co_await std::move(authorization);
      } catch (const GlobusError&) {
        rethrow_for(*outgoing);
      }
      authorize(state, *outgoing, std::move(header));
    }
    if (span) span->begin_attempt(*outgoing);
    const auto sent_at = Runtime::now(connection);
    auto sending = Runtime::send(connection, outgoing, limits);
    Outcome outcome = co_await std::move(sending);
    hide_secrets(*outgoing, outcome);
    if (span) span->end_attempt(outcome);
    log_attempt(state, *outgoing, outcome, Runtime::now(connection) - sent_at);

    if (wants_other_authorization(state, *outgoing, outcome, chances)) {
      outgoing = std::make_shared<OutgoingRequest>(*outgoing);
      continue;
    }
    if (may_go_to_new_connection(*outgoing, outcome)) {
      outgoing = on_new_connection(*outgoing);
      continue;
    }
    if (has_begun_sink(outcome)) {
      const auto is_rewound = std::make_shared<bool>(false);
      std::function<void()> rewind = [sink = outgoing->sink, is_rewound] {
        *is_rewound = sink->rewind();
      };
      auto rewinding = Runtime::off_executor(connection, std::move(rewind));
      co_await std::move(rewinding);
      if (!*is_rewound) co_return judge(state, *outgoing, std::move(outcome));
    }
    const RetryContext context = context_of(outcome, attempt, outgoing->repeatable);
    const auto delay =
        decide_retry(policy, context, Runtime::jitter(connection), Runtime::system_now(connection),
                     time_for_retry(late_retry, limits, Runtime::now(connection)));
    if (!delay) co_return judge(state, *outgoing, std::move(outcome));

    log_retry(state, *outgoing, *delay);
    if (span) span->tell_of_retry(*delay);
    auto sleeping = Runtime::sleep(connection, *delay, limits);
    const Outcome slept = co_await std::move(sleeping);
    if (const auto* ended = std::get_if<NetworkFailure>(&slept)) {
      throw_failure(*ended, outgoing->method, outgoing->url);
    }
    ++attempt;
    outgoing = std::make_shared<OutgoingRequest>(*outgoing);
  }
}

/// The same call, of which a tracer is told.
template <class Mode>
typename Mode::template Operation<GlobusHTTPResponse> run_traced_call(Connection connection,
                                                                      Request request,
                                                                      LateRetry late_retry) {
  const auto span = std::make_shared<CallSpan>(*connection.state, request);
  try {
    auto running = run_call<Mode>(std::move(connection), std::move(request), late_retry, span);
    auto response = co_await std::move(running);
    span->succeed(response.http_status());
    co_return response;
  } catch (...) {
    span->fail(std::current_exception());
    throw;
  }
}

/// One call, as all clients make it.
template <class Mode>
typename Mode::template Operation<GlobusHTTPResponse> execute(
    Connection connection, Request request, LateRetry late_retry = LateRetry::is_not_begun) {
  if (connection.state->tracer)
    return run_traced_call<Mode>(std::move(connection), std::move(request), late_retry);
  return run_call<Mode>(std::move(connection), std::move(request), late_retry, nullptr);
}

}  // namespace globus_sdk::inline v0::detail
