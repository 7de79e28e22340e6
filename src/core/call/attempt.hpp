// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "core/call/client_state.hpp"
#include "core/http/outgoing_request.hpp"
#include "globus_sdk/core/limits.hpp"

namespace globus_sdk::inline v0::detail {

/// The pure steps that execute() takes between its awaits.

/// The limits of a call that begins now.
CallLimits limits_of(const CallSettings& settings, std::chrono::steady_clock::time_point now);

/// The policy with another number of retries.
RetryPolicy limited(RetryPolicy policy, std::int64_t max_retries);

/// The request as it goes on the wire, but for its Authorization.
///
/// @throws GlobusSDKUsageError when a secret of it would cross a network in plain text.
OutgoingRequest prepare(const Connection& connection, const Request& request);

/// Adds an Authorization header.
///
/// @throws GlobusSDKUsageError when it would cross a network in plain text.
void authorize(const ClientState& state, OutgoingRequest& request, std::string header);

/// Masks what of the request a failure's message repeats.
void hide_secrets(const OutgoingRequest& request, Outcome& outcome);

/// What a call may still ask its authorizer for, each of them once.
struct SecondChances {
  bool after_unauthorized = true;  ///< 401
  bool after_forbidden = true;     ///< 403
};

/// True for a 401 or 403 that another authorization may help: asks the authorizer.
bool wants_other_authorization(const ClientState& state, const OutgoingRequest& request,
                               const Outcome& outcome, SecondChances& chances);

/// True when an old connection ended under a request that may be repeated: a new one, at once.
bool may_go_to_new_connection(const OutgoingRequest& request, const Outcome& outcome);
std::shared_ptr<OutgoingRequest> on_new_connection(OutgoingRequest request);

/// Whether a part of the answer may have gone to the request's sink before the answer broke off.
bool has_begun_sink(const Outcome& outcome);

RetryContext context_of(const Outcome& outcome, int attempt, bool safe_to_repeat);

/// The response, or an exception of the right class.
GlobusHTTPResponse judge(const ClientState& state, const OutgoingRequest& request, Outcome outcome);

/// Throws on the exception that is being handled, in the name of the request that it kept from
/// being sent where it is about no request of its own.
[[noreturn]] void rethrow_for(const OutgoingRequest& request);

/// Throws what a failure is for the caller.
[[noreturn]] void throw_failure(const NetworkFailure& failure, const std::string& method,
                                const std::string& url);

void log_attempt(const ClientState& state, const OutgoingRequest& request, const Outcome& outcome,
                 std::chrono::steady_clock::duration took);
void log_retry(const ClientState& state, const OutgoingRequest& request,
               std::chrono::milliseconds delay);

}  // namespace globus_sdk::inline v0::detail
