// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/strings.hpp"

namespace globus_sdk::inline v0 {

// Options of GCSClient's methods, each struct named for its method. Where another client has a
// method of the same name, `GCS` stands before it.

/// Options of GCSClient::get_gcs_info.
struct GetGcsInfoOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::get_endpoint.
struct GCSGetEndpointOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::update_endpoint.
struct GCSUpdateEndpointOptions {
  /// Documents to show in the answer: `endpoint`.
  Field<Strings> include{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::replace_endpoint.
struct ReplaceEndpointOptions {
  /// Documents to show in the answer: `endpoint`.
  Field<Strings> include{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::update_endpoint_owner.
struct UpdateEndpointOwnerOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::update_endpoint_owner_string.
struct UpdateEndpointOwnerStringOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::reset_endpoint_owner_string.
struct ResetEndpointOwnerStringOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::update_endpoint_subscription_id.
struct UpdateEndpointSubscriptionIdOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::get_collection_list.
struct GetCollectionListOptions {
  /// Only guest collections of this mapped collection, a UUID.
  Field<std::string> mapped_collection_id{};
  /// Only collections of these kinds: `mapped_collections`, `guest_collections`, `managed_by_me`,
  /// `created_by_me`; one or several.
  Field<Strings> filter{};
  /// More documents to show: `private_policies`; one or several.
  Field<Strings> include{};
  /// How many collections a page has.
  Field<std::int64_t> page_size{};
  /// Where the page begins: `marker` of the page before it.
  Field<std::string> marker{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::get_collection.
struct GetCollectionOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::update_collection.
struct UpdateCollectionOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::replace_collection.
struct ReplaceCollectionOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::delete_collection.
struct DeleteCollectionOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::update_collection_owner_string.
struct UpdateCollectionOwnerStringOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::reset_collection_owner_string.
struct ResetCollectionOwnerStringOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::get_storage_gateway_list.
struct GetStorageGatewayListOptions {
  /// More documents to show: `private_policies`, which takes the role of an administrator of the
  /// endpoint; one or several.
  Field<Strings> include{};
  /// How many storage gateways a page has.
  Field<std::int64_t> page_size{};
  /// Where the page begins: `marker` of the page before it.
  Field<std::string> marker{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::create_storage_gateway.
struct CreateStorageGatewayOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::get_storage_gateway.
struct GetStorageGatewayOptions {
  /// More documents to show: `private_policies`, which takes the role of an administrator of the
  /// endpoint; one or several.
  Field<Strings> include{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::update_storage_gateway.
struct UpdateStorageGatewayOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::replace_storage_gateway.
struct ReplaceStorageGatewayOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::delete_storage_gateway.
struct DeleteStorageGatewayOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::get_role_list.
struct GCSGetRoleListOptions {
  /// Roles of this collection, a UUID; unset: those of the endpoint.
  Field<std::string> collection_id{};
  /// `all_roles` for the roles of everybody; unset: those of the user.
  Field<std::string> include{};
  /// How many roles a page has.
  Field<std::int64_t> page_size{};
  /// Where the page begins: `marker` of the page before it.
  Field<std::string> marker{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::create_role.
struct GCSCreateRoleOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::get_role.
struct GetRoleOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::delete_role.
struct GCSDeleteRoleOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::get_user_credential_list.
struct GetUserCredentialListOptions {
  /// Only credentials for this storage gateway, a UUID.
  Field<std::string> storage_gateway{};
  /// How many credentials a page has.
  Field<std::int64_t> page_size{};
  /// Where the page begins: `marker` of the page before it.
  Field<std::string> marker{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::create_user_credential.
struct CreateUserCredentialOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::get_user_credential.
struct GetUserCredentialOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::update_user_credential.
struct UpdateUserCredentialOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::replace_user_credential.
struct ReplaceUserCredentialOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::delete_user_credential.
struct DeleteUserCredentialOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::get_node_list.
struct GetNodeListOptions {
  /// How many nodes a page has.
  Field<std::int64_t> page_size{};
  /// Where the page begins: `marker` of the page before it.
  Field<std::string> marker{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::create_node.
struct CreateNodeOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::get_node.
struct GetNodeOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::update_node.
struct UpdateNodeOptions {
  /// Documents to show in the answer: `node`.
  Field<Strings> include{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::replace_node.
struct ReplaceNodeOptions {
  /// Documents to show in the answer: `node`.
  Field<Strings> include{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of GCSClient::delete_node.
struct DeleteNodeOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

}  // namespace globus_sdk::inline v0
