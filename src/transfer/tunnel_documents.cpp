// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/transfer/tunnel_documents.hpp"

#include <string>
#include <utility>

#include "core/base/uuid.hpp"
#include "globus_sdk/core/payload.hpp"
#include "globus_sdk/core/request.hpp"
#include "transfer/tunnel_parts.hpp"

namespace globus_sdk::inline v0 {

namespace {

/// The given submission id, or a new one.
std::string submission_id(const TunnelCreateDocumentOptions& options) {
  if (!options.submission_id) return detail::random_uuid();
  return detail::require("submission_id", *options.submission_id).str();
}

}  // namespace

TunnelCreateDocument::TunnelCreateDocument(Text initiator_stream_access_point,
                                           Text listener_stream_access_point,
                                           const TunnelCreateDocumentOptions& options) {
  Payload attributes;
  attributes.set("label", options.label)
      .set("listener_port", options.listener_port)
      .set("listener_ip_address", options.listener_ip_address)
      .set("submission_id", submission_id(options))
      .set("restartable", options.restartable)
      .set("lifetime_mins", options.lifetime_mins)
      .merge(options.additional_fields);
  document_ =
      detail::new_tunnel(initiator_stream_access_point, listener_stream_access_point, attributes);
}

TunnelUpdateDocument::TunnelUpdateDocument(const TunnelUpdateDocumentOptions& options) {
  Payload attributes;
  attributes.set("label", options.label)
      .set("listener_port", options.listener_port)
      .set("listener_ip_address", options.listener_ip_address)
      .set("state", options.state)
      .merge(options.additional_fields);
  Payload data;
  data.set("attributes", attributes);
  document_ = detail::tunnel_resource(std::move(data));
}

}  // namespace globus_sdk::inline v0
