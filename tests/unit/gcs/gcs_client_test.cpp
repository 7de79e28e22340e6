// SPDX-License-Identifier: Apache-2.0
// What the records of GCSClient do not hold: addresses, what is refused, errors, and the methods
// that Python has not.
#include "globus_sdk/gcs/gcs_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "globus_sdk/async.hpp"
#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "unit/mistake.hpp"
#include "wire/gcs_modes.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;
using testing::HasSubstr;

std::string base_url(const std::string& gcs_address) {
  return GCSClient(gcs_address).base_url();
}

TEST(GCSAddress, IsAHostOrAnHttpsURL) {
  EXPECT_EQ(base_url("abc.def.data.globus.org"), "https://abc.def.data.globus.org/api/");
  EXPECT_EQ(base_url("abc.def.data.globus.org:8443"), "https://abc.def.data.globus.org:8443/api/");
  EXPECT_EQ(base_url("abc.def.data.globus.org/api"), "https://abc.def.data.globus.org/api");
  EXPECT_EQ(base_url("https://abc.def.data.globus.org"), "https://abc.def.data.globus.org/api/");
  EXPECT_EQ(base_url("https://abc.def.data.globus.org/"), "https://abc.def.data.globus.org/api/");
  EXPECT_EQ(base_url("https://abc.def.data.globus.org/api"), "https://abc.def.data.globus.org/api");
  EXPECT_EQ(base_url("https://abc.def.data.globus.org/api/"),
            "https://abc.def.data.globus.org/api/");
  EXPECT_EQ(base_url("https://gate.example.org/a/b"), "https://gate.example.org/a/b/api/");
  EXPECT_EQ(base_url("HTTPS://ABC.data.globus.org"), "https://ABC.data.globus.org/api/");
}

TEST(GCSAddress, MayBeHttpOnThisMachineAlone) {
  EXPECT_EQ(base_url("http://127.0.0.1:8080"), "http://127.0.0.1:8080/api/");
  EXPECT_EQ(base_url("http://localhost:8080/api/"), "http://localhost:8080/api/");
  for (const char* address : {"http://abc.def.data.globus.org", "HTTP://abc.def.data.globus.org/",
                              "http://127.0.0.1.example.org", "ftp://abc.def.data.globus.org"}) {
    EXPECT_TRUE(is_refused("https", [&] { static_cast<void>(GCSClient(address)); })) << address;
  }
}

TEST(GCSAddress, IsRefusedWhereItIsNone) {
  for (const char* address : {"", "https://", "https:///", "//abc.def.data.globus.org", "abc def",
                              "a\nb", "https://user:password@abc.def.data.globus.org",
                              "abc.def.data.globus.org?a=b", "abc.def.data.globus.org#a"}) {
    EXPECT_TRUE(is_refused("gcs_address", [&] { static_cast<void>(GCSClient(address)); }))
        << address;
  }
}

TEST(GCSAddress, GivesWayToABaseURL) {
  const auto url = [](const std::string& base_url) {
    ClientOptions options;
    options.base_url = base_url;
    return GCSClient("abc.def.data.globus.org", options).base_url();
  };
  EXPECT_EQ(url("http://gate.example.org:80/x"), "http://gate.example.org:80/x/api/");
  EXPECT_EQ(url("http://gate.example.org/api/"), "http://gate.example.org/api/");
  EXPECT_TRUE(is_refused(
      "gcs_address", [&] { static_cast<void>(GCSClient("", {.base_url = "http://127.0.0.1"})); }));
}

TEST(GCSScopes, AreThoseOfAnEndpointOrACollection) {
  const auto endpoint = GCSClient::get_gcs_endpoint_scopes("e");
  EXPECT_EQ(endpoint.resource_server, "e");
  EXPECT_EQ(endpoint.manage_collections.str(), "urn:globus:auth:scope:e:manage_collections");
  const GCSClient client("abc.def.data.globus.org");
  const auto collection = client.get_gcs_collection_scopes("c");
  EXPECT_EQ(collection.data_access.str(), "https://auth.globus.org/scopes/c/data_access");
  EXPECT_THROW(client.add_app_scope(collection.https), GlobusSDKUsageError) << "it has no app";
}

// ---- what is refused ----------------------------------------------------------------------------

