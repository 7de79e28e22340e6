// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/gcs/gcs_client.hpp"

#include "core/call/blocking_mode.hpp"
#include "gcs/gcs_operations.hpp"

namespace globus_sdk::inline v0 {

template class BasicGCSClient<Blocking>;

namespace detail {

ServerScopes find_gcs_scopes(const Connection& connection) {
  const std::string client_id = GCSClient(connection).get_gcs_info()["client_id"];
  return {client_id, GCSEndpointScopes(client_id).manage_collections.str()};
}

Payload owner_document(std::string_view data_type, Text identity_id) {
  return Payload()
      .set("DATA_TYPE", data_type)
      .set("identity_id", require("identity_id", identity_id));
}

Payload subscription_document(const Nullable<std::string>& subscription_id) {
  return Payload()
      .set("DATA_TYPE", "endpoint_subscription#1.0.0")
      .set("subscription_id", require_given("subscription_id", subscription_id));
}

}  // namespace detail
}  // namespace globus_sdk::inline v0
