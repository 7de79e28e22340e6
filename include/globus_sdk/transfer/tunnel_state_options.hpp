// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/request.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

/// Options of TransferClient::start_tunnel and TransferClientV2::start_tunnel.
struct StartTunnelOptions {
  /// A name for the tunnel.
  Field<std::string> label{};
  /// The port at which the listening program is reached.
  Field<std::int64_t> listener_port{};
  /// The IP address at which the listening program is reached.
  Field<std::string> listener_ip_address{};
};

/// Options of TransferClient::stop_tunnel and TransferClientV2::stop_tunnel.
struct StopTunnelOptions {
  /// A name for the tunnel.
  Field<std::string> label{};
};

namespace detail {
Request start_tunnel_request(Text tunnel_id, const StartTunnelOptions& options);
Request stop_tunnel_request(Text tunnel_id, const StopTunnelOptions& options);
}  // namespace detail

}  // namespace globus_sdk::inline v0
