// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "core/http/curl_handles.hpp"
#include "core/http/exchange.hpp"
#include "core/http/resolved_transport_settings.hpp"
#include "core/process/fork_count.hpp"
#include "globus_sdk/core/limits.hpp"

namespace globus_sdk::inline v0::detail {

/// The blocking door of a transport: pairs of a multi and an easy handle, one for each call under
/// way, kept with their connections for the next. A multi handle wakes up at once for a stop.
class ConnectionPool {
 public:
  explicit ConnectionPool(const ResolvedTransportSettings& settings) : settings_(settings) {}
  ~ConnectionPool();
  ConnectionPool(const ConnectionPool&) = delete;
  ConnectionPool& operator=(const ConnectionPool&) = delete;

  /// Sends, and waits for the outcome, the deadline or the stop.
  Outcome send(const OutgoingRequest& request, const CallLimits& limits);

 private:
  struct Pair {
    Multi multi;  // declared first: an easy handle goes before the multi that holds its connections
    EasyHandle handle;
    std::thread::id last_user = std::this_thread::get_id();
  };
  class Lease;

  std::unique_ptr<Pair> take();
  void give_back(std::unique_ptr<Pair> pair) noexcept;
  void abandon_if_forked();

  const ResolvedTransportSettings& settings_;
  std::mutex mutex_;
  std::uint64_t owner_ = fork_count();
  std::vector<std::unique_ptr<Pair>> idle_;
};

}  // namespace globus_sdk::inline v0::detail
