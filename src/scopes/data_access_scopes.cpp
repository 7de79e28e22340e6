// SPDX-License-Identifier: Apache-2.0
#include "scopes/data_access_scopes.hpp"

#include <string>
#include <vector>

#include "core/arguments/require_uuids.hpp"
#include "core/base/ascii.hpp"
#include "globus_sdk/scopes/dynamic_scope_collections.hpp"
#include "globus_sdk/scopes/scope_collections.hpp"

namespace globus_sdk::inline v0::detail {

Scope transfer_scope_with_data_access(const Strings& collection_ids) {
  require_uuids("collection_ids", collection_ids);
  std::vector<Scope> dependencies;
  for (const std::string& id : collection_ids) {
    dependencies.push_back(GCSCollectionScopes(ascii_lowered(id)).data_access.with_optional(true));
  }
  return TransferScopes.all.with_dependencies(dependencies);
}

}  // namespace globus_sdk::inline v0::detail
