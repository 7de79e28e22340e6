// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "globus_sdk/core/document.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/strings.hpp"
#include "globus_sdk/gcs/gcs_document.hpp"

namespace globus_sdk::inline v0 {

/// Options of StorageGatewayDocument.
struct StorageGatewayDocumentOptions {
  /// Type and version of the document. Unset: the lowest version that has what the document holds.
  Field<std::string> DATA_TYPE{};
  /// A name for the storage gateway.
  Field<std::string> display_name{};
  /// The connector, a UUID: see ConnectorTable.
  Field<std::string> connector_id{};
  /// The folder of the storage below which everything is.
  Field<std::string> root{};
  /// How identities become accounts: a list of mappings, each of them an object. What a single
  /// object gives is, as in Python, the list of its names.
  Field<Json> identity_mappings{};
  /// What the connector needs to know: an object of a class of storage policies
  /// (POSIXStoragePolicies, S3StoragePolicies, ...), or a document of your own.
  Field<Document> policies{};
  /// Users must have an identity of one of these domains.
  Field<Strings> allowed_domains{};
  /// Whether the storage gateway is for data that needs high assurance.
  Field<bool> high_assurance{};
  /// Whether users need a second factor; only with high assurance.
  Field<bool> require_mfa{};
  /// Within how many minutes a user must have logged in.
  Field<std::int64_t> authentication_timeout_mins{};
  /// Accounts that may use the storage gateway.
  Field<Strings> users_allow{};
  /// Accounts that may not.
  Field<Strings> users_deny{};
  /// More members of the document.
  Field<Json> additional_fields{};
};

/// A storage gateway: what an endpoint lets users do with one storage. Mirrors
/// `globus_sdk.StorageGatewayDocument`.
///
///     StorageGatewayDocument{{.display_name = "scratch",
///                             .connector_id = ConnectorTable::POSIX.connector_id,
///                             .policies = POSIXStoragePolicies{{.groups_allow = "staff"}}}}
class StorageGatewayDocument : public GCSDocument {
 public:
  /// @throws GlobusSDKUsageError when identity_mappings is neither a list nor an object.
  explicit StorageGatewayDocument(const StorageGatewayDocumentOptions& options = {});
};

}  // namespace globus_sdk::inline v0
