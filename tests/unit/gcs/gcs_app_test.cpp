// SPDX-License-Identifier: Apache-2.0
// GCSClient with an app: the endpoint itself tells whose tokens the client needs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include "globus_sdk/app/client_app.hpp"
#include "globus_sdk/async.hpp"
#include "globus_sdk/gcs/gcs_client.hpp"
#include "globus_sdk/token_storage/memory_token_storage.hpp"
#include "support/recording_server.hpp"
#include "support/run_async.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;
using testing::HasSubstr;
using testing::Not;

const std::string client_id = "6c25d869-397e-411a-b9c2-915faa94bdd1";
const std::string scope = "urn:globus:auth:scope:" + client_id + ":manage_collections";

/// What an endpoint tells everybody.
const std::string information = R"({"data": [
    {"DATA_TYPE": "info#1.0.0", "client_id": ")" +
                                client_id + R"(", "endpoint_id": "another"}]})";

/// Globus Auth and an endpoint in one server, and an app.
struct AppAndEndpoint {
  /// @param granted the scope of the token that the app gets.
  /// @param told what the endpoint tells everybody.
  explicit AppAndEndpoint(const std::string& granted = scope, const std::string& told = information)
      : server([granted, told](const RecordedRequest& request) -> RecordedAnswer {
          if (request.target == "/v2/oauth2/token") return {200, token(granted)};
          if (request.target == "/api/info") return {200, told};
          return {200, R"({"data": [{"DATA_TYPE": "endpoint#1.2.0", "id": "e"}]})"};
        }) {}

  static std::string token(const std::string& granted) {
    return R"({"access_token": "endpoint-token", "expires_in": 3600, "resource_server": ")" +
           client_id + R"(", "scope": ")" + granted + R"(", "token_type": "Bearer"})";
  }

  GCSClient client(const ClientOptions& options = {}) const {
    return GCSClient(server.url(), app, options);
  }
  std::ptrdiff_t count(const std::string& target) const {
    const auto requests = server.requests();
    return std::ranges::count(requests, target, &RecordedRequest::target);
  }
  /// The last request for that.
  RecordedRequest last(const std::string& target) const {
    RecordedRequest found;
    for (const auto& request : server.requests())
      if (request.target == target) found = request;
    return found;
  }
  ClientApp make_app() const {
    ClientOptions options;
    options.base_url = server.url();
    const ConfidentialAppAuthClient login_client("a-client", "a-secret", options);
    return ClientApp("an app", {.login_client = login_client,
                                .config = {.token_storage = MemoryTokenStorage()}});
  }

  RecordingServer server;
  ClientApp app = make_app();
};

TEST(GCSClientOfAnApp, SendsNothingWhenItIsMade) {
  const AppAndEndpoint world;
  const GCSClient made = world.client();
  const auto async = made.async();
  made.add_app_scope(scope);
  EXPECT_TRUE(world.server.requests().empty());
  EXPECT_EQ(world.app.scope_requirements().size(), 1U) << "openid alone";
}

TEST(GCSClientOfAnApp, AsksTheEndpointWhoseTokensItNeeds) {
  const AppAndEndpoint world;
  const GCSClient made = world.client();
  EXPECT_EQ(made.get_endpoint()["id"], "e");
  EXPECT_EQ(made.get_endpoint()["id"], "e");
  EXPECT_EQ(world.count("/api/info"), 1);
  EXPECT_EQ(world.last("/api/info").header("authorization"), "");
  EXPECT_EQ(world.count("/v2/oauth2/token"), 1);
  EXPECT_THAT(world.last("/v2/oauth2/token").body, HasSubstr(client_id + "%3Amanage_collections"));
  EXPECT_EQ(world.last("/api/endpoint").header("authorization"), "Bearer endpoint-token");
  EXPECT_TRUE(world.app.token_storage().get_token_data(client_id));
}

TEST(GCSClientOfAnApp, AsksOnceForManyThreads) {
  const AppAndEndpoint world;
  const GCSClient made = world.client();
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 16; ++thread) {
      threads.emplace_back([made] { EXPECT_EQ(made.get_endpoint()["id"], "e"); });
    }
  }
  EXPECT_EQ(world.count("/api/info"), 1);
  EXPECT_EQ(world.count("/v2/oauth2/token"), 1);
  EXPECT_EQ(world.count("/api/endpoint"), 16);
}

TEST(GCSClientOfAnApp, AsksInAsynchronousModeToo) {
  const AppAndEndpoint world;
  const auto made = world.client();
  const auto async = made.async();
  EXPECT_EQ(run_async(async.get_endpoint())["id"], "e");
  EXPECT_EQ(run_async(async.get_endpoint())["id"], "e");
  EXPECT_EQ(world.count("/api/info"), 1);
}

TEST(GCSClientOfAnApp, NeedsNoTokenForWhatEverybodyMayKnow) {
  const AppAndEndpoint world;
  EXPECT_EQ(world.client().get_gcs_info()["client_id"], client_id);
  EXPECT_EQ(world.server.requests().size(), 1U);
  EXPECT_EQ(world.last("/api/info").header("authorization"), "");
}

TEST(GCSClientOfAnApp, AsksForOtherScopesWhereItIsToldTo) {
  const std::string data_access =
      GCSClient::get_gcs_collection_scopes("11111111-1111-4111-8111-111111111111")
          .data_access.str();
  const AppAndEndpoint world(data_access);
  ClientOptions options;
  options.app_scopes = data_access;
  world.client(options).get_endpoint();
  EXPECT_THAT(world.last("/v2/oauth2/token").body,
              AllOf(HasSubstr("data_access"), Not(HasSubstr("manage_collections"))));
}

TEST(GCSClientOfAnApp, SaysWhatTheEndpointDoesNotTell) {
  const AppAndEndpoint world(scope, R"({"data": []})");
  try {
    world.client().get_endpoint();
    ADD_FAILURE() << "nobody told the client id";
  } catch (const JsonError& error) {
    EXPECT_THAT(error.what(), HasSubstr("client_id"));
  }
  EXPECT_EQ(world.count("/api/endpoint"), 0);
}

}  // namespace
}  // namespace globus_sdk_test
