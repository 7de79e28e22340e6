// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/gcs/gcs_document.hpp"

namespace globus_sdk::inline v0 {

/// Options of GCSRoleDocument.
struct GCSRoleDocumentOptions {
  /// Type and version of the document; `role#1.0.0` when unset.
  Field<std::string> DATA_TYPE{};
  /// The collection, a UUID; unset for a role on the endpoint.
  Field<std::string> collection{};
  /// Who has the role: `urn:globus:auth:identity:UUID` or `urn:globus:groups:id:UUID`.
  Field<std::string> principal{};
  /// `owner`, `administrator`, `access_manager`, `activity_manager` or `activity_monitor`.
  Field<std::string> role{};
  /// More members of the document.
  Field<Json> additional_fields{};
};

/// A role on an endpoint or collection. Mirrors `globus_sdk.GCSRoleDocument`.
///
///     gcs.create_role(GCSRoleDocument{{.principal = "urn:globus:auth:identity:" + user_id,
///                                      .role = "activity_monitor"}});
class GCSRoleDocument : public GCSDocument {
 public:
  explicit GCSRoleDocument(const GCSRoleDocumentOptions& options = {});
};

}  // namespace globus_sdk::inline v0
