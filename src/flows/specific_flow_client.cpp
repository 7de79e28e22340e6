// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/flows/specific_flow_client.hpp"

#include "core/call/blocking_mode.hpp"
#include "core/call/client_state.hpp"
#include "scopes/data_access_scopes.hpp"

namespace globus_sdk::inline v0 {

namespace detail {

Connection make_flow_connection(const Service& service, Text flow_id,
                                std::shared_ptr<const GlobusAuthorizer> authorizer,
                                const ClientOptions& options) {
  require("flow_id", flow_id);
  const Connection connection = make_connection(service, std::move(authorizer), options);
  auto state = std::make_shared<ClientState>(*connection.state);
  state->resource_server = flow_id.str();
  return {std::move(state), connection.settings};
}

Connection make_flow_connection(const Service& service, Text flow_id,
                                std::shared_ptr<const AppBinding> app,
                                const ClientOptions& options) {
  const SpecificFlowScopes scopes(require("flow_id", flow_id));
  return make_app_connection(service, std::move(app), options,
                             ServerScopes{scopes.resource_server, scopes.user.str()});
}

const std::string& flow_id_of(const Connection& connection) {
  return connection.state->resource_server;
}

void add_app_transfer_data_access_scope(const Connection& connection,
                                        const Strings& collection_ids) {
  const Scope transfer = transfer_scope_with_data_access(collection_ids).with_optional(true);
  const SpecificFlowScopes scopes(flow_id_of(connection));
  add_app_scope(connection, scopes.user.with_dependency(transfer).str());
}

}  // namespace detail

template class BasicSpecificFlowClient<Blocking>;

}  // namespace globus_sdk::inline v0
