// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "globus_sdk/core/transport_settings.hpp"

namespace globus_sdk::inline v0::detail {

/// A proxy in the form that libcurl takes.
struct ProxyServer {
  std::string url{};  ///< empty: none
  bool https = false;
};

/// TransportSettings with the environment and the defaults filled in.
struct ResolvedTransportSettings {
  bool verify = true;
  std::string ca_file{};
  std::string ca_directory{};
  std::optional<std::chrono::milliseconds> http_timeout{60'000};
  ProxyServer http_proxy{};   ///< for http URLs
  ProxyServer https_proxy{};  ///< for https URLs
  bool proxy_for_loopback = false;
  std::string no_proxy{};                    ///< hosts without a proxy, in libcurl's form
  std::vector<std::string> proxy_secrets{};  ///< in the proxies' URLs; kept out of messages
  std::vector<std::string> allow_plain_http{};
  std::vector<std::string> connect_to{};
  std::int64_t max_response_size = std::int64_t{64} << 20;
  std::int64_t max_connections = 100;
  std::int64_t io_threads = 1;
};

ResolvedTransportSettings resolve(const TransportSettings& settings);

}  // namespace globus_sdk::inline v0::detail
