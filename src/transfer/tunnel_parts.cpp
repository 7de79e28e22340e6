// SPDX-License-Identifier: Apache-2.0
#include "transfer/tunnel_parts.hpp"

#include <utility>

#include "globus_sdk/core/request.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

Payload access_point(Text id) {
  return Payload().set("data", Payload().set("type", "StreamAccessPoint").set("id", id));
}

}  // namespace

Json new_tunnel(Text initiator_stream_access_point, Text listener_stream_access_point,
                const Payload& attributes) {
  const Text initiator = require("initiator_stream_access_point", initiator_stream_access_point);
  const Text listener = require("listener_stream_access_point", listener_stream_access_point);
  Payload relationships;
  relationships.set("listener", access_point(listener)).set("initiator", access_point(initiator));
  Payload data;
  data.set("relationships", relationships).set("attributes", attributes);
  return tunnel_resource(std::move(data));
}

Json tunnel_resource(Payload data) {
  return Payload().set("data", data.set("type", "Tunnel")).json();
}

}  // namespace globus_sdk::inline v0::detail
