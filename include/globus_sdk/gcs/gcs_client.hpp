// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "globus_sdk/core/service_client.hpp"
#include "globus_sdk/gcs/collection_documents.hpp"
#include "globus_sdk/gcs/collection_policies.hpp"
#include "globus_sdk/gcs/connector_table.hpp"
#include "globus_sdk/gcs/endpoint_document.hpp"
#include "globus_sdk/gcs/errors.hpp"
#include "globus_sdk/gcs/gcs_options.hpp"
#include "globus_sdk/gcs/gcs_role_document.hpp"
#include "globus_sdk/gcs/iterable_gcs_response.hpp"
#include "globus_sdk/gcs/storage_gateway_document.hpp"
#include "globus_sdk/gcs/storage_gateway_policies.hpp"
#include "globus_sdk/gcs/unpacking_gcs_response.hpp"
#include "globus_sdk/gcs/user_credential_document.hpp"
#include "globus_sdk/scopes/dynamic_scope_collections.hpp"

namespace globus_sdk::inline v0 {

namespace detail {
/// The options of a client for the endpoint at that address.
///
/// @throws GlobusSDKUsageError for an address that is none, or is not https.
ClientOptions at_gcs_address(Text gcs_address, ClientOptions options);
/// The resource server and the scope of an endpoint, which tells its client id to everybody.
ServerScopes find_gcs_scopes(const Connection& connection);
/// A document that names an identity.
Payload owner_document(std::string_view data_type, Text identity_id);
/// A document that names a subscription, or none.
Payload subscription_document(const Nullable<std::string>& subscription_id);
}  // namespace detail

/// Globus Connect Server: the manager of one endpoint, with its collections, storage gateways,
/// roles, user credentials and nodes. Each endpoint has an address of its own, and an authorizer
/// for it has a user's tokens for that endpoint. Mirrors `globus_sdk.GCSClient`.
///
///     GCSClient gcs{"abc.def.data.globus.org", app};
///     for (auto collection : gcs.get_collection_list())
///       std::cout << collection["display_name"] << '\n';
template <class Mode> class BasicGCSClient : public BasicServiceClient<BasicGCSClient, Mode> {
  using Base = BasicServiceClient<BasicGCSClient, Mode>;

 public:
  template <class T> using Result = typename Base::template Result<T>;
  template <class O> using Options = typename Base::template Options<O>;
  using Document = typename Base::Document;

  /// The class of the errors that Globus Connect Server answers with.
  using Error = GCSAPIError;
  /// As in Python. No variable holds the address of an endpoint.
  static constexpr std::string_view service_name = "globus_connect_server";

  /// A client that sends no Authorization header. It is enough for get_gcs_info.
  ///
  /// @param gcs_address the name of the endpoint's host (`abc.def.data.globus.org`), or an https
  ///   URL, to which `/api/` is added where it is missing. An http URL may only name this machine.
  /// @param options a `base_url` in them stands in place of the address, and may be an http URL.
  /// @throws GlobusSDKUsageError for any other address.
  explicit BasicGCSClient(Text gcs_address, const ClientOptions& options = {})
      : Base(detail::at_gcs_address(gcs_address, options)) {}
  /// @param authorizer an authorizer with tokens for the endpoint.
  BasicGCSClient(Text gcs_address, const AnyAuthorizer& authorizer,
                 const ClientOptions& options = {})
      : Base(authorizer, detail::at_gcs_address(gcs_address, options)) {}
  /// @param app the app whose tokens the client uses. At its first use the client asks the endpoint
  ///   for its client id, and adds the scope `manage_collections` of that id, or `app_scopes`, to
  ///   what the app requires.
  template <detail::AppHandle App>
  BasicGCSClient(Text gcs_address, const App& app, const ClientOptions& options = {})
      : Base(detail::make_app_connection(detail::service_of<BasicGCSClient>, app.binding(),
                                         detail::at_gcs_address(gcs_address, options),
                                         &detail::find_gcs_scopes)) {}
  explicit BasicGCSClient(detail::Connection connection) : Base(std::move(connection)) {}

  /// The scopes of an endpoint.
  ///
  /// @param endpoint_id a UUID: `client_id` of get_gcs_info.
  /// @throws ValidationError when the id is empty or cannot be part of a scope's name.
  static GCSEndpointScopes get_gcs_endpoint_scopes(Text endpoint_id) {
    return GCSEndpointScopes(endpoint_id);
  }

  /// The scopes of a collection.
  ///
  /// @param collection_id a UUID.
  /// @throws ValidationError when the id is empty or cannot be part of a scope's name.
  static GCSCollectionScopes get_gcs_collection_scopes(Text collection_id) {
    return GCSCollectionScopes(collection_id);
  }

  // ---- the endpoint -----------------------------------------------------------------------------

  /// What the endpoint tells everybody: its `client_id`, `domain_name` and versions. It is asked
  /// without an Authorization header.
  ///
  /// @return the document of type `info`.
  /// @see https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Versioning/#getInfo
  Result<UnpackingGCSResponse> get_gcs_info(Options<GetGcsInfoOptions> options = {}) const {
    return send_unpacking(
        "info", detail::get("/info").query_params(options.query_params).unauthenticated());
  }

  /// The document of the endpoint.
  ///
  /// @see https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Endpoint/#getEndpoint
  Result<UnpackingGCSResponse> get_endpoint(Options<GCSGetEndpointOptions> options = {}) const {
    return send_unpacking("endpoint", detail::get("/endpoint").query_params(options.query_params));
  }

  /// Changes the endpoint: the members that the document has, and no others.
  ///
  /// @param endpoint_data EndpointDocument, or a document of your own.
  /// @return the endpoint where `include` asks for it.
  /// @see https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Endpoint/#patchEndpoint
  Result<UnpackingGCSResponse> update_endpoint(
      Document endpoint_data, Options<GCSUpdateEndpointOptions> options = {}) const {
    return send_unpacking("endpoint", detail::patch("/endpoint")
                                          .json(endpoint_data.json())
                                          .query("include", options.include)
                                          .query_params(options.query_params));
  }

  /// Replaces the endpoint's document: members that the new one lacks are removed. Beyond the
  /// Python SDK.
  ///
  /// @param endpoint_data EndpointDocument, or a document of your own.
  /// @return the endpoint where `include` asks for it.
  /// @see https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Endpoint/#putEndpoint
  Result<UnpackingGCSResponse> replace_endpoint(
      Document endpoint_data, Options<ReplaceEndpointOptions> options = {}) const {
    return send_unpacking("endpoint", detail::put("/endpoint")
                                          .json(endpoint_data.json())
                                          .query("include", options.include)
                                          .query_params(options.query_params));
  }

  /// Gives the endpoint another owner. Beyond the Python SDK.
  ///
  /// @param identity_id the owner's, a UUID.
  /// @see https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Endpoint/#putEndpointOwner
  Result<GlobusHTTPResponse> update_endpoint_owner(
      Text identity_id, Options<UpdateEndpointOwnerOptions> options = {}) const {
    return this->send(detail::put("/endpoint/owner")
                          .json(detail::owner_document("endpoint_owner#1.0.0", identity_id))
                          .query_params(options.query_params));
  }

  /// Shows the username of an identity of the user's own as the owner of the endpoint. Beyond the
  /// Python SDK.
  ///
  /// @param identity_id a UUID. The identity must be an administrator of the endpoint.
  /// @see
  /// https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Endpoint/#putEndpointOwnerString
  Result<GlobusHTTPResponse> update_endpoint_owner_string(
      Text identity_id, Options<UpdateEndpointOwnerStringOptions> options = {}) const {
    return this->send(detail::put("/endpoint/owner_string")
                          .json(detail::owner_document("owner_string#1.0.0", identity_id))
                          .query_params(options.query_params));
  }

  /// Shows the client id of the endpoint as its owner, as it was at first. Beyond the Python SDK.
  ///
  /// @see
  /// https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Endpoint/#deleteEndpointOwnerString
  Result<GlobusHTTPResponse> reset_endpoint_owner_string(
      Options<ResetEndpointOwnerStringOptions> options = {}) const {
    return this->send(detail::delete_("/endpoint/owner_string").query_params(options.query_params));
  }

  /// Puts the endpoint under a subscription, or takes it from the one that it has. Beyond the
  /// Python SDK.
  ///
  /// @param subscription_id a UUID; `DEFAULT` for the only subscription of the user; null for none.
  /// @see
  /// https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Endpoint/#putEndpointSubscriptionId
  Result<GlobusHTTPResponse> update_endpoint_subscription_id(
      const Nullable<std::string>& subscription_id,
      Options<UpdateEndpointSubscriptionIdOptions> options = {}) const {
    return this->send(detail::put("/endpoint/subscription_id")
                          .json(detail::subscription_document(subscription_id))
                          .query_params(options.query_params));
  }

  // ---- collections ------------------------------------------------------------------------------

  /// The collections of the endpoint; pages by marker.
  ///
  /// @throws GlobusSDKUsageError for a negative page_size.
  /// @see
  /// https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Collections/#listCollections
  Result<IterableGCSResponse> get_collection_list(
      Options<GetCollectionListOptions> options = {}) const {
    return this->template send_paged<IterableGCSResponse>(
        detail::get("/collections")
            .query("include", options.include)
            .query("page_size", options.page_size)
            .query("marker", options.marker)
            .query("mapped_collection_id", options.mapped_collection_id)
            .query("filter", options.filter)
            .query_params(options.query_params),
        by_marker);
  }

  /// The document of a collection.
  ///
  /// @param collection_id a UUID.
  /// @see https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Collections/#getCollection
  Result<UnpackingGCSResponse> get_collection(Text collection_id,
                                              Options<GetCollectionOptions> options = {}) const {
    return send_unpacking("collection",
                          detail::get(detail::path("/collections/{collection_id}", {collection_id}))
                              .query_params(options.query_params));
  }

  /// Makes a collection. Its administrator is the user. For a guest collection the user needs an
  /// account that the storage gateway lets in; for a mapped collection, the role of an owner or
  /// administrator of the endpoint.
  ///
  /// @param collection_data MappedCollectionDocument, GuestCollectionDocument, or a document of
  ///   your own.
  /// @see
  /// https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Collections/#postCollection
  Result<UnpackingGCSResponse> create_collection(Document collection_data) const {
    return send_unpacking("collection", detail::post("/collections").json(collection_data.json()));
  }

  /// Changes a collection: the members that the document has, and no others.
  ///
  /// @param collection_id a UUID.
  /// @param collection_data MappedCollectionDocument, GuestCollectionDocument, or a document of
  ///   your own.
  /// @see
  /// https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Collections/#patchCollection
  Result<UnpackingGCSResponse> update_collection(
      Text collection_id, Document collection_data,
      Options<UpdateCollectionOptions> options = {}) const {
    return send_unpacking(
        "collection", detail::patch(detail::path("/collections/{collection_id}", {collection_id}))
                          .json(collection_data.json())
                          .query_params(options.query_params));
  }

  /// Replaces the document of a collection: members that the new one lacks are removed. Beyond the
  /// Python SDK.
  ///
  /// @param collection_id a UUID.
  /// @param collection_data MappedCollectionDocument, GuestCollectionDocument, or a document of
  ///   your own.
  /// @see https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Collections/#putCollection
  Result<UnpackingGCSResponse> replace_collection(
      Text collection_id, Document collection_data,
      Options<ReplaceCollectionOptions> options = {}) const {
    return send_unpacking("collection",
                          detail::put(detail::path("/collections/{collection_id}", {collection_id}))
                              .json(collection_data.json())
                              .query_params(options.query_params));
  }

  /// Deletes a collection. The files in it stay.
  ///
  /// @param collection_id a UUID.
  /// @see
  /// https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Collections/#deleteCollection
  Result<GlobusHTTPResponse> delete_collection(
      Text collection_id, Options<DeleteCollectionOptions> options = {}) const {
    return this->send(detail::delete_(detail::path("/collections/{collection_id}", {collection_id}))
                          .query_params(options.query_params));
  }

  /// Shows the username of an identity of the user's own as the owner of a collection. Beyond the
  /// Python SDK.
  ///
  /// @param collection_id a UUID.
  /// @param identity_id a UUID. The identity must be an administrator of the collection.
  /// @see
  /// https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Collections/#putCollectionOwnerString
  Result<GlobusHTTPResponse> update_collection_owner_string(
      Text collection_id, Text identity_id,
      Options<UpdateCollectionOwnerStringOptions> options = {}) const {
    return this->send(
        detail::put(detail::path("/collections/{collection_id}/owner_string", {collection_id}))
            .json(detail::owner_document("owner_string#1.0.0", identity_id))
            .query_params(options.query_params));
  }

  /// Shows the client id of the endpoint as the owner of a collection, as it was at first. Beyond
  /// the Python SDK.
  ///
  /// @param collection_id a UUID.
  /// @see
  /// https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Collections/#deleteCollectionOwnerString
  Result<GlobusHTTPResponse> reset_collection_owner_string(
      Text collection_id, Options<ResetCollectionOwnerStringOptions> options = {}) const {
    return this->send(
        detail::delete_(detail::path("/collections/{collection_id}/owner_string", {collection_id}))
            .query_params(options.query_params));
  }

  // ---- storage gateways -------------------------------------------------------------------------

  /// The storage gateways of the endpoint; pages by marker.
  ///
  /// @throws GlobusSDKUsageError for a negative page_size.
  /// @see
  /// https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Storage_Gateways/#getStorageGateways
  Result<IterableGCSResponse> get_storage_gateway_list(
      Options<GetStorageGatewayListOptions> options = {}) const {
    return this->template send_paged<IterableGCSResponse>(detail::get("/storage_gateways")
                                                              .query("include", options.include)
                                                              .query("page_size", options.page_size)
                                                              .query("marker", options.marker)
                                                              .query_params(options.query_params),
                                                          by_marker);
  }

  /// Makes a storage gateway.
  ///
  /// @param data StorageGatewayDocument, or a document of your own.
  /// @see
  /// https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Storage_Gateways/#postStorageGateway
  Result<UnpackingGCSResponse> create_storage_gateway(
      Document data, Options<CreateStorageGatewayOptions> options = {}) const {
    return send_unpacking(
        "storage_gateway",
        detail::post("/storage_gateways").json(data.json()).query_params(options.query_params));
  }

  /// The document of a storage gateway.
  ///
  /// @param storage_gateway_id a UUID.
  /// @see
  /// https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Storage_Gateways/#getStorageGateway
  Result<UnpackingGCSResponse> get_storage_gateway(
      Text storage_gateway_id, Options<GetStorageGatewayOptions> options = {}) const {
    return send_unpacking(
        "storage_gateway",
        detail::get(detail::path("/storage_gateways/{storage_gateway_id}", {storage_gateway_id}))
            .query("include", options.include)
            .query_params(options.query_params));
  }

  /// Changes a storage gateway: the members that the document has, and no others.
  ///
  /// @param storage_gateway_id a UUID.
  /// @param data StorageGatewayDocument, or a document of your own.
  /// @see
  /// https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Storage_Gateways/#patchStorageGateway
  Result<GlobusHTTPResponse> update_storage_gateway(
      Text storage_gateway_id, Document data,
      Options<UpdateStorageGatewayOptions> options = {}) const {
    return this->send(
        detail::patch(detail::path("/storage_gateways/{storage_gateway_id}", {storage_gateway_id}))
            .json(data.json())
            .query_params(options.query_params));
  }

  /// Replaces the document of a storage gateway: members that the new one lacks are removed. Beyond
  /// the Python SDK.
  ///
  /// @param storage_gateway_id a UUID.
  /// @param data StorageGatewayDocument, or a document of your own.
  /// @see
  /// https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Storage_Gateways/#putStorageGateway
  Result<GlobusHTTPResponse> replace_storage_gateway(
      Text storage_gateway_id, Document data,
      Options<ReplaceStorageGatewayOptions> options = {}) const {
    return this->send(
        detail::put(detail::path("/storage_gateways/{storage_gateway_id}", {storage_gateway_id}))
            .json(data.json())
            .query_params(options.query_params));
  }

  /// Deletes a storage gateway. It must have no collections any more.
  ///
  /// @param storage_gateway_id a UUID.
  /// @see
  /// https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Storage_Gateways/#deleteStorageGateway
  Result<GlobusHTTPResponse> delete_storage_gateway(
      Text storage_gateway_id, Options<DeleteStorageGatewayOptions> options = {}) const {
    return this->send(detail::delete_(detail::path("/storage_gateways/{storage_gateway_id}",
                                                   {storage_gateway_id}))
                          .query_params(options.query_params));
  }

  // ---- roles ------------------------------------------------------------------------------------

  /// Roles on the endpoint, or on a collection; pages by marker.
  ///
  /// @throws GlobusSDKUsageError for a negative page_size.
  /// @see https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Roles/#listRoles
  Result<IterableGCSResponse> get_role_list(Options<GCSGetRoleListOptions> options = {}) const {
    return this->template send_paged<IterableGCSResponse>(
        detail::get("/roles")
            .query("include", options.include)
            .query("page_size", options.page_size)
            .query("marker", options.marker)
            .query("collection_id", options.collection_id)
            .query_params(options.query_params),
        by_marker);
  }

  /// Gives an identity or a group a role.
  ///
  /// @param data GCSRoleDocument, or a document of your own.
  /// @see https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Roles/#postRole
  Result<UnpackingGCSResponse> create_role(Document data,
                                           Options<GCSCreateRoleOptions> options = {}) const {
    return send_unpacking(
        "role", detail::post("/roles").json(data.json()).query_params(options.query_params));
  }

  /// The document of a role.
  ///
  /// @param role_id a UUID.
  /// @see https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Roles/#getRole
  Result<UnpackingGCSResponse> get_role(Text role_id, Options<GetRoleOptions> options = {}) const {
    return send_unpacking("role", detail::get(detail::path("/roles/{role_id}", {role_id}))
                                      .query_params(options.query_params));
  }

  /// Takes a role away.
  ///
  /// @param role_id a UUID.
  /// @see https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Roles/#deleteRole
  Result<GlobusHTTPResponse> delete_role(Text role_id,
                                         Options<GCSDeleteRoleOptions> options = {}) const {
    return this->send(detail::delete_(detail::path("/roles/{role_id}", {role_id}))
                          .query_params(options.query_params));
  }

  // ---- user credentials -------------------------------------------------------------------------

  /// The user's credentials for storage gateways; pages by marker.
  ///
  /// @throws GlobusSDKUsageError for a negative page_size.
  /// @see
  /// https://docs.globus.org/globus-connect-server/v5.4/api/openapi_User_Credentials/#getUserCredentials
  Result<IterableGCSResponse> get_user_credential_list(
      Options<GetUserCredentialListOptions> options = {}) const {
    return this->template send_paged<IterableGCSResponse>(
        detail::get("/user_credentials")
            .query("storage_gateway", options.storage_gateway)
            .query("page_size", options.page_size)
            .query("marker", options.marker)
            .query_params(options.query_params),
        by_marker);
  }

  /// Makes a credential.
  ///
  /// @param data UserCredentialDocument, or a document of your own.
  /// @see
  /// https://docs.globus.org/globus-connect-server/v5.4/api/openapi_User_Credentials/#postUserCredential
  Result<UnpackingGCSResponse> create_user_credential(
      Document data, Options<CreateUserCredentialOptions> options = {}) const {
    return send_unpacking(
        "user_credential",
        detail::post("/user_credentials").json(data.json()).query_params(options.query_params));
  }

  /// The document of a credential.
  ///
  /// @param user_credential_id a UUID.
  /// @see
  /// https://docs.globus.org/globus-connect-server/v5.4/api/openapi_User_Credentials/#getUserCredential
  Result<UnpackingGCSResponse> get_user_credential(
      Text user_credential_id, Options<GetUserCredentialOptions> options = {}) const {
    return send_unpacking(
        "user_credential",
        detail::get(detail::path("/user_credentials/{user_credential_id}", {user_credential_id}))
            .query_params(options.query_params));
  }

  /// Changes a credential: the members that the document has, and no others.
  ///
  /// @param user_credential_id a UUID.
  /// @param data UserCredentialDocument, or a document of your own.
  /// @see
  /// https://docs.globus.org/globus-connect-server/v5.4/api/openapi_User_Credentials/#patchUserCredential
  Result<UnpackingGCSResponse> update_user_credential(
      Text user_credential_id, Document data,
      Options<UpdateUserCredentialOptions> options = {}) const {
    return send_unpacking(
        "user_credential",
        detail::patch(detail::path("/user_credentials/{user_credential_id}", {user_credential_id}))
            .json(data.json())
            .query_params(options.query_params));
  }

  /// Replaces the document of a credential: members that the new one lacks are removed. Beyond the
  /// Python SDK.
  ///
  /// @param user_credential_id a UUID.
  /// @param data UserCredentialDocument, or a document of your own.
  /// @see
  /// https://docs.globus.org/globus-connect-server/v5.4/api/openapi_User_Credentials/#putUserCredential
  Result<UnpackingGCSResponse> replace_user_credential(
      Text user_credential_id, Document data,
      Options<ReplaceUserCredentialOptions> options = {}) const {
    return send_unpacking(
        "user_credential",
        detail::put(detail::path("/user_credentials/{user_credential_id}", {user_credential_id}))
            .json(data.json())
            .query_params(options.query_params));
  }

  /// Deletes a credential.
  ///
  /// @param user_credential_id a UUID.
  /// @see
  /// https://docs.globus.org/globus-connect-server/v5.4/api/openapi_User_Credentials/#deleteUserCredential
  Result<GlobusHTTPResponse> delete_user_credential(
      Text user_credential_id, Options<DeleteUserCredentialOptions> options = {}) const {
    return this->send(detail::delete_(detail::path("/user_credentials/{user_credential_id}",
                                                   {user_credential_id}))
                          .query_params(options.query_params));
  }

  // ---- nodes ------------------------------------------------------------------------------------

  /// The endpoint's data transfer nodes; pages by marker. Beyond the Python SDK.
  ///
  /// @throws GlobusSDKUsageError for a negative page_size.
  /// @see https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Nodes/#listNodes
  Result<IterableGCSResponse> get_node_list(Options<GetNodeListOptions> options = {}) const {
    return this->template send_paged<IterableGCSResponse>(detail::get("/nodes")
                                                              .query("page_size", options.page_size)
                                                              .query("marker", options.marker)
                                                              .query_params(options.query_params),
                                                          by_marker);
  }

  /// Adds a node to the endpoint. Beyond the Python SDK.
  ///
  /// @param data a document with `DATA_TYPE` (`node#1.0.0`), `ip_addresses` (a list), `status`
  ///   (`active` or `inactive`), and, where wanted, `incoming_port_range` and
  ///   `outgoing_port_range` (lists of two numbers).
  /// @see https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Nodes/#postNodes
  Result<UnpackingGCSResponse> create_node(Document data,
                                           Options<CreateNodeOptions> options = {}) const {
    return send_unpacking(
        "node", detail::post("/nodes").json(data.json()).query_params(options.query_params));
  }

  /// The document of a node. Beyond the Python SDK.
  ///
  /// @param node_id a UUID.
  /// @see https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Nodes/#getNode
  Result<UnpackingGCSResponse> get_node(Text node_id, Options<GetNodeOptions> options = {}) const {
    return send_unpacking("node", detail::get(detail::path("/nodes/{node_id}", {node_id}))
                                      .query_params(options.query_params));
  }

  /// Changes a node: the members that the document has, and no others. Beyond the Python SDK.
  ///
  /// @param node_id a UUID.
  /// @param data a document as for create_node.
  /// @return the node where `include` asks for it.
  /// @see https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Nodes/#patchNode
  Result<UnpackingGCSResponse> update_node(Text node_id, Document data,
                                           Options<UpdateNodeOptions> options = {}) const {
    return send_unpacking("node", detail::patch(detail::path("/nodes/{node_id}", {node_id}))
                                      .json(data.json())
                                      .query("include", options.include)
                                      .query_params(options.query_params));
  }

  /// Replaces the document of a node: members that the new one lacks are removed. Beyond the Python
  /// SDK.
  ///
  /// @param node_id a UUID.
  /// @param data a document as for create_node.
  /// @return the node where `include` asks for it.
  /// @see https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Nodes/#putNode
  Result<UnpackingGCSResponse> replace_node(Text node_id, Document data,
                                            Options<ReplaceNodeOptions> options = {}) const {
    return send_unpacking("node", detail::put(detail::path("/nodes/{node_id}", {node_id}))
                                      .json(data.json())
                                      .query("include", options.include)
                                      .query_params(options.query_params));
  }

  /// Removes a node from the endpoint. Beyond the Python SDK.
  ///
  /// @param node_id a UUID.
  /// @see https://docs.globus.org/globus-connect-server/v5.4/api/openapi_Nodes/#deleteNode
  Result<GlobusHTTPResponse> delete_node(Text node_id,
                                         Options<DeleteNodeOptions> options = {}) const {
    return this->send(detail::delete_(detail::path("/nodes/{node_id}", {node_id}))
                          .query_params(options.query_params));
  }

 private:
  /// How every listing of the service goes on.
  static constexpr Paging by_marker{.kind = Paging::Kind::marker, .items_key = "data"};

  /// Sends a request whose answer has a document of that kind in it.
  Result<UnpackingGCSResponse> send_unpacking(std::string_view data_type, Request&& request) const {
    static_assert(
        requires { typename Mode::template Operation<UnpackingGCSResponse>; },
        "this method is not paginated: call it on the client itself");
    return unpacked(data_type, std::move(request));
  }
  Result<UnpackingGCSResponse> unpacked(std::string_view data_type, Request&& request) const;
};

extern template class BasicGCSClient<Blocking>;

/// The client in its ordinary mode: a method returns when its answer is there.
using GCSClient = BasicGCSClient<Blocking>;

}  // namespace globus_sdk::inline v0
