// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "globus_sdk/core/authorizer.hpp"

namespace globus_sdk::inline v0::detail {

/// Runs an authorizer's blocking code where nothing waits for it: one thread for an authorizer and
/// its copies, started when it is needed and gone when it has been idle for a while.
///
/// Everyone who asks while an answer is being fetched gets that one answer, so that a thousand
/// calls that wait for one renewal wait together. When fetching fails, the one who asked first gets
/// the exception; the others too, unless a header is to be had by then.
class AuthorizationHelper {
 public:
  using Done = std::function<void(std::exception_ptr, const std::string& header)>;

  AuthorizationHelper() = default;
  ~AuthorizationHelper();
  AuthorizationHelper(const AuthorizationHelper&) = delete;
  AuthorizationHelper& operator=(const AuthorizationHelper&) = delete;

  /// Calls `done` with the authorizer's header, from the helper's thread.
  void fetch(std::shared_ptr<const GlobusAuthorizer> authorizer, Done done);

 private:
  struct State;
  std::shared_ptr<State> state_;
  std::mutex mutex_;
};

/// What AuthorizationHelper gives, waited for within limits.
///
/// @throws GlobusTimeoutError, CancelledError when the limits end the wait; what fetching throws.
[[nodiscard]] std::string fetch_within(const std::shared_ptr<const GlobusAuthorizer>& authorizer,
                                       const CallLimits& limits);

/// Throws what ended a wait for authorization: the stop, else the deadline.
[[noreturn]] void throw_wait_ended(const CallLimits& limits);

}  // namespace globus_sdk::inline v0::detail
