// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/scopes/dynamic_scope_collections.hpp"

#include <algorithm>
#include <string_view>

#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0 {

namespace {

std::string checked(Text id, const char* parameter) {
  if (id.empty()) throw ValidationError(std::string(parameter) + " must not be empty");
  return id.str();
}

Scope urn_scope(const std::string& resource_server, std::string_view name) {
  return Scope("urn:globus:auth:scope:" + resource_server + ':' + std::string(name));
}

Scope url_scope(const std::string& resource_server, std::string_view name) {
  return Scope("https://auth.globus.org/scopes/" + resource_server + '/' + std::string(name));
}

std::string name_of_user_scope(std::string flow_id) {
  std::ranges::replace(flow_id, '-', '_');
  return "flow_" + flow_id + "_user";
}

}  // namespace

GCSEndpointScopes::GCSEndpointScopes(Text endpoint_id)
    : resource_server(checked(endpoint_id, "endpoint_id")),
      manage_collections(urn_scope(resource_server, "manage_collections")) {}

GCSCollectionScopes::GCSCollectionScopes(Text collection_id)
    : resource_server(checked(collection_id, "collection_id")),
      data_access(url_scope(resource_server, "data_access")),
      https(url_scope(resource_server, "https")) {}

SpecificFlowScopes::SpecificFlowScopes(Text flow_id)
    : resource_server(checked(flow_id, "flow_id")),
      user(url_scope(resource_server, name_of_user_scope(resource_server))) {}

}  // namespace globus_sdk::inline v0
