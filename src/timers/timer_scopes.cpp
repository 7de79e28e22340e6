// SPDX-License-Identifier: Apache-2.0
// What a timer does later, it does with tokens that depend on the token with which it was made.
#include <string>
#include <vector>

#include "core/arguments/require_uuids.hpp"
#include "core/base/ascii.hpp"
#include "globus_sdk/scopes/dynamic_scope_collections.hpp"
#include "globus_sdk/timers/timers_client.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// A scope for each id. The names of scopes have ids in small letters, and consents are compared
/// with the names.
template <class MakeScope>
std::vector<Scope> scopes_of(std::string_view parameter, const Strings& ids, MakeScope make_scope) {
  require_uuids(parameter, ids);
  std::vector<Scope> scopes;
  for (const std::string& id : ids) scopes.push_back(make_scope(ascii_lowered(id)));
  return scopes;
}

}  // namespace

void add_app_transfer_data_access_scope(const Connection& connection,
                                        const Strings& collection_ids) {
  const auto data_access = scopes_of("collection_ids", collection_ids, [](const std::string& id) {
    return GCSCollectionScopes(id).data_access.with_optional(true);
  });
  const Scope transfer = TransferScopes.all.with_dependencies(data_access);
  add_app_scope(connection, TimersScopes.timer.with_dependency(transfer).str());
}

void add_app_flow_user_scope(const Connection& connection, const Strings& flow_ids) {
  const auto user = scopes_of("flow_ids", flow_ids,
                              [](const std::string& id) { return SpecificFlowScopes(id).user; });
  add_app_scope(connection, TimersScopes.timer.with_dependencies(user).str());
}

}  // namespace globus_sdk::inline v0::detail
