// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/gcs/endpoint_document.hpp"

#include "gcs/typed_document.hpp"

namespace globus_sdk::inline v0 {

namespace {

constexpr detail::MemberVersion versions[] = {{"gridftp_control_channel_port", 1}};

Json document_of(const EndpointDocumentOptions& options) {
  Payload document;
  document.set("DATA_TYPE", options.data_type)
      .set("contact_email", options.contact_email)
      .set("contact_info", options.contact_info)
      .set("department", options.department)
      .set("description", options.description)
      .set("display_name", options.display_name)
      .set("info_link", options.info_link)
      .set("network_use", options.network_use)
      .set("organization", options.organization)
      .set("subscription_id", options.subscription_id)
      .set("keywords", options.keywords)
      .set("allow_udt", options.allow_udt)
      .set("public", options.public_)
      .set("max_concurrency", options.max_concurrency)
      .set("max_parallelism", options.max_parallelism)
      .set("preferred_concurrency", options.preferred_concurrency)
      .set("preferred_parallelism", options.preferred_parallelism)
      .set("gridftp_control_channel_port", options.gridftp_control_channel_port)
      .merge(options.additional_fields);
  detail::deduce_data_type(document, "endpoint", versions);
  return document.json();
}

}  // namespace

EndpointDocument::EndpointDocument(const EndpointDocumentOptions& options)
    : GCSDocument(document_of(options)) {}

}  // namespace globus_sdk::inline v0