template <class Client> std::vector<Mistake<Client>> id_mistakes(const Json& data) {
  return {
      {"collection_id", [](const Client& client) { return client.get_collection(""); }},
      {"collection_id",
       [data](const Client& client) { return client.update_collection("", data); }},
      {"collection_id",
       [data](const Client& client) { return client.replace_collection("", data); }},
      {"collection_id", [](const Client& client) { return client.delete_collection(""); }},
      {"collection_id", [](const Client& client) { return client.delete_collection("a/../b"); }},
      {"collection_id",
       [](const Client& client) { return client.update_collection_owner_string("", "i"); }},
      {"collection_id",
       [](const Client& client) { return client.reset_collection_owner_string(""); }},
      {"storage_gateway_id", [](const Client& client) { return client.get_storage_gateway(""); }},
      {"storage_gateway_id",
       [data](const Client& client) { return client.update_storage_gateway("", data); }},
      {"storage_gateway_id",
       [data](const Client& client) { return client.replace_storage_gateway("", data); }},
      {"storage_gateway_id",
       [](const Client& client) { return client.delete_storage_gateway(""); }},
      {"role_id", [](const Client& client) { return client.get_role(""); }},
      {"role_id", [](const Client& client) { return client.delete_role(""); }},
      {"user_credential_id", [](const Client& client) { return client.get_user_credential(""); }},
      {"user_credential_id",
       [data](const Client& client) { return client.update_user_credential("", data); }},
      {"user_credential_id",
       [data](const Client& client) { return client.replace_user_credential("", data); }},
      {"user_credential_id",
       [](const Client& client) { return client.delete_user_credential(""); }},
      {"node_id", [](const Client& client) { return client.get_node(""); }},
      {"node_id", [data](const Client& client) { return client.update_node("", data); }},
      {"node_id", [data](const Client& client) { return client.replace_node("", data); }},
      {"node_id", [](const Client& client) { return client.delete_node(""); }},
  };
}

template <class Client> std::vector<Mistake<Client>> other_mistakes() {
  return {
      {"identity_id", [](const Client& client) { return client.update_endpoint_owner(""); }},
      {"identity_id", [](const Client& client) { return client.update_endpoint_owner_string(""); }},
      {"identity_id",
       [](const Client& client) { return client.update_collection_owner_string("c", ""); }},
      {"subscription_id",
       [](const Client& client) { return client.update_endpoint_subscription_id({}); }},
      {"subscription_id",
       [](const Client& client) { return client.update_endpoint_subscription_id(""); }},
  };
}

template <class Client> void expect_refused_page_sizes(const Client& client) {
  GetCollectionListOptions collections;
  collections.page_size = -1;
  GetStorageGatewayListOptions gateways;
  gateways.page_size = -1;
  GCSGetRoleListOptions roles;
  roles.page_size = -1;
  GetUserCredentialListOptions credentials;
  credentials.page_size = -1;
  GetNodeListOptions nodes;
  nodes.page_size = -1;
  expect_refused<Client>(
      client,
      {{"page_size", [&](const Client& c) { return c.get_collection_list(collections); }},
       {"page_size", [&](const Client& c) { return c.get_storage_gateway_list(gateways); }},
       {"page_size", [&](const Client& c) { return c.get_role_list(roles); }},
       {"page_size", [&](const Client& c) { return c.get_user_credential_list(credentials); }},
       {"page_size", [&](const Client& c) { return c.get_node_list(nodes); }}});
}

TEST(BadInput, OfGCSClient) {
  const Refused refused;
  const Json data = {{"a", 1}};
  const GCSClient client("abc.def.data.globus.org", AccessTokenAuthorizer("t"), refused.options());
  expect_refused(client, id_mistakes<GCSClient>(data));
  expect_refused(client, other_mistakes<GCSClient>());
  expect_refused_page_sizes(client);
  const auto async = client.async();
  expect_refused(async, id_mistakes<BasicGCSClient<Async>>(data));
  expect_refused(async, other_mistakes<BasicGCSClient<Async>>());
  expect_refused_page_sizes(async);
}

// ---- errors -------------------------------------------------------------------------------------

struct SimulatedGCS {
  SimulatedGCS() {
    auto [made, simulated] = simulate(globus_sdk::detail::service_of<GCSClient>);
    connection = made;
    simulation = simulated;
  }
  BasicGCSClient<Simulated> client() const { return BasicGCSClient<Simulated>(connection); }
  void answer(int status, const std::string& body) const {
    simulation->answer = in_turn({simulated_answer(status, body)});
  }

  globus_sdk::detail::Connection connection{};
  std::shared_ptr<Simulation> simulation{};
};

/// The error of a call that is answered so.
GCSAPIError error_of(const std::string& body) {
  const SimulatedGCS gcs;
  gcs.answer(403, body);
  try {
    gcs.client().get_endpoint();
  } catch (const GCSAPIError& error) {
    return error;
  }
  throw std::runtime_error("no error");
}

TEST(GCSErrors, HaveADocumentForTheirDetail) {
  const GCSAPIError error = error_of(R"({
    "DATA_TYPE": "result#1.0.0", "code": "permission_denied", "message": "No",
    "detail": {"DATA_TYPE": "missing_required_role#1.0.0", "missing_required_role": "owner"}})");
  EXPECT_EQ(error.code(), "permission_denied");
  EXPECT_EQ(error.message(), "No");
  EXPECT_EQ(error.detail_data_type(), "missing_required_role#1.0.0");
  EXPECT_EQ((*error.detail())["missing_required_role"], "owner");
}

