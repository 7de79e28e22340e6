// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/gcs/collection_documents.hpp"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>

#include "gcs/typed_document.hpp"

namespace globus_sdk::inline v0 {

namespace {

constexpr detail::MemberVersion versions[] = {
    {"enable_https", 1},
    {"user_message", 1},
    {"user_message_link", 1},
    {"sharing_users_allow", 2},
    {"sharing_users_deny", 2},
    {"force_verify", 4},
    {"disable_anonymous_writes", 5},
    {"guest_auth_policy_id", 6},
    {"delete_protected", 8},
    {"acl_expiration_mins", 10},
    {"restrict_transfers_to_high_assurance", 12},
    {"auto_delete_timeout", 13},
    {"skip_auto_delete", 13},
    {"activity_notification_policy", 14},
    {"associated_flow_policy", 15},
};

/// The version that the length of the message to users needs: 1.7.0 allows for more than 64
/// characters.
int version_of_message(const Payload& document) {
  const auto* const member = document.object().if_contains("user_message");
  const auto* const message = member == nullptr ? nullptr : member->if_string();
  if (message == nullptr) return 0;
  // a character of UTF-8 has one byte that does not continue another
  const auto characters = std::ranges::count_if(
      *message, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80; });
  return characters > 64 ? 7 : 0;
}

/// What both kinds of collections have. Further members win over additional ones, as in Python.
template <class Options>
Payload document_of(std::string_view collection_type, const Options& options) {
  return Payload()
      .set("collection_type", collection_type)
      .set("DATA_TYPE", options.data_type)
      .set("collection_base_path", options.collection_base_path)
      .set("contact_email", options.contact_email)
      .set("contact_info", options.contact_info)
      .set("default_directory", options.default_directory)
      .set("department", options.department)
      .set("description", options.description)
      .set("display_name", options.display_name)
      .set("identity_id", options.identity_id)
      .set("info_link", options.info_link)
      .set("organization", options.organization)
      .set("restrict_transfers_to_high_assurance", options.restrict_transfers_to_high_assurance)
      .set("user_message", options.user_message)
      .set("user_message_link", options.user_message_link)
      .set("keywords", options.keywords)
      .set("disable_verify", options.disable_verify)
      .set("enable_https", options.enable_https)
      .set("force_encryption", options.force_encryption)
      .set("force_verify", options.force_verify)
      .set("public", options.public_)
      .set("acl_expiration_mins", options.acl_expiration_mins)
      .set("associated_flow_policy", options.associated_flow_policy)
      .merge(options.additional_fields);
}

/// The document with its type.
Json completed(Payload& document) {
  detail::deduce_data_type(document, "collection", versions, version_of_message(document));
  return document.json();
}

Json mapped_document(const MappedCollectionDocumentOptions& options) {
  Payload document = document_of("mapped", options);
  document.set("domain_name", options.domain_name)
      .set("guest_auth_policy_id", options.guest_auth_policy_id)
      .set("storage_gateway_id", options.storage_gateway_id)
      .set("sharing_users_allow", options.sharing_users_allow)
      .set("sharing_users_deny", options.sharing_users_deny)
      .set("sharing_restrict_paths", options.sharing_restrict_paths)
      .set("delete_protected", options.delete_protected)
      .set("allow_guest_collections", options.allow_guest_collections)
      .set("disable_anonymous_writes", options.disable_anonymous_writes)
      .set("auto_delete_timeout", options.auto_delete_timeout)
      .set("policies", options.policies);
  return completed(document);
}

Json guest_document(const GuestCollectionDocumentOptions& options) {
  Payload document = document_of("guest", options);
  document.set("mapped_collection_id", options.mapped_collection_id)
      .set("user_credential_id", options.user_credential_id)
      .set("skip_auto_delete", options.skip_auto_delete)
      .set("activity_notification_policy", options.activity_notification_policy);
  return completed(document);
}

}  // namespace

MappedCollectionDocument::MappedCollectionDocument(const MappedCollectionDocumentOptions& options)
    : CollectionDocument(mapped_document(options)) {}

GuestCollectionDocument::GuestCollectionDocument(const GuestCollectionDocumentOptions& options)
    : CollectionDocument(guest_document(options)) {}

}  // namespace globus_sdk::inline v0
