// SPDX-License-Identifier: Apache-2.0
// The state of a client for one collection: where its address and its scopes come from.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/arguments/require_uuids.hpp"
#include "core/call/client_state.hpp"
#include "core/http/server_address.hpp"
#include "globus_sdk/collections/gcs_collection_client.hpp"
#include "transfer/data_access.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

std::string checked_id(Text collection_id) {
  require_uuids("collection_id", collection_id.str());
  return collection_id.str();
}

ClientOptions at_address(Text collection_address, ClientOptions options) {
  std::string url = server_url("collection_address", collection_address);
  if (!options.base_url) options.base_url = std::move(url);
  return options;
}

/// The same client as one of the collection.
Connection of_collection(const Connection& connection, std::string collection_id) {
  auto state = std::make_shared<ClientState>(*connection.state);
  state->resource_server = std::move(collection_id);
  return {std::move(state), connection.settings};
}

/// @param options of the collection's client.
Connection make_transfer_connection(std::shared_ptr<const AppBinding> app,
                                    const ClientOptions& options) {
  ClientOptions own;
  own.environment = options.environment;
  own.app_name = options.app_name;
  own.transport = options.transport;
  own.retry_config = options.retry_config;
  own.logger = options.logger;
  own.tracer = options.tracer;
  return make_app_connection(service_of<TransferClient>, std::move(app), own);
}

/// What Transfer knows of a collection.
ServerScopes look_up(const TransferClient& transfer, const std::string& collection_id) {
  const GlobusHTTPResponse collection = transfer.get_endpoint(collection_id);
  const auto server = collection.get("https_server");
  if (!server || !server->is_string()) {
    throw GlobusError("the collection " + collection_id +
                      " has no HTTPS access: its document at Transfer has no https_server. Its "
                      "managers can turn HTTPS access on, at Globus Connect Server 5.4 and later");
  }
  const GCSCollectionScopes scopes(collection_id);
  std::vector<std::string> needed{scopes.https.str()};
  if (takes_data_access(collection)) needed.push_back(scopes.data_access.str());
  return {collection_id, std::move(needed), server_url("https_server", server->as<std::string>())};
}

}  // namespace

Connection make_collection_connection(const Service& service, Text collection_id,
                                      Text collection_address,
                                      std::shared_ptr<const GlobusAuthorizer> authorizer,
                                      const ClientOptions& options) {
  std::string id = checked_id(collection_id);
  return of_collection(
      make_connection(service, std::move(authorizer), at_address(collection_address, options)),
      std::move(id));
}

Connection make_collection_connection(const Service& service, Text collection_id,
                                      Text collection_address,
                                      std::shared_ptr<const AppBinding> app,
                                      const ClientOptions& options) {
  const GCSCollectionScopes scopes(checked_id(collection_id));
  return make_app_connection(service, std::move(app), at_address(collection_address, options),
                             ServerScopes{scopes.resource_server, scopes.https.str()});
}

Connection make_collection_connection(const Service& service, Text collection_id,
                                      std::shared_ptr<const AppBinding> app,
                                      const ClientOptions& options) {
  const GCSCollectionScopes scopes(checked_id(collection_id));
  // required from the beginning, so that the login for the look-up brings them along
  if (!options.app_scopes) app->require_scopes(scopes.resource_server, scopes.https.str());
  const TransferClient transfer(make_transfer_connection(app, options));
  Service found_service = service;
  found_service.address_is_found = true;
  const auto find = [transfer, id = scopes.resource_server](const Connection&) {
    return look_up(transfer, id);
  };
  return of_collection(make_app_connection(found_service, std::move(app), options, find),
                       scopes.resource_server);
}

const std::string& collection_id_of(const Connection& connection) {
  return connection.state->resource_server;
}

Connection transfer_of(const Connection& connection) {
  if (!connection.state->app) {
    throw GlobusSDKUsageError(
        "transfer_client: a client without an app needs a TransferClient to list folders");
  }
  const ClientState& own = *connection.state;
  const Connection made = make_transfer_connection(own.app, ClientOptions());
  // over the same connections: certificates, proxies and time-outs are those of this client
  auto state = std::make_shared<ClientState>(*made.state);
  state->transport = own.transport;
  state->logger = own.logger;
  state->tracer = own.tracer;
  state->retry = own.retry;
  state->retry.is_permanent = made.state->retry.is_permanent;
  const Connection transfer{std::move(state), connection.settings};
  // Transfer lists the folders of a mapped collection only with the user's consent
  add_app_data_access_scope(transfer, collection_id_of(connection));
  return transfer;
}

}  // namespace globus_sdk::inline v0::detail
