// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "globus_sdk/transfer/tunnel_state_options.hpp"
#include "transfer/tunnel_parts.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

Request change_request(Text tunnel_id, const Payload& attributes) {
  std::string path = detail::path("/v2/tunnels/{tunnel_id}", {tunnel_id});
  Payload data;
  data.set("id", tunnel_id).set("attributes", attributes);
  return patch(std::move(path)).json(tunnel_resource(std::move(data)));
}

}  // namespace

Request start_tunnel_request(Text tunnel_id, const StartTunnelOptions& options) {
  Payload attributes;
  attributes.set("label", options.label)
      .set("listener_port", options.listener_port)
      .set("listener_ip_address", options.listener_ip_address);
  return change_request(tunnel_id, attributes);
}

Request stop_tunnel_request(Text tunnel_id, const StopTunnelOptions& options) {
  Payload attributes;
  attributes.set("label", options.label).set("state", "STOPPING");
  return change_request(tunnel_id, attributes);
}

}  // namespace globus_sdk::inline v0::detail
