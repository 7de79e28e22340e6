// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <variant>

#include "core/call/blocking_mode.hpp"
#include "core/call/execute.hpp"
#include "globus_sdk/async.hpp"

namespace globus_sdk::inline v0::detail {

/// The waits of asynchronous calls: all of them end on the transport's I/O thread.
template <> struct ModeRuntime<Async> : RealWorld {
  static boost::asio::awaitable<Outcome> send(const Connection& connection,
                                              std::shared_ptr<const OutgoingRequest> request,
                                              const CallLimits& limits);
  static boost::asio::awaitable<Outcome> sleep(const Connection& connection,
                                               std::chrono::milliseconds duration,
                                               const CallLimits& limits);
  template <class T>
  static boost::asio::awaitable<Outcome> wait(const Connection& connection,
                                              const std::shared_ptr<Flight<T>>& flight,
                                              const CallLimits& limits) {
    const auto watch = [flight](const Notify& notify) {
      flight->watch([notify](const Flight<T>&) { notify(); });
    };
    return wait_for_notice(connection, watch, limits);
  }
  static boost::asio::awaitable<std::string> authorize(Connection connection, CallLimits limits);
  static boost::asio::awaitable<std::monostate> off_executor(Connection connection,
                                                             std::function<void()> work);
  /// On the executor that awaits it.
  static boost::asio::awaitable<std::monostate> all(Connection connection,
                                                    Operations<Async> operations);

 private:
  using Notify = std::function<void()>;
  /// Ends when what `watch` is given is called, on whatever thread.
  static boost::asio::awaitable<Outcome> wait_for_notice(Connection connection,
                                                         std::function<void(const Notify&)> watch,
                                                         CallLimits limits);
};

}  // namespace globus_sdk::inline v0::detail
