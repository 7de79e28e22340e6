// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <exception>
#include <memory>

#include "core/call/client_state.hpp"
#include "core/http/outgoing_request.hpp"
#include "globus_sdk/core/request.hpp"
#include "globus_sdk/core/tracing.hpp"

namespace globus_sdk::inline v0::detail {

/// Tells a client's tracer of a call and its attempts. What the tracer throws goes no further.
class CallSpan {
 public:
  /// The call begins.
  CallSpan(const ClientState& state, const Request& request);
  /// Ends what has not ended: a call that nobody waits for any more.
  ~CallSpan();
  CallSpan(const CallSpan&) = delete;
  CallSpan& operator=(const CallSpan&) = delete;

  /// An attempt begins; gives the request what the tracer sends with it.
  void begin_attempt(OutgoingRequest& request);
  void end_attempt(const Outcome& outcome);
  void tell_of_retry(std::chrono::milliseconds delay);
  void succeed(int status);
  void fail(const std::exception_ptr& failure);

 private:
  void end();

  const std::shared_ptr<const Tracer> tracer_;
  std::shared_ptr<Span> call_{};
  std::shared_ptr<Span> attempt_{};
  std::int64_t attempts_ = 0;
  bool has_ended_ = false;
};

}  // namespace globus_sdk::inline v0::detail
