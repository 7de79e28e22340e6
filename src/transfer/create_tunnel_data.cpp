// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/transfer/create_tunnel_data.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "core/base/uuid.hpp"
#include "globus_sdk/core/globus_error.hpp"
#include "globus_sdk/core/payload.hpp"
#include "globus_sdk/transfer/transfer_client.hpp"
#include "transfer/tunnel_parts.hpp"

namespace globus_sdk::inline v0 {

CreateTunnelData::CreateTunnelData(Text initiator_stream_access_point,
                                   Text listener_stream_access_point,
                                   const CreateTunnelDataOptions& options) {
  Payload attributes;
  attributes.set("label", options.label)
      .set("submission_id", options.submission_id)
      .set("restartable", options.restartable)
      .set("lifetime_mins", options.lifetime_mins)
      .merge(options.additional_fields);
  document_ =
      detail::new_tunnel(initiator_stream_access_point, listener_stream_access_point, attributes);
}

Json detail::tunnel_document(const Json& document) {
  boost::json::value complete = document.value();
  auto* const members = complete.if_object();
  auto* const data = members == nullptr ? nullptr : members->if_contains("data");
  if (data == nullptr || !data->is_object()) {
    throw GlobusSDKUsageError("data must be an object with a member `data`: see CreateTunnelData");
  }
  auto& attributes = data->get_object()["attributes"];
  if (attributes.is_null()) attributes.emplace_object();
  if (!attributes.is_object()) {
    throw GlobusSDKUsageError("data: attributes must be an object");
  }
  if (!attributes.get_object().contains("submission_id")) {
    attributes.get_object()["submission_id"] = random_uuid();
  }
  return complete;
}

}  // namespace globus_sdk::inline v0
