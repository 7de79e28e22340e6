// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <utility>

#include "core/http/connection_pool.hpp"
#include "core/http/curl_handles.hpp"
#include "core/http/io_thread.hpp"
#include "core/http/resolved_transport_settings.hpp"

namespace globus_sdk::inline v0::detail {

/// How requests get out: one set of settings and its connections, with a door for blocking calls
/// and some for asynchronous calls. Connects nowhere until the first request.
class Transport {
 public:
  explicit Transport(ResolvedTransportSettings settings)
      : settings_(std::move(settings)), blocking_(settings_) {
    const auto threads = static_cast<std::size_t>(settings_.io_threads);
    const auto transfers = static_cast<std::size_t>(settings_.max_connections);
    for (std::size_t i = 0; i < threads; ++i)
      asynchronous_.emplace_back(settings_, (transfers + threads - 1) / threads);
    // before a static client is complete, so that what this registers for the exit comes after it
    initialize_curl();
  }

  const ResolvedTransportSettings& settings() const noexcept { return settings_; }
  ConnectionPool& blocking() noexcept { return blocking_; }
  /// The thread for a client's next operation: the one that has least to do, and the first of
  /// these, so that few calls share connections. All requests of a client with a limit go to one.
  IoThread& asynchronous(std::uint64_t client, bool is_limited) noexcept {
    if (is_limited) return asynchronous_[one_of(asynchronous_.size(), client)];
    if (asynchronous_.size() == 1) return asynchronous_.front();
    return *std::ranges::min_element(asynchronous_, {}, &IoThread::load);
  }

 private:
  /// The same of so many for the same client. Where each user has, say, two clients, those of one
  /// service have every second number: they are not to come to one thread all the same.
  static std::size_t one_of(std::uint64_t count, std::uint64_t client) noexcept {
    constexpr std::uint64_t golden_ratio = 0x9E37'79B9'7F4A'7C15;  // of 2^64: Fibonacci hashing
    return (client * golden_ratio >> 32U) * count >> 32U;
  }

  const ResolvedTransportSettings settings_;
  ConnectionPool blocking_;
  std::deque<IoThread> asynchronous_{};
};

}  // namespace globus_sdk::inline v0::detail
