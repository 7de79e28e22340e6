// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/gcs/user_credential_document.hpp"

#include "gcs/typed_document.hpp"

namespace globus_sdk::inline v0 {

UserCredentialDocument::UserCredentialDocument(const UserCredentialDocumentOptions& options)
    : GCSDocument(detail::typed_document(options.DATA_TYPE, "user_credential#1.0.0")
                      .set("identity_id", options.identity_id)
                      .set("connector_id", options.connector_id)
                      .set("username", options.username)
                      .set("display_name", options.display_name)
                      .set("storage_gateway_id", options.storage_gateway_id)
                      .set("policies", options.policies)
                      .merge(options.additional_fields)
                      .json()) {}

}  // namespace globus_sdk::inline v0
