// SPDX-License-Identifier: Apache-2.0
// What a timer does later, it does with tokens that depend on the token with which it was made.
#include <string>
#include <vector>

#include "core/arguments/require_uuids.hpp"
#include "core/base/ascii.hpp"
#include "globus_sdk/scopes/dynamic_scope_collections.hpp"
#include "globus_sdk/timers/timers_client.hpp"
#include "scopes/data_access_scopes.hpp"

namespace globus_sdk::inline v0::detail {

void add_timers_data_access_scope(const Connection& connection, const Strings& collection_ids) {
  const Scope transfer = transfer_scope_with_data_access(collection_ids);
  add_app_scope(connection, TimersScopes.timer.with_dependency(transfer).str());
}

void add_timers_flow_scope(const Connection& connection, const Strings& flow_ids) {
  require_uuids("flow_ids", flow_ids);
  std::vector<Scope> users;
  // the names of scopes have ids in small letters
  for (const std::string& id : flow_ids)
    users.push_back(SpecificFlowScopes(ascii_lowered(id)).user);
  add_app_scope(connection, TimersScopes.timer.with_dependencies(users).str());
}

}  // namespace globus_sdk::inline v0::detail
