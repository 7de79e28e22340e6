// SPDX-License-Identifier: Apache-2.0
// The names and values themselves are compared with the Python SDK's in tests/peers/scopes.
#include "globus_sdk/scopes/scope_collections.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "core/base/url_encoding.hpp"
#include "globus_sdk/auth/confidential_app_auth_client.hpp"
#include "globus_sdk/auth/native_app_auth_client.hpp"
#include "globus_sdk/authorizers/client_credentials_authorizer.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/scopes/dynamic_scope_collections.hpp"
#include "globus_sdk/scopes/scope_parser.hpp"
#include "support/recording_server.hpp"

namespace {

using namespace globus_sdk;
using globus_sdk_test::RecordedAnswer;
using globus_sdk_test::RecordedRequest;
using globus_sdk_test::RecordingServer;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* collection = "aaaaaaaa-0000-4000-8000-000000000001";

// they cost nothing when a program starts, and nothing when it ends
static_assert(std::is_trivially_destructible_v<decltype(TransferScopes)>);
static_assert(std::string_view(TransferScopes.all) ==
              "urn:globus:auth:scope:transfer.api.globus.org:all");

TEST(ScopeCollections, ReadAsInPython) {
  EXPECT_EQ(TransferScopes.resource_server, "transfer.api.globus.org");
  EXPECT_THAT(TransferScopes.scopes(), ElementsAre(TransferScopes.all, TransferScopes.gcp_install));
  const Scope scope =
      TransferScopes.all.with_dependency(GCSCollectionScopes{collection}.data_access);
  EXPECT_EQ(scope.str(),
            "urn:globus:auth:scope:transfer.api.globus.org:all[https://auth.globus.org/scopes/"
            "aaaaaaaa-0000-4000-8000-000000000001/data_access]");
  const Scope optional = TransferScopes.all.with_dependency(
      GCSCollectionScopes{collection}.data_access.with_optional(true));
  EXPECT_THAT(optional.str(), HasSubstr("all[*https://"));
}

TEST(ScopeCollections, NameWhatTokensAreFoundBy) {
  const std::map<std::string, int> tokens = {{"transfer.api.globus.org", 1}, {"other", 2}};
  EXPECT_EQ(tokens.at(TransferScopes.resource_server), 1);
  EXPECT_EQ(tokens.find(AuthScopes.resource_server), tokens.end());
  const std::string copied = ComputeScopes.client_id;
  EXPECT_EQ(copied, ComputeScopes.client_id);
  constexpr std::string_view view = FlowsScopes.resource_server;
  EXPECT_EQ(view, "flows.globus.org");
}

TEST(ScopeCollections, AreNamedByAnId) {
  const GCSEndpointScopes endpoint{collection};
  EXPECT_EQ(endpoint.resource_server, collection);
  EXPECT_EQ(endpoint.manage_collections.str(),
            std::string("urn:globus:auth:scope:") + collection + ":manage_collections");
  EXPECT_THAT(endpoint.scopes(), ElementsAre(endpoint.manage_collections));
  const GCSCollectionScopes access{collection};
  EXPECT_THAT(access.scopes(), ElementsAre(access.data_access, access.https));
  EXPECT_EQ(SpecificFlowScopes("a-b").user.str(),
            "https://auth.globus.org/scopes/a-b/flow_a_b_user");
}

TEST(ScopeCollections, RefuseIdsThatMakeNoScope) {
  for (const char* id : {"", "a b", "a[b]", "*"}) {
    EXPECT_THROW(GCSEndpointScopes{id}, ValidationError) << id;
    EXPECT_THROW(GCSCollectionScopes{id}, ValidationError) << id;
    EXPECT_THROW(SpecificFlowScopes{id}, ValidationError) << id;
  }
}

// ---- wherever the SDK takes scopes --------------------------------------------------------------

/// The value of `scope` in a form, or in the query of a URL.
std::string scope_in(const std::string& text) {
  for (const auto& [name, value] : detail::form_decode(text.substr(text.find('?') + 1))) {
    if (name == "scope") return value;
  }
  return "none";
}

const Scope access = TransferScopes.all.with_dependency(
    GCSCollectionScopes{collection}.data_access.with_optional(true));

TEST(ScopesTaken, ByLoginFlows) {
  const ConfidentialAppAuthClient app{"id", "secret"};
  const auto flow = app.oauth2_start_flow("https://app.example/", {access, AuthScopes.openid});
  EXPECT_EQ(scope_in(flow.get_authorize_url()), access.str() + " openid");
  const NativeAppAuthClient native{"id"};
  EXPECT_EQ(scope_in(native.oauth2_start_flow(access).get_authorize_url()), access.str());
  EXPECT_EQ(scope_in(native.oauth2_start_flow(TransferScopes.all).get_authorize_url()),
            TransferScopes.all.str());
  const std::vector<Scope> list = ScopeParser::parse("x y[z]");
  EXPECT_EQ(scope_in(native.oauth2_start_flow(list).get_authorize_url()), "x y[z]");
  EXPECT_EQ(scope_in(native.oauth2_start_flow(AuthScopes.scopes()).get_authorize_url()),
            ScopeParser::serialize(AuthScopes.scopes()));
  EXPECT_THROW(native.oauth2_start_flow(std::vector<Scope>()), GlobusSDKUsageError);
}

RecordedAnswer tokens(const RecordedRequest&) {
  return {.body = R"({"access_token": "t", "expires_in": 172800, "resource_server": "r",
                      "scope": "s", "token_type": "Bearer", "other_tokens": []})"};
}

TEST(ScopesTaken, ByGrantsAndAuthorizers) {
  RecordingServer server{tokens};
  ClientOptions options;
  options.base_url = server.url();
  const ConfidentialAppAuthClient app{"id", "secret", options};
  app.oauth2_client_credentials_tokens(access);
  app.oauth2_client_credentials_tokens({TransferScopes.all, access, "text"});
  ClientCredentialsAuthorizer authorizer{app, {TransferScopes.all, access}};
  EXPECT_EQ(authorizer.get_authorization_header({}), "Bearer t");
  const std::vector<std::string> wanted{access.str(),
                                        TransferScopes.all.str() + ' ' + access.str() + " text",
                                        TransferScopes.all.str() + ' ' + access.str()};
  const auto requests = server.requests();
  ASSERT_EQ(requests.size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) EXPECT_EQ(scope_in(requests[i].body), wanted[i]);
}

TEST(ScopesTaken, ByDependentTokens) {
  RecordingServer server{[](const RecordedRequest&) { return RecordedAnswer{.body = "[]"}; }};
  ClientOptions options;
  options.base_url = server.url();
  const ConfidentialAppAuthClient app{"id", "secret", options};
  app.oauth2_get_dependent_tokens("token", {.scope = {access, TransferScopes.all}});
  app.oauth2_get_dependent_tokens("token", {.scope = access});
  EXPECT_EQ(scope_in(server.requests()[0].body), access.str() + ' ' + TransferScopes.all.str());
  EXPECT_EQ(scope_in(server.requests()[1].body), access.str());
}

}  // namespace
