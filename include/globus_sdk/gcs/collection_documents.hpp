// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "globus_sdk/core/choice.hpp"
#include "globus_sdk/core/document.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/strings.hpp"
#include "globus_sdk/gcs/gcs_document.hpp"

namespace globus_sdk::inline v0 {

/// Which transfers of a collection may only be with collections of high assurance.
enum class HighAssuranceTransfers { inbound, outbound, all };
template <> struct ChoiceNames<HighAssuranceTransfers> {
  static constexpr std::string_view parameter = "restrict_transfers_to_high_assurance";
  static constexpr std::string_view names[] = {"inbound", "outbound", "all"};
  static constexpr bool closed = true;
};

/// Options of MappedCollectionDocument.
struct MappedCollectionDocumentOptions {
  /// Type and version of the document. Unset: the lowest version that has what the document holds,
  /// which the most servers understand.
  Field<std::string> data_type{};
  /// The folder of the collection: an absolute path on the storage. A new collection needs one.
  Field<std::string> collection_base_path{};
  /// Where users get support; null for none.
  Nullable<std::string> contact_email{};
  /// Telephone numbers and addresses for support; null for none.
  Nullable<std::string> contact_info{};
  /// The folder that users see first.
  Field<std::string> default_directory{};
  /// The department that runs the collection; null for none.
  Nullable<std::string> department{};
  /// A description; null for none.
  Nullable<std::string> description{};
  /// A name for users.
  Field<std::string> display_name{};
  /// The identity that owns the collection, a UUID.
  Field<std::string> identity_id{};
  /// URL of a page with more about the collection; null for none.
  Nullable<std::string> info_link{};
  /// The organization that runs the collection.
  Field<std::string> organization{};
  /// Which transfers may only be with collections of high assurance; null for none.
  Nullable<Choice<HighAssuranceTransfers>> restrict_transfers_to_high_assurance{};
  /// A message that users see when they use the collection; null for none. One of more than 64
  /// characters needs a newer server.
  Nullable<std::string> user_message{};
  /// URL of a page with more to that message; null for none.
  Nullable<std::string> user_message_link{};
  /// Words for searches.
  Field<Strings> keywords{};
  /// Whether transfers compare no checksums.
  Field<bool> disable_verify{};
  /// Whether files may be read and written by https; only with a subscription.
  Field<bool> enable_https{};
  /// Whether all transfers are encrypted.
  Field<bool> force_encryption{};
  /// Whether all transfers compare checksums.
  Field<bool> force_verify{};
  /// Whether the collection is visible to everybody.
  Field<bool> public_{};
  /// How many minutes the permissions on guest collections last; only with high assurance. Where a
  /// guest collection has such a number too, the lesser one counts.
  Field<std::int64_t> acl_expiration_mins{};
  /// The name of the host that serves the collection.
  Field<std::string> domain_name{};
  /// The policy of Globus Auth that guest collections inherit, a UUID; null for none.
  Nullable<std::string> guest_auth_policy_id{};
  /// The storage gateway, a UUID. A new collection needs one.
  Field<std::string> storage_gateway_id{};
  /// Accounts whose users may make guest collections; null for no such list.
  Nullable<Strings> sharing_users_allow{};
  /// Accounts whose users may not; null for no such list.
  Nullable<Strings> sharing_users_deny{};
  /// What paths guest collections may have: a `path_restrictions` document; null for any.
  Nullable<Json> sharing_restrict_paths{};
  /// Whether the collection cannot be deleted. A new collection cannot, unless this is false.
  Field<bool> delete_protected{};
  /// Whether there may be guest collections.
  Field<bool> allow_guest_collections{};
  /// Whether permissions of guest collections let nobody write who has not logged in. Not with high
  /// assurance.
  Field<bool> disable_anonymous_writes{};
  /// After how many days without use guest collections are deleted.
  Field<std::int64_t> auto_delete_timeout{};
  /// Which flows run when the collection is used: an object. See
  /// https://docs.globus.org/api/transfer/endpoints_and_collections/#associated_flow_policy
  Field<Json> associated_flow_policy{};
  /// What the connector needs to know: an object of a class of collection policies
  /// (POSIXCollectionPolicies, ...), or a document of your own.
  Field<Document> policies{};
  /// More members of the document.
  Field<Json> additional_fields{};
};

/// Options of GuestCollectionDocument.
struct GuestCollectionDocumentOptions {
  /// Type and version of the document. Unset: the lowest version that has what the document holds,
  /// which the most servers understand.
  Field<std::string> data_type{};
  /// The folder of the collection: a path below the mapped collection's root. A new collection
  /// needs one.
  Field<std::string> collection_base_path{};
  /// Where users get support; null for none.
  Nullable<std::string> contact_email{};
  /// Telephone numbers and addresses for support; null for none.
  Nullable<std::string> contact_info{};
  /// The folder that users see first.
  Field<std::string> default_directory{};
  /// The department that runs the collection; null for none.
  Nullable<std::string> department{};
  /// A description; null for none.
  Nullable<std::string> description{};
  /// A name for users.
  Field<std::string> display_name{};
  /// The identity that owns the collection, a UUID.
  Field<std::string> identity_id{};
  /// URL of a page with more about the collection; null for none.
  Nullable<std::string> info_link{};
  /// The organization that runs the collection.
  Field<std::string> organization{};
  /// Which transfers may only be with collections of high assurance; null for none.
  Nullable<Choice<HighAssuranceTransfers>> restrict_transfers_to_high_assurance{};
  /// A message that users see when they use the collection; null for none. One of more than 64
  /// characters needs a newer server.
  Nullable<std::string> user_message{};
  /// URL of a page with more to that message; null for none.
  Nullable<std::string> user_message_link{};
  /// Words for searches.
  Field<Strings> keywords{};
  /// Whether transfers compare no checksums.
  Field<bool> disable_verify{};
  /// Whether files may be read and written by https; only with a subscription.
  Field<bool> enable_https{};
  /// Whether all transfers are encrypted.
  Field<bool> force_encryption{};
  /// Whether all transfers compare checksums.
  Field<bool> force_verify{};
  /// Whether the collection is visible to everybody.
  Field<bool> public_{};
  /// How many minutes permissions on the collection last; only with high assurance. Where the
  /// mapped collection has such a number too, the lesser one counts.
  Field<std::int64_t> acl_expiration_mins{};
  /// Which flows run when the collection is used: an object. See
  /// https://docs.globus.org/api/transfer/endpoints_and_collections/#associated_flow_policy
  Field<Json> associated_flow_policy{};
  /// The mapped collection, a UUID. A new collection needs one.
  Field<std::string> mapped_collection_id{};
  /// The credential that the collection's data is reached with, a UUID: one of its owner's. A new
  /// collection needs one.
  Field<std::string> user_credential_id{};
  /// Whether the collection stays however long nobody uses it: see
  /// MappedCollectionDocumentOptions::auto_delete_timeout.
  Field<bool> skip_auto_delete{};
  /// Which transfers the collection's administrators, activity managers and activity monitors get
  /// mail about when they end: an object of lists, `{{"status", {"SUCCEEDED", "FAILED"}}}` for
  /// example.
  Field<Json> activity_notification_policy{};
  /// More members of the document.
  Field<Json> additional_fields{};
};

/// A collection, of either kind, for GCSClient::create_collection and update_collection. Mirrors
/// `globus_sdk.CollectionDocument`.
class CollectionDocument : public GCSDocument {
 protected:
  using GCSDocument::GCSDocument;
};

/// A mapped collection: a folder of a storage gateway, where each user has an account. Mirrors
/// `globus_sdk.MappedCollectionDocument`.
///
///     MappedCollectionDocument{{.collection_base_path = "/", .display_name = "scratch",
///                               .storage_gateway_id = gateway_id}}
class MappedCollectionDocument : public CollectionDocument {
 public:
  explicit MappedCollectionDocument(const MappedCollectionDocumentOptions& options = {});
};

/// A guest collection: a folder of a mapped collection, which a user shares with others. Mirrors
/// `globus_sdk.GuestCollectionDocument`.
class GuestCollectionDocument : public CollectionDocument {
 public:
  explicit GuestCollectionDocument(const GuestCollectionDocumentOptions& options = {});
};

}  // namespace globus_sdk::inline v0
