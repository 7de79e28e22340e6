// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/gcs/gcs_role_document.hpp"

#include "gcs/typed_document.hpp"

namespace globus_sdk::inline v0 {

GCSRoleDocument::GCSRoleDocument(const GCSRoleDocumentOptions& options)
    : GCSDocument(detail::typed_document(options.DATA_TYPE, "role#1.0.0")
                      .set("collection", options.collection)
                      .set("principal", options.principal)
                      .set("role", options.role)
                      .merge(options.additional_fields)
                      .json()) {}

}  // namespace globus_sdk::inline v0
