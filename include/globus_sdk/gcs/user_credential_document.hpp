// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/gcs/gcs_document.hpp"

namespace globus_sdk::inline v0 {

/// Options of UserCredentialDocument.
struct UserCredentialDocumentOptions {
  /// Type and version of the document; `user_credential#1.0.0` when unset.
  Field<std::string> DATA_TYPE{};
  /// The identity that the credential is for, a UUID.
  Field<std::string> identity_id{};
  /// The connector, a UUID: see ConnectorTable.
  Field<std::string> connector_id{};
  /// The account, in the form that the connector has for accounts.
  Field<std::string> username{};
  /// A name for the credential.
  Field<std::string> display_name{};
  /// The storage gateway that the credential is for, a UUID.
  Field<std::string> storage_gateway_id{};
  /// What the connector needs besides: an object, with keys for the storage for example.
  Field<Json> policies{};
  /// More members of the document.
  Field<Json> additional_fields{};
};

/// An account of a user's on a storage gateway. Mirrors `globus_sdk.UserCredentialDocument`.
class UserCredentialDocument : public GCSDocument {
 public:
  explicit UserCredentialDocument(const UserCredentialDocumentOptions& options = {});
};

}  // namespace globus_sdk::inline v0
