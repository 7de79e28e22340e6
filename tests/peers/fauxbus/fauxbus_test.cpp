// SPDX-License-Identifier: Apache-2.0
// Our clients against fauxbus, a fake of Globus, for what it serves of Auth and Transfer.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "peers/fauxbus/fauxbus_world.hpp"

namespace globus_sdk {
namespace {

const std::string transfer_scope = "urn:globus:auth:scope:transfer.api.globus.org:all";
const std::string task_list = "/v0.10/endpoint_manager/task_list";

struct Fauxbus : FauxbusWorld {
  const std::string collection = variable("FAUXBUS_COLLECTION");

  TransferClient transfer_client(const AnyAuthorizer& authorizer) const {
    return TransferClient(authorizer, options());
  }
  TransferClient transfer_client() const {
    return transfer_client(ClientCredentialsAuthorizer(login_client, transfer_scope));
  }

  static GlobusHTTPResponse list(const TransferClient& client) {
    return client.get(task_list, {.query_params = {{"filter_status", "ACTIVE"}}});
  }
  std::string make_task(const boost::json::array& files) {
    const auto made = control("transfer/tasks", {{"owner_id", user},
                                                 {"source_endpoint_id", user},
                                                 {"destination_endpoint_id", collection},
                                                 {"status", "SUCCEEDED"},
                                                 {"files", files}});
    EXPECT_EQ(made.status, 200) << made.body;
    return made.text("task_id");
  }
};

TEST_F(Fauxbus, DescribesItself) {
  const auto configuration = login_client.get_openid_configuration();
  EXPECT_EQ(configuration["issuer"], url);
  EXPECT_EQ(configuration["token_endpoint"], url + "/v2/oauth2/token");
}

TEST_F(Fauxbus, GivesTokensForTheClientItself) {
  const auto answer = login_client.oauth2_client_credentials_tokens(transfer_scope);
  const TokenData& token = answer.by_resource_server().at("transfer.api.globus.org");
  EXPECT_EQ(token.scope, transfer_scope);
  EXPECT_EQ(token.token_type, "Bearer");
  EXPECT_FALSE(token.refresh_token);
  const auto both = login_client.oauth2_client_credentials_tokens(
      {transfer_scope, "urn:globus:auth:scope:groups.api.globus.org:all"});
  EXPECT_EQ(both.by_resource_server().size(), 2u);
}

TEST_F(Fauxbus, IntrospectsAndRevokes) {
  const auto answer = login_client.oauth2_client_credentials_tokens(transfer_scope);
  const std::string token = answer.by_resource_server().begin()->second.access_token;
  const auto known = login_client.oauth2_token_introspect(token);
  EXPECT_EQ(known["active"], true);
  EXPECT_EQ(known["client_id"], client_id);
  EXPECT_EQ(known["scope"], transfer_scope);
  EXPECT_EQ(login_client.oauth2_revoke_token(token)["active"], false);
  EXPECT_EQ(login_client.oauth2_token_introspect(token)["active"], false);
}

TEST_F(Fauxbus, LogsAUserIn) {
  login_client.oauth2_start_flow(redirect_uri, {"openid", "profile", "email", transfer_scope},
                                 {.state = "kept"});
  const std::string code = log_in(login_client.oauth2_get_authorize_url());
  const auto answer = login_client.oauth2_exchange_code_for_tokens(code);
  EXPECT_EQ(answer["state"], "kept");
  const auto& tokens = answer.by_resource_server();
  ASSERT_EQ(tokens.size(), 2u);
  EXPECT_EQ(tokens.at("transfer.api.globus.org").scope, transfer_scope);
  const AuthClient auth_client(AccessTokenAuthorizer(tokens.at("auth.globus.org").access_token),
                               options());
  const auto known = auth_client.userinfo();
  EXPECT_EQ(known["sub"], user);
  EXPECT_EQ(known["preferred_username"], "peer@example.org");
  EXPECT_EQ(known["name"], "Peer User");

  const auto again =
      refusal<AuthAPIError>([&] { login_client.oauth2_exchange_code_for_tokens(code); });
  EXPECT_EQ(again.http_status(), 401);
  EXPECT_EQ(again.code(), "invalid_grant");
}

TEST_F(Fauxbus, WatchesTasks) {
  const auto client = transfer_client();
  const std::string task_id = make_task({{{"source_path", "/a/x"},
                                          {"destination_path", "/b/x"},
                                          {"size", 1024},
                                          {"checksum", "00"},
                                          {"checksum_algorithm", "sha256"}}});
  const auto task = client.get("/v0.10/endpoint_manager/task/" + task_id);
  EXPECT_EQ(task["task_id"], task_id);
  EXPECT_EQ(task["status"], "SUCCEEDED");
  EXPECT_EQ(task["destination_endpoint_display_name"], "Landing");
  const auto moved =
      client.get("/v0.10/endpoint_manager/task/" + task_id + "/successful_transfers");
  ASSERT_EQ(moved["DATA"].size(), 1u);
  EXPECT_EQ(moved["DATA"][0]["destination_path"], "/b/x");
}

TEST_F(Fauxbus, ListsTasksByPages) {
  const auto client = transfer_client();
  std::set<std::string> made;
  for (int number = 0; number < 7; ++number) made.insert(make_task({}));
  std::set<std::string> found;
  int pages = 0;
  Json query = {{"filter_endpoint", collection}, {"limit", 3}};
  for (bool more = true; more; ++pages) {
    const auto page = client.get(task_list, {.query_params = query});
    for (auto task : page["DATA"]) found.insert(task["task_id"].as<std::string>());
    more = page["has_next_page"].as<bool>();
    query = {{"filter_endpoint", collection},
             {"limit", 3},
             {"last_key", page["last_key"].as<std::string>()}};
  }
  EXPECT_GE(pages, 3);
  for (const auto& task_id : made) EXPECT_TRUE(found.contains(task_id)) << task_id;
}

TEST_F(Fauxbus, ARequestThatFailsIsRepeated) {
  const auto client = transfer_client();
  list(client);
  EXPECT_EQ(control("failures", {{"path", task_list},
                                 {"status", 429},
                                 {"times", 2},
                                 {"headers", {{"Retry-After", "0"}}},
                                 {"body", {{"code", "TooMany"}}}})
                .status,
            200);
  EXPECT_EQ(list(client)["DATA_TYPE"], "task_list");
}

TEST_F(Fauxbus, ATokenThatAgesIsFetchedAgain) {
  int renewals = 0;
  const ClientCredentialsAuthorizer authorizer(
      login_client, transfer_scope, {.on_refresh = [&](const OAuthTokenResponse&) { ++renewals; }});
  const auto client = transfer_client(authorizer);
  list(client);
  control("tick", {{"seconds", 172801}});
  EXPECT_EQ(list(client)["DATA_TYPE"], "task_list");
  EXPECT_EQ(renewals, 2);
}

TEST_F(Fauxbus, SaysWhatIsWrong) {
  const ConfidentialAppAuthClient stranger(client_id, "not the secret", options());
  const auto no_client =
      refusal<AuthAPIError>([&] { stranger.oauth2_client_credentials_tokens(transfer_scope); });
  EXPECT_EQ(no_client.http_status(), 401);
  EXPECT_EQ(no_client.code(), "invalid_client");

  const auto no_task = refusal<TransferAPIError>(
      [&] { transfer_client().get("/v0.10/endpoint_manager/task/" + user); });
  EXPECT_EQ(no_task.http_status(), 404);
  EXPECT_EQ(no_task.code(), "TaskNotFound");
  EXPECT_FALSE(no_task.message().empty());
  EXPECT_FALSE(no_task.request_id().empty());

  const auto no_token = refusal<TransferAPIError>(
      [&] { transfer_client(AccessTokenAuthorizer("none")).get(task_list); });
  EXPECT_EQ(no_token.http_status(), 401);

  const auto not_served = refusal<TransferAPIError>([&] { transfer_client().get_task(user); });
  EXPECT_EQ(not_served.http_status(), 501);
}

}  // namespace
}  // namespace globus_sdk
