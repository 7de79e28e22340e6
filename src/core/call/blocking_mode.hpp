// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <variant>
#include <vector>

#include "core/call/blocking_operation.hpp"
#include "core/call/execute.hpp"
#include "core/process/single_flight.hpp"

namespace globus_sdk::inline v0::detail {

/// Sleeps until the time is over, the deadline passes or stop is requested.
Outcome sleep_blocking(std::chrono::milliseconds duration, const CallLimits& limits);

/// Waits until the flight has ended, the deadline passes or stop is requested.
template <class T> Outcome wait_blocking(const Flight<T>& flight, const CallLimits& limits) {
  if (flight.await_end(limits)) return {};
  return limits.stop.stop_requested() ? cancelled_failure() : deadline_failure(true);
}

/// Runs all of these at the same time, each on a thread of its own, and waits for them.
///
/// @throws what the first of them that failed threw.
void run_together(const std::vector<std::function<void()>>& parts);

/// A random number from 0 to 1.
double random_jitter();

/// Time and chance as they are: for the modes that use the network.
struct RealWorld {
  static std::chrono::steady_clock::time_point now(const Connection&) {
    return std::chrono::steady_clock::now();
  }
  static std::chrono::system_clock::time_point system_now(const Connection&) {
    return std::chrono::system_clock::now();
  }
  static double jitter(const Connection&) { return random_jitter(); }
};

template <> struct ModeRuntime<Blocking> : RealWorld {
  static Ready<Outcome> send(const Connection& connection,
                             const std::shared_ptr<const OutgoingRequest>& request,
                             const CallLimits& limits) {
    return {connection.state->transport->blocking().send(*request, limits)};
  }
  static Ready<Outcome> sleep(const Connection&, std::chrono::milliseconds duration,
                              const CallLimits& limits) {
    return {sleep_blocking(duration, limits)};
  }
  template <class T>
  static Ready<Outcome> wait(const Connection&, const std::shared_ptr<Flight<T>>& flight,
                             const CallLimits& limits) {
    return {wait_blocking(*flight, limits)};
  }
  static Ready<std::string> authorize(const Connection& connection, const CallLimits& limits) {
    return {connection.state->authorizer->get_authorization_header(limits)};
  }
  static Ready<std::monostate> off_executor(const Connection&, const std::function<void()>& work) {
    work();
    return {};
  }
  static Ready<std::monostate> all(const Connection&, const Operations<Blocking>& operations) {
    std::vector<std::function<void()>> parts;
    parts.reserve(operations.size());
    for (const auto& operation : operations) {
      parts.emplace_back([&operation] { operation().get(); });
    }
    run_together(parts);
    return {};
  }
};

}  // namespace globus_sdk::inline v0::detail
