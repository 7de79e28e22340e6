// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/gcs/storage_gateway_document.hpp"

#include "gcs/typed_document.hpp"

namespace globus_sdk::inline v0 {

namespace {

constexpr detail::MemberVersion versions[] = {{"require_mfa", 1}};

Json document_of(const StorageGatewayDocumentOptions& options) {
  Payload document;
  document.set("DATA_TYPE", options.DATA_TYPE)
      .set("display_name", options.display_name)
      .set("connector_id", options.connector_id)
      .set("root", options.root)
      .set("identity_mappings", detail::listed("identity_mappings", options.identity_mappings))
      .set("policies", options.policies)
      .set("allowed_domains", options.allowed_domains)
      .set("high_assurance", options.high_assurance)
      .set("require_mfa", options.require_mfa)
      .set("authentication_timeout_mins", options.authentication_timeout_mins)
      .set("users_allow", options.users_allow)
      .set("users_deny", options.users_deny)
      .merge(options.additional_fields);
  detail::deduce_data_type(document, "storage_gateway", versions);
  return document.json();
}

}  // namespace

StorageGatewayDocument::StorageGatewayDocument(const StorageGatewayDocumentOptions& options)
    : GCSDocument(document_of(options)) {}

}  // namespace globus_sdk::inline v0
