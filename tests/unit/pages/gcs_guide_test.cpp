// SPDX-License-Identifier: Apache-2.0
// What docs/guide/gcs.md shows beside its first program, compiled, and run where that sends
// nothing.
#include <gtest/gtest.h>

#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <string>

using namespace globus_sdk;

namespace {

[[maybe_unused]] void clients(const UserApp& app, const std::string& token) {
  //! [clients]
  GCSClient with_an_app{"abc.def.data.globus.org", app};
  GCSClient with_a_token{"https://abc.def.data.globus.org/api/", AccessTokenAuthorizer{token}};
  GCSClient for_what_all_may_know{"abc.def.data.globus.org"};
  std::cout << for_what_all_may_know.get_gcs_info()["client_id"] << '\n';
  //! [clients]
  std::cout << with_an_app.base_url() << with_a_token.base_url();
}

[[maybe_unused]] void mapped(const GCSClient& gcs) {
  //! [mapped]
  auto gateway = gcs.create_storage_gateway(
      StorageGatewayDocument{{.display_name = "scratch",
                              .connector_id = ConnectorTable::POSIX.connector_id,
                              .policies = POSIXStoragePolicies{{.groups_allow = "staff"}},
                              .allowed_domains = "example.org"}});

  auto collection =
      gcs.create_collection(MappedCollectionDocument{{.collection_base_path = "/",
                                                      .display_name = "scratch",
                                                      .storage_gateway_id = gateway["id"],
                                                      .allow_guest_collections = true}});
  std::cout << "made " << collection["id"] << '\n';
  //! [mapped]
}

[[maybe_unused]] void guest(const GCSClient& gcs, const std::string& gateway_id,
                            const std::string& mapped_id, const std::string& user_id) {
  //! [guest]
  auto credential = gcs.create_user_credential(
      UserCredentialDocument{{.identity_id = user_id,
                              .connector_id = ConnectorTable::POSIX.connector_id,
                              .username = "alice",
                              .storage_gateway_id = gateway_id}});
  auto guest =
      gcs.create_collection(GuestCollectionDocument{{.collection_base_path = "/shared/",
                                                     .display_name = "results of May",
                                                     .mapped_collection_id = mapped_id,
                                                     .user_credential_id = credential["id"]}});
  gcs.update_collection(guest["id"], {{"description", "for the review"}});
  //! [guest]
}

[[maybe_unused]] void role(const GCSClient& gcs, const std::string& collection_id,
                           const std::string& user_id) {
  //! [role]
  gcs.create_role(GCSRoleDocument{{.collection = collection_id,
                                   .principal = "urn:globus:auth:identity:" + user_id,
                                   .role = "activity_monitor"}});
  //! [role]
}

[[maybe_unused]] void answers(const GCSClient& gcs, const std::string& collection_id) {
  //! [answers]
  auto collection = gcs.get_collection(collection_id);
  std::cout << collection["display_name"] << '\n';  // of the collection's document
  std::cout << collection.full_data()["http_response_code"] << '\n';  // of the result around it
  //! [answers]
}

[[maybe_unused]] void listing(const GCSClient& gcs) {
  //! [listing]
  for (auto role : gcs.paginated().get_role_list({.include = "all_roles"}).items())
    std::cout << role["principal"] << " is " << role["role"] << '\n';
  //! [listing]
}

[[maybe_unused]] void error(const GCSClient& gcs, const std::string& gateway_id) {
  //! [error]
  try {
    gcs.delete_storage_gateway(gateway_id);
  } catch (const GCSAPIError& error) {
    std::cerr << error.what() << '\n';
    if (error.detail_data_type()) std::cerr << *error.detail() << '\n';
  }
  //! [error]
}

[[maybe_unused]] void beyond(const GCSClient& gcs, const std::string& subscription_id) {
  //! [beyond]
  gcs.update_endpoint_subscription_id(subscription_id);
  gcs.create_node({{"DATA_TYPE", "node#1.0.0"},
                   {"ip_addresses", Json::array({"192.0.2.7"})},
                   {"status", "active"}});
  //! [beyond]
}

TEST(GCSGuide, Connectors) {
  //! [connectors]
  const ConnectorTable connectors;
  const auto s3 = connectors.lookup("7643e831-5f6c-4b47-a07f-8ee90f401d23");
  std::cout << (s3 ? s3->name : "another connector") << '\n';  // S3
  std::cout << ConnectorTable::S3.connector_id << '\n';

  const auto with_ours = connectors.extend("Our Tape", "0b19772d-729a-4c8f-93e1-59d5778cecf3");
  std::cout << with_ours.lookup("our-tape")->connector_id << '\n';
  //! [connectors]
  EXPECT_EQ(s3->name, "S3");
  EXPECT_EQ(with_ours.all_connectors().size(), connectors.all_connectors().size() + 1);
}

}  // namespace
