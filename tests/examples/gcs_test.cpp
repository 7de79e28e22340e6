// SPDX-License-Identifier: Apache-2.0
// The example of Globus Connect Server, against recorded answers: the sandbox has no endpoint of
// its own that answers.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <string>

#include "support/program.hpp"
#include "support/recorded_answers.hpp"
#include "support/scoped_folder.hpp"

namespace globus_sdk_test {
namespace {

using programs::Program;

/// A token for the endpoint, if the form asks for its scope.
RecordedAnswer token_answer(const RecordedRequest& request, const std::string& client_id) {
  const std::string scope = "urn:globus:auth:scope:" + client_id + ":manage_collections";
  if (request.body.find(client_id + "%3Amanage_collections") == std::string::npos) {
    return {400, R"({"error": "invalid_scope"})", {}};
  }
  const boost::json::object token{{"access_token", "endpoint-token"},
                                  {"expires_in", 3600},
                                  {"resource_server", client_id},
                                  {"scope", scope},
                                  {"token_type", "Bearer"}};
  return {200, boost::json::serialize(token), {}};
}

/// Globus Auth and an endpoint in one.
RecordedAnswer answer(const RecordedRequest& request) {
  if (request.target == "/v2/oauth2/token") {
    return token_answer(request, "6c25d869-397e-411a-b9c2-915faa94bdd1");
  }
  if (request.target == "/api/info") return recorded_answer("globus_connect_server.get_gcs_info");
  if (request.header("authorization") != "Bearer endpoint-token") {
    return {401, R"({"code": "unauthorized"})", {}};
  }
  if (request.target == "/api/storage_gateways") {
    return recorded_answer("globus_connect_server.get_storage_gateway_list");
  }
  if (request.target == "/api/collections") {
    return recorded_answer("globus_connect_server.get_collection_list");
  }
  return {404, R"({"code": "not_found"})", {}};
}

std::string example() {
  return std::string(GLOBUS_SDK_EXAMPLES_DIR) + "/gcs";
}

TEST(GCSExample, ShowsWhatAnEndpointServes) {
  const RecordingServer server(answer);
  const ScopedFolder home;
  Program program({example(), server.url()}, {{"HOME", home.path.string()},
                                              {"GLOBUS_SDK_SERVICE_URL_AUTH", server.url()},
                                              {"GLOBUS_CLIENT_ID", "a-client"},
                                              {"GLOBUS_CLIENT_SECRET", "a-secret"}});
  EXPECT_EQ(program.finish(), 0);
  EXPECT_EQ(program.output(),
            "storage gateway a0cbde58-0183-11ea-92bd-9cb6d0d9fd63: POSIX\n"
            "storage gateway 6840c8ba-eb98-11e9-b89c-9cb6d0d9fd63: POSIX\n"
            "mapped collection f79b141d-03a7-45f8-892a-965b77f92d63\n"
            "mapped collection d3e63e2b-4fd7-4b73-9c3f-716ce4c6500d\n");
}

TEST(GCSExample, SaysWhatIsMissing) {
  Program without_address({example()});
  EXPECT_EQ(without_address.finish(), 2);
  EXPECT_EQ(without_address.output(), "usage: gcs ADDRESS\n");
  Program without_client({example(), "abc.def.data.globus.org"});
  EXPECT_EQ(without_client.finish(), 1);
  EXPECT_NE(without_client.output().find("GLOBUS_CLIENT_ID"), std::string::npos);
}

}  // namespace
}  // namespace globus_sdk_test
