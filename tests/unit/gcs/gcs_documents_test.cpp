// SPDX-License-Identifier: Apache-2.0
// What the records of payload classes do not hold: versions that follow from several members, and
// documents within documents.
#include <gtest/gtest.h>

#include <string>

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/gcs/gcs_client.hpp"

namespace globus_sdk {
namespace {

std::string type_of(const GCSDocument& document) {
  return document.document().view()["DATA_TYPE"];
}

std::string type_with_message(const std::string& message) {
  return type_of(GuestCollectionDocument{{.user_message = message}});
}

TEST(GCSDocuments, HaveTheLowestVersionThatHasAllTheirMembers) {
  EXPECT_EQ(type_of(MappedCollectionDocument{}), "collection#1.0.0");
  EXPECT_EQ(type_of(MappedCollectionDocument{
                {.enable_https = true, .sharing_users_deny = "a", .delete_protected = false}}),
            "collection#1.8.0");
  EXPECT_EQ(type_of(MappedCollectionDocument{{.user_message = null}}), "collection#1.1.0");
  EXPECT_EQ(type_of(GuestCollectionDocument{{.acl_expiration_mins = 1, .skip_auto_delete = true}}),
            "collection#1.13.0");
  EXPECT_EQ(type_of(EndpointDocument{{.gridftp_control_channel_port = null}}), "endpoint#1.1.0");
  EXPECT_EQ(type_of(StorageGatewayDocument{{.require_mfa = false}}), "storage_gateway#1.1.0");
}

TEST(GCSDocuments, CountTheCharactersOfAMessage) {
  EXPECT_EQ(type_with_message(std::string(64, 'a')), "collection#1.1.0");
  EXPECT_EQ(type_with_message(std::string(65, 'a')), "collection#1.7.0");
  std::string umlauts;
  for (int i = 0; i < 64; ++i) umlauts += "ü";
  EXPECT_EQ(type_with_message(umlauts), "collection#1.1.0");
  EXPECT_EQ(type_with_message(umlauts + "🚀"), "collection#1.7.0");
  EXPECT_EQ(type_with_message(std::string(65, '\xE9')), "collection#1.7.0");
  EXPECT_EQ(type_of(MappedCollectionDocument{
                {.user_message = std::string(65, 'a'), .delete_protected = true}}),
            "collection#1.8.0");
}

TEST(GCSDocuments, CountAdditionalMembersToo) {
  EXPECT_EQ(type_of(MappedCollectionDocument{
                {.additional_fields = {{"activity_notification_policy", Json::object()}}}}),
            "collection#1.14.0");
  EXPECT_EQ(type_of(MappedCollectionDocument{
                {.force_verify = true, .additional_fields = {{"DATA_TYPE", "collection#9.0.0"}}}}),
            "collection#9.0.0");
  EXPECT_EQ(type_of(MappedCollectionDocument{
                {.data_type = "collection#1.3.0", .associated_flow_policy = Json::object()}}),
            "collection#1.3.0");
}

TEST(GCSDocuments, KeepAdditionalMembersUnlessAnOptionSaysOtherwise) {
  const MappedCollectionDocument document{
      {.domain_name = "a.example.org",
       .additional_fields = {{"domain_name", "b.example.org"}, {"storage_gateway_id", "g"}}}};
  EXPECT_EQ(document.document().view()["domain_name"], "a.example.org");
  EXPECT_EQ(document.document().view()["storage_gateway_id"], "g");
}

TEST(GCSDocuments, TakeOneAnother) {
  const StorageGatewayDocument gateway{
      {.connector_id = ConnectorTable::POSIX.connector_id,
       .policies = POSIXStoragePolicies{{.groups_allow = {"a", "b"}, .groups_deny = "c"}}}};
  EXPECT_EQ(gateway.document(), Json::parse(R"({
    "DATA_TYPE": "storage_gateway#1.0.0", "connector_id": "145812c8-decc-41f1-83cf-bb2a85a2a70b",
    "policies": {"DATA_TYPE": "posix_storage_policies#1.0.0", "groups_allow": ["a", "b"],
                 "groups_deny": ["c"]}})"));
  const POSIXStagingCollectionPolicies policies{
      {.sharing_groups_allow = null, .additional_fields = {{"more", 1}}}};
  const CollectionDocument collection = MappedCollectionDocument{{.policies = policies}};
  EXPECT_EQ(collection.document(), Json::parse(R"({
    "DATA_TYPE": "collection#1.0.0", "collection_type": "mapped",
    "policies": {"DATA_TYPE": "posix_staging_collection_policies#1.0.0",
                 "sharing_groups_allow": null, "more": 1}})"));
}

TEST(GCSDocuments, TakeListsOfObjects) {
  const StorageGatewayDocument one{
      {.identity_mappings = {
           {{"DATA_TYPE", "expression_identity_mapping#1.0.0"}, {"mappings", Json::array()}}}}};
  EXPECT_EQ(one.document().view()["identity_mappings"].dump(),
            R"([{"DATA_TYPE":"expression_identity_mapping#1.0.0","mappings":[]}])");
  const POSIXStagingStoragePolicies policies{
      {.stage_app = "/bin/stage",
       .environment = {{{"name", "A"}, {"value", "1"}}, {{"name", "B"}, {"value", ""}}}}};
  EXPECT_EQ(policies.document().view()["environment"].dump(),
            R"([{"name":"A","value":"1"},{"name":"B","value":""}])");
  EXPECT_THROW(StorageGatewayDocument({.identity_mappings = "text"}), GlobusSDKUsageError);
  EXPECT_THROW(POSIXStagingStoragePolicies({.environment = 7}), GlobusSDKUsageError);
}

TEST(GCSDocuments, RefuseWhatNoServerKnows) {
  EXPECT_THROW(EndpointDocument({.network_use = "maximal"}), GlobusSDKUsageError);
  EXPECT_THROW(MappedCollectionDocument({.restrict_transfers_to_high_assurance = "none"}),
               GlobusSDKUsageError);
  EXPECT_THROW(S3StoragePolicies({.additional_fields = "text"}), GlobusSDKUsageError);
}

TEST(GCSDocuments, MayHaveNulls) {
  const GuestCollectionDocument document{
      {.contact_email = null, .restrict_transfers_to_high_assurance = null}};
  EXPECT_EQ(document.document(), Json::parse(R"({
    "DATA_TYPE": "collection#1.12.0", "collection_type": "guest", "contact_email": null,
    "restrict_transfers_to_high_assurance": null})"));
}

}  // namespace
}  // namespace globus_sdk