TEST(GCSErrors, HaveATextForTheirDetail) {
  const GCSAPIError error = error_of(R"({"code": "x", "message": "No", "detail": "not today"})");
  EXPECT_EQ(*error.detail(), "not today");
  EXPECT_EQ(error.detail_data_type(), std::nullopt);
}

TEST(GCSErrors, MayHaveNoDetail) {
  for (const char* body : {"<html>", "{}", "[]", R"({"detail": null})"}) {
    EXPECT_EQ(error_of(body).detail(), std::nullopt) << body;
    EXPECT_EQ(error_of(body).detail_data_type(), std::nullopt) << body;
  }
  EXPECT_EQ(error_of(R"({"detail": {"DATA_TYPE": 5}})").detail_data_type(), std::nullopt);
  EXPECT_TRUE(error_of(R"({"detail": {}})").detail()->is_object());
}

/// A service that repeats what it was sent puts no secret into a message.
TEST(GCSErrors, DoNotShowTheSecretsOfAStorageGateway) {
  const SimulatedGCS gcs;
  gcs.answer(422,
             R"({"code": "unprocessable_entity", "message": "bad: k-one k-two k-three k-four"})");
  const std::vector<StorageGatewayDocument> gateways{
      StorageGatewayDocument{
          {.policies =
               GoogleCloudStoragePolicies{
                   {.secret = "k-one", .service_account_key = {{"private_key", "k-two"}}}}}},
      StorageGatewayDocument{
          {.policies = BoxStoragePolicies{{.boxAppSettings = {{"clientSecret", "k-one"},
                                                              {"appAuth",
                                                               {{"privateKey", "k-two"},
                                                                {"passphrase", "k-three"}}}}}}}},
      StorageGatewayDocument{
          {.policies = CephStoragePolicies{{.ceph_admin_secret_key = "k-one"}}}}};
  const std::vector<std::string> shown{"bad: *** *** k-three k-four", "bad: *** *** *** k-four",
                                       "bad: *** k-two k-three k-four"};
  for (std::size_t i = 0; i < gateways.size(); ++i) {
    try {
      gcs.client().create_storage_gateway(gateways[i]);
      ADD_FAILURE() << "no error";
    } catch (const GCSAPIError& error) {
      EXPECT_THAT(error.what(), HasSubstr(shown[i]));
      EXPECT_EQ(error.message(), shown[i]);
    }
  }
}

// ---- answers ------------------------------------------------------------------------------------

TEST(GCSAnswers, AreUnpackedByTheirMethods) {
  const SimulatedGCS gcs;
  gcs.answer(200, R"({"code": "success", "data": [
    {"DATA_TYPE": "connector#1.0.0", "id": "x"}, {"DATA_TYPE": "info#1.0.0", "id": "info"},
    {"DATA_TYPE": "endpoint#1.2.0", "id": "endpoint"},
    {"DATA_TYPE": "collection#1.9.0", "id": "collection"},
    {"DATA_TYPE": "storage_gateway#1.0.0", "id": "gateway"},
    {"DATA_TYPE": "role#1.0.0", "id": "role"},
    {"DATA_TYPE": "user_credential#1.0.0", "id": "credential"},
    {"DATA_TYPE": "node#1.3.0", "id": "node"}]})");
  const auto client = gcs.client();
  const Json data = {{"a", 1}};
  EXPECT_EQ(client.get_gcs_info()["id"], "info");
  EXPECT_EQ(client.get_endpoint()["id"], "endpoint");
  EXPECT_EQ(client.update_endpoint(data)["id"], "endpoint");
  EXPECT_EQ(client.replace_endpoint(data)["id"], "endpoint");
  EXPECT_EQ(client.get_collection("c")["id"], "collection");
  EXPECT_EQ(client.create_collection(data)["id"], "collection");
  EXPECT_EQ(client.update_collection("c", data)["id"], "collection");
  EXPECT_EQ(client.replace_collection("c", data)["id"], "collection");
  EXPECT_EQ(client.create_storage_gateway(data)["id"], "gateway");
  EXPECT_EQ(client.get_storage_gateway("g")["id"], "gateway");
  EXPECT_EQ(client.create_role(data)["id"], "role");
  EXPECT_EQ(client.get_role("r")["id"], "role");
  EXPECT_EQ(client.create_user_credential(data)["id"], "credential");
  EXPECT_EQ(client.get_user_credential("u")["id"], "credential");
  EXPECT_EQ(client.update_user_credential("u", data)["id"], "credential");
  EXPECT_EQ(client.replace_user_credential("u", data)["id"], "credential");
  EXPECT_EQ(client.create_node(data)["id"], "node");
  EXPECT_EQ(client.get_node("n")["id"], "node");
  EXPECT_EQ(client.update_node("n", data)["id"], "node");
  EXPECT_EQ(client.replace_node("n", data)["id"], "node");
}

