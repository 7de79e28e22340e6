// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "core/http/connection_pool.hpp"
#include "core/http/curl_handles.hpp"
#include "core/http/io_thread.hpp"
#include "core/http/resolved_transport_settings.hpp"

namespace globus_sdk::inline v0::detail {

/// How requests get out: one set of settings and its connections, with a door for blocking calls
/// and one for asynchronous calls. Connects nowhere until the first request.
class Transport {
 public:
  explicit Transport(ResolvedTransportSettings settings)
      : settings_(std::move(settings)), blocking_(settings_), asynchronous_(settings_) {
    // before a static client is complete, so that what this registers for the exit comes after it
    initialize_curl();
  }

  const ResolvedTransportSettings& settings() const noexcept { return settings_; }
  ConnectionPool& blocking() noexcept { return blocking_; }
  IoThread& asynchronous() noexcept { return asynchronous_; }

 private:
  const ResolvedTransportSettings settings_;
  ConnectionPool blocking_;
  IoThread asynchronous_;
};

}  // namespace globus_sdk::inline v0::detail
