// SPDX-License-Identifier: Apache-2.0
#include "transfer/data_access.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/hexadecimal.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/scopes/dynamic_scope_collections.hpp"
#include "globus_sdk/scopes/scope_collections.hpp"
#include "globus_sdk/transfer/transfer_client.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

bool is_uuid(std::string_view text) {
  constexpr std::string_view form = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  return std::ranges::equal(text, form, [](char letter, char expected) {
    if (expected == '-') return letter == '-';
    return hexadecimal_value(letter) >= 0;
  });
}

}  // namespace

void check_collection_ids(const Strings& collection_ids) {
  for (const std::string& id : collection_ids) {
    if (!is_uuid(id)) {
      throw GlobusSDKUsageError("collection_ids: '" + id + "' is no UUID");
    }
  }
}

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
  std::vector<Scope> dependencies;
  for (const std::string& id : collection_ids) {
    const GlobusHTTPResponse collection = transfer.get_endpoint(id);
    if (!takes_data_access(collection)) continue;
    // as the service writes it: consents are compared with the scope as a text
    const std::string own_id = collection["id"];
    dependencies.push_back(GCSCollectionScopes(own_id).data_access.with_optional(true));
  }
  if (dependencies.empty()) return {};
  return TransferScopes.all.with_dependencies(dependencies).str();
}

}  // namespace

void add_app_data_access_scope(const Connection& connection, const Strings& collection_ids) {
  const AppBinding& app = app_of(connection);
  check_collection_ids(collection_ids);
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