// ---- beyond Python ------------------------------------------------------------------------------

class BeyondPython : public testing::Test {
 protected:
  BeyondPython() { gcs.answer(200, "{}"); }

  /// What the last call sent: `PUT /nodes/n?include=node {"a":1}`.
  std::string sent() const {
    const auto& request = gcs.simulation->requests.back();
    const std::string start = gcs.connection.state->base_url;
    std::string text = request.method + " /" + request.url.substr(start.size());
    if (request.body) text += " " + *request.body;
    return text;
  }

  SimulatedGCS gcs;
  BasicGCSClient<Simulated> client = gcs.client();
  const Json data = {{"a", 1}};
  const Json more = {{"q", "x y"}};
};

TEST_F(BeyondPython, OwnersOfAnEndpoint) {
  client.update_endpoint_owner("i", {.query_params = more});
  EXPECT_EQ(sent(), R"(PUT /endpoint/owner?q=x+y {"DATA_TYPE":"endpoint_owner#1.0.0",)"
                    R"("identity_id":"i"})");
  client.update_endpoint_owner_string("i", {.query_params = more});
  EXPECT_EQ(sent(), R"(PUT /endpoint/owner_string?q=x+y {"DATA_TYPE":"owner_string#1.0.0",)"
                    R"("identity_id":"i"})");
  client.reset_endpoint_owner_string({.query_params = more});
  EXPECT_EQ(sent(), "DELETE /endpoint/owner_string?q=x+y");
}

TEST_F(BeyondPython, SubscriptionOfAnEndpoint) {
  client.update_endpoint_subscription_id("DEFAULT", {.query_params = more});
  EXPECT_EQ(sent(), R"(PUT /endpoint/subscription_id?q=x+y )"
                    R"({"DATA_TYPE":"endpoint_subscription#1.0.0","subscription_id":"DEFAULT"})");
  client.update_endpoint_subscription_id(null);
  EXPECT_EQ(sent(), R"(PUT /endpoint/subscription_id )"
                    R"({"DATA_TYPE":"endpoint_subscription#1.0.0","subscription_id":null})");
}

TEST_F(BeyondPython, OwnersOfACollection) {
  client.update_collection_owner_string("c d", "i", {.query_params = more});
  EXPECT_EQ(sent(), R"(PUT /collections/c%20d/owner_string?q=x+y )"
                    R"({"DATA_TYPE":"owner_string#1.0.0","identity_id":"i"})");
  client.reset_collection_owner_string("c", {.query_params = more});
  EXPECT_EQ(sent(), "DELETE /collections/c/owner_string?q=x+y");
}

TEST_F(BeyondPython, WholeDocuments) {
  client.replace_endpoint(data, {.include = "endpoint", .query_params = more});
  EXPECT_EQ(sent(), R"(PUT /endpoint?include=endpoint&q=x+y {"a":1})");
  client.replace_collection("c", data, {.query_params = more});
  EXPECT_EQ(sent(), R"(PUT /collections/c?q=x+y {"a":1})");
  client.replace_storage_gateway("g", data, {.query_params = more});
  EXPECT_EQ(sent(), R"(PUT /storage_gateways/g?q=x+y {"a":1})");
  client.replace_user_credential("u", data, {.query_params = more});
  EXPECT_EQ(sent(), R"(PUT /user_credentials/u?q=x+y {"a":1})");
}

TEST_F(BeyondPython, Nodes) {
  client.get_node_list({.page_size = 5, .marker = "m", .query_params = more});
  EXPECT_EQ(sent(), "GET /nodes?page_size=5&marker=m&q=x+y");
  client.create_node(data, {.query_params = more});
  EXPECT_EQ(sent(), R"(POST /nodes?q=x+y {"a":1})");
  client.get_node("n", {.query_params = more});
  EXPECT_EQ(sent(), "GET /nodes/n?q=x+y");
  client.update_node("n", data, {.include = "node", .query_params = more});
  EXPECT_EQ(sent(), R"(PATCH /nodes/n?include=node&q=x+y {"a":1})");
  client.replace_node("n", data, {.include = "node", .query_params = more});
  EXPECT_EQ(sent(), R"(PUT /nodes/n?include=node&q=x+y {"a":1})");
  client.delete_node("n", {.query_params = more});
  EXPECT_EQ(sent(), "DELETE /nodes/n?q=x+y");
}

}  // namespace
}  // namespace globus_sdk_test
