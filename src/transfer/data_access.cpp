// SPDX-License-Identifier: Apache-2.0
#include "transfer/data_access.hpp"

#include <memory>
#include <string>
#include <vector>

#include "core/arguments/require_uuids.hpp"
#include "globus_sdk/scopes/scope_collections.hpp"
#include "globus_sdk/transfer/transfer_client.hpp"
#include "scopes/data_access_scopes.hpp"

namespace globus_sdk::inline v0::detail {

bool takes_data_access(const GlobusHTTPResponse& collection) {
  const auto type = collection.get("entity_type");
  const auto high_assurance = collection.get("high_assurance");
  return type && *type == "GCSv5_mapped_collection" &&
         !(high_assurance && high_assurance->is_bool() && high_assurance->as<bool>());
}

namespace {

/// Transfer's scope with the `data_access` of each of these collections that has one, or nothing.
/// Asks Transfer about each.
Strings data_access_scopes(const TransferClient& transfer, const Strings& collection_ids) {
  std::vector<std::string> with_data_access;
  for (const std::string& id : collection_ids) {
    if (takes_data_access(transfer.get_endpoint(id))) with_data_access.push_back(id);
  }
  if (with_data_access.empty()) return {};
  return transfer_scope_with_data_access(with_data_access).str();
}

}  // namespace

void add_app_data_access_scope(const Connection& connection, const Strings& collection_ids) {
  const AppBinding& app = app_of(connection);
  require_uuids("collection_ids", collection_ids);
  const std::string resource_server(TransferScopes.resource_server);
  // the app has the authorizer, and would otherwise be kept by its own look-up
  const Connection without_authorizer = with_authorizer(connection, nullptr);
  app.require_scopes_of(
      {resource_server, [=](std::shared_ptr<const GlobusAuthorizer> authorizer) -> ServerScopes {
         const TransferClient transfer(with_authorizer(without_authorizer, std::move(authorizer)));
         return {resource_server, data_access_scopes(transfer, collection_ids)};
       }});
}

}  // namespace globus_sdk::inline v0::detail
