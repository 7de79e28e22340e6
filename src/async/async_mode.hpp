// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>
#include <string>

#include "../core/blocking_mode.hpp"
#include "../core/execute.hpp"
#include "globus_sdk/async.hpp"

namespace globus_sdk::inline v0::detail {

/// The leaves of asynchronous calls: all of them end on the transport's I/O thread.
template <> struct Leaves<Async> : RealWorld {
  static boost::asio::awaitable<Outcome> send(const Connection& connection,
                                              std::shared_ptr<const OutgoingRequest> request,
                                              const CallLimits& limits);
  static boost::asio::awaitable<Outcome> sleep(const Connection& connection,
                                               std::chrono::milliseconds duration,
                                               const CallLimits& limits);
  static boost::asio::awaitable<std::string> authorize(Connection connection, CallLimits limits);
};

}  // namespace globus_sdk::inline v0::detail
