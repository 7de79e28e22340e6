// SPDX-License-Identifier: Apache-2.0
// What cannot be right is refused with the parameter's name, by the call itself, and nothing is
// sent: when blocking, and when asynchronous before anything is awaited.
#include <gtest/gtest.h>

#include <functional>

#include "globus_sdk/async.hpp"
#include "globus_sdk/auth/auth_client.hpp"
#include "globus_sdk/auth/confidential_app_auth_client.hpp"
#include "globus_sdk/auth/native_app_auth_client.hpp"
#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "globus_sdk/authorizers/client_credentials_authorizer.hpp"
#include "globus_sdk/authorizers/refresh_token_authorizer.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/literals.hpp"
#include "globus_sdk/transfer/transfer_client.hpp"
#include "support/recording_server.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

/// A server that should receive nothing, and the clients that send to it.
class Refused {
 public:
  Refused() { options_.base_url = server_.url(); }
  ~Refused() { EXPECT_TRUE(server_.requests().empty()) << server_.requests().front().target; }

  const ClientOptions& options() const { return options_; }

 private:
  RecordingServer server_{[](const RecordedRequest&) { return RecordedAnswer(); }};
  ClientOptions options_{};
};

template <class Client> struct Mistake {
  const char* parameter;
  std::function<void(const Client&)> make;
};

/// Whether `work` throws a usage error whose message names the parameter.
template <class Work> testing::AssertionResult is_refused(const std::string& parameter, Work work) {
  try {
    work();
  } catch (const GlobusSDKUsageError& error) {
    const std::string message = error.what();
    if (message.find(parameter) != std::string::npos) return testing::AssertionSuccess();
    return testing::AssertionFailure() << parameter << " is not named in: " << message;
  } catch (const std::exception& error) {
    return testing::AssertionFailure() << parameter << ": another error: " << error.what();
  }
  return testing::AssertionFailure() << parameter << ": nothing is thrown";
}

template <class Client>
void expect_refused(const Client& client, const std::vector<Mistake<Client>>& mistakes) {
  for (const auto& mistake : mistakes) {
    EXPECT_TRUE(is_refused(mistake.parameter, [&] { mistake.make(client); }));
  }
}

// ---- Transfer -----------------------------------------------------------------------------------

template <class Client> std::vector<Mistake<Client>> transfer_ids() {
  return {
      {"endpoint_id", [](const Client& client) { return client.get_endpoint(""); }},
      {"endpoint_id", [](const Client& client) { return client.operation_ls(""); }},
      {"endpoint_id", [](const Client& client) { return client.operation_stat(""); }},
      {"endpoint_id", [](const Client& client) { return client.operation_mkdir("", "/x"); }},
      {"path", [](const Client& client) { return client.operation_mkdir("e", ""); }},
      {"endpoint_id", [](const Client& client) { return client.operation_rename("", "/a", "/b"); }},
      {"oldpath", [](const Client& client) { return client.operation_rename("e", "", "/b"); }},
      {"newpath", [](const Client& client) { return client.operation_rename("e", "/a", ""); }},
      {"task_id", [](const Client& client) { return client.get_task(""); }},
      {"task_id", [](const Client& client) { return client.cancel_task(""); }},
      {"task_id", [](const Client& client) { return client.task_wait(""); }},
      {"task_id", [](const Client& client) { return client.task_event_list(""); }},
      {"task_id", [](const Client& client) { return client.task_successful_transfers(""); }},
      {"task_id", [](const Client& client) { return client.task_skipped_errors(""); }},
      {"task_id",
       [](const Client& client) {
         const Json data = {{"label", "x"}};
         return client.update_task("", data);
       }},
      {"task_id", [](const Client& client) { return client.paginated().task_event_list(""); }},
  };
}

template <class Client> std::vector<Mistake<Client>> transfer_options() {
  const auto waits = [](auto set) {
    return [set](const Client& client) {
      TaskWaitOptions options;
      set(options);
      return client.task_wait("t", options);
    };
  };
  const auto lists = [](auto make_params) {
    return [make_params](const Client& client) {
      TaskListOptions options;
      options.query_params = make_params();
      return client.task_list(options);
    };
  };
  return {
      {"timeout", waits([](TaskWaitOptions& options) { options.timeout = 999ms; })},
      {"timeout", waits([](TaskWaitOptions& options) { options.timeout = -10s; })},
      {"polling_interval", waits([](TaskWaitOptions& options) { options.polling_interval = 0s; })},
      {"polling_interval", waits([](TaskWaitOptions& options) { options.polling_interval = -1s; })},
      {"query_params", lists([] { return Json("text"); })},
      {"query_params", lists([] { return Json::array({"a", "b"}); })},
      {"filter",
       [](const Client& client) {
         TaskListOptions options;
         options.filter = Json::array({Json::array({"a"})});
         return client.task_list(options);
       }},
  };
}

template <class Client> std::vector<Mistake<Client>> submissions() {
  const auto submits = [](const Json& document) {
    return [document](const Client& client) { return client.submit_transfer(document); };
  };
  return {
      {"data", submits(Json::array())},
      {"data", submits(Json("text"))},
      {"data", submits(Json())},
      {"data",
       [](const Client& client) {
         const Json document(7);
         return client.submit_delete(document);
       }},
      {"submission_id", submits({{"submission_id", ""}, {"DATA_TYPE", "transfer"}})},
      {"submission_id", submits({{"submission_id", 7}, {"DATA_TYPE", "transfer"}})},
      {"submission_id",
       [](const Client& client) {
         TransferDataOptions options;
         options.submission_id = "";
         const TransferData data("s", "d", options);
         return client.submit_transfer(data);
       }},
      {"submission_id",
       [](const Client& client) {
         DeleteDataOptions options;
         options.submission_id = "";
         const DeleteData data("e", options);
         return client.submit_delete(data);
       }},
  };
}

TEST(BadInput, OfTransferClient) {
  const Refused refused;
  const TransferClient client(AccessTokenAuthorizer("t"), refused.options());
  expect_refused(client, transfer_ids<TransferClient>());
  expect_refused(client, transfer_options<TransferClient>());
  expect_refused(client, submissions<TransferClient>());
}

TEST(BadInput, OfTransferClientWhenAsynchronous) {
  using Client = BasicTransferClient<Async>;
  const Refused refused;
  const Client client = TransferClient(AccessTokenAuthorizer("t"), refused.options()).async();
  expect_refused(client, transfer_ids<Client>());
  expect_refused(client, transfer_options<Client>());
  expect_refused(client, submissions<Client>());
}

TEST(BadInput, OfTransferData) {
  const auto with = [](auto set) {
    return [set] {
      TransferDataOptions options;
      set(options);
      TransferData("s", "d", options);
    };
  };
  EXPECT_TRUE(is_refused("source_endpoint", [] { TransferData("", "d"); }));
  EXPECT_TRUE(is_refused("destination_endpoint", [] { TransferData("s", ""); }));
  EXPECT_TRUE(is_refused("sync_level", with([](auto& o) { o.sync_level = "always"; })));
  EXPECT_TRUE(is_refused("sync_level", with([](auto& o) { o.sync_level = ""; })));
  EXPECT_TRUE(is_refused("sync_level", with([](auto& o) { o.sync_level = 4; })));
  EXPECT_TRUE(is_refused("sync_level", with([](auto& o) { o.sync_level = -1; })));
  EXPECT_TRUE(
      is_refused("sync_level", with([](auto& o) { o.sync_level = static_cast<SyncLevel>(9); })));
  EXPECT_TRUE(is_refused("tomorrow", with([](auto& o) { o.deadline = "tomorrow"; })));
  EXPECT_TRUE(is_refused("additional_fields", with([](auto& o) { o.additional_fields = "x"; })));
}

TEST(BadInput, OfItemsAndRules) {
  TransferData data("s", "d");
  EXPECT_TRUE(is_refused("source_path", [&] { data.add_item("", "/x"); }));
  EXPECT_TRUE(is_refused("destination_path", [&] { data.add_item("/x", ""); }));
  EXPECT_TRUE(is_refused("name", [&] { data.add_filter_rule(""); }));
  EXPECT_TRUE(is_refused("method", [&] { data.add_filter_rule("x", {.method = "keep"}); }));
  EXPECT_TRUE(is_refused("type", [&] { data.add_filter_rule("x", {.type = "link"}); }));
  EXPECT_EQ(data.iter_items().size(), 0u);
  EXPECT_FALSE(data.document().view().contains("filter_rules"));
}

TEST(BadInput, OfDeleteData) {
  EXPECT_TRUE(is_refused("endpoint", [] { DeleteData(""); }));
  DeleteData data("e");
  EXPECT_TRUE(is_refused("path", [&] { data.add_item(""); }));
}

// ---- Auth ---------------------------------------------------------------------------------------

TEST(BadInput, OfAuthClient) {
  const Refused refused;
  const AuthClient client(AccessTokenAuthorizer("t"), refused.options());
  GetIdentitiesOptions both;
  both.usernames = "a@example.org";
  both.ids = "b";
  EXPECT_TRUE(is_refused("usernames", [&] { client.get_identities(both); }));
  EXPECT_TRUE(is_refused("ids", [&] { static_cast<void>(client.async().get_identities(both)); }));
}

template <class Client> std::vector<Mistake<Client>> login_mistakes() {
  return {
      {"refresh_token", [](const Client& client) { return client.oauth2_refresh_token(""); }},
      {"token", [](const Client& client) { return client.oauth2_revoke_token(""); }},
      {"form_data",
       [](const Client& client) {
         const Json text = "text";
         return client.oauth2_token(text);
       }},
      {"body_params",
       [](const Client& client) {
         TokenRequestOptions options;
         options.body_params = "text";
         return client.oauth2_refresh_token("t", options);
       }},
      {"oauth2_start_flow",
       [](const Client& client) { return client.oauth2_exchange_code_for_tokens("code"); }},
      {"oauth2_start_flow", [](const Client& client) { return client.oauth2_get_authorize_url(); }},
  };
}

template <class Client> std::vector<Mistake<Client>> confidential_app_mistakes() {
  return {
      {"requested_scopes",
       [](const Client& client) { return client.oauth2_client_credentials_tokens(""); }},
      {"requested_scopes",
       [](const Client& client) {
         return client.oauth2_client_credentials_tokens(std::vector<std::string>());
       }},
      {"token", [](const Client& client) { return client.oauth2_get_dependent_tokens(""); }},
      {"token", [](const Client& client) { return client.oauth2_token_introspect(""); }},
      {"redirect_uri", [](const Client& client) { return client.oauth2_start_flow("", "openid"); }},
      {"requested_scopes",
       [](const Client& client) { return client.oauth2_start_flow("https://x.example/", " "); }},
      {"auth_code",
       [](const Client& client) {
         client.oauth2_start_flow("https://x.example/", "openid");
         return client.oauth2_exchange_code_for_tokens("");
       }},
  };
}

TEST(BadInput, OfConfidentialAppAuthClient) {
  using AsyncClient = BasicConfidentialAppAuthClient<Async>;
  const Refused refused;
  const ConfidentialAppAuthClient client("id", "secret", refused.options());
  expect_refused(client, login_mistakes<ConfidentialAppAuthClient>());
  expect_refused(client, confidential_app_mistakes<ConfidentialAppAuthClient>());
  const AsyncClient other = ConfidentialAppAuthClient("id", "secret", refused.options()).async();
  expect_refused(other, login_mistakes<AsyncClient>());
  expect_refused(other, confidential_app_mistakes<AsyncClient>());
  EXPECT_TRUE(is_refused("client_id", [] { ConfidentialAppAuthClient("", "secret"); }));
  EXPECT_TRUE(is_refused("client_secret", [] { ConfidentialAppAuthClient("id", ""); }));
}

TEST(BadInput, OfNativeAppAuthClient) {
  const Refused refused;
  const NativeAppAuthClient client("id", refused.options());
  expect_refused(client, login_mistakes<NativeAppAuthClient>());
  EXPECT_TRUE(is_refused("client_id", [] { NativeAppAuthClient(""); }));
  EXPECT_TRUE(is_refused("requested_scopes", [&] { client.oauth2_start_flow(""); }));
  EXPECT_TRUE(is_refused("template_id", [&] { client.create_native_app_instance("", "n"); }));
  EXPECT_TRUE(is_refused("name", [&] { client.create_native_app_instance("t", ""); }));
  for (const std::string& verifier :
       {std::string(42, 'a'), std::string(129, 'a'), std::string(43, '+')}) {
    EXPECT_TRUE(is_refused("verifier",
                           [&] { client.oauth2_start_flow("openid", {.verifier = verifier}); }));
  }
}

TEST(BadInput, OfAuthorizers) {
  const Refused refused;
  const ConfidentialAppAuthClient client("id", "secret", refused.options());
  EXPECT_TRUE(is_refused("access_token", [] { AccessTokenAuthorizer(""); }));
  EXPECT_TRUE(is_refused("access_token", [] { AccessTokenAuthorizer("a\n"); }));
  EXPECT_TRUE(is_refused("username", [] { BasicAuthorizer("", "p"); }));
  EXPECT_TRUE(is_refused("username", [] { BasicAuthorizer("a:b", "p"); }));
  EXPECT_TRUE(is_refused("refresh_token", [&] { RefreshTokenAuthorizer("", client); }));
  EXPECT_TRUE(is_refused("expires_at",
                         [&] { RefreshTokenAuthorizer("r", client, {.access_token = "a"}); }));
  EXPECT_TRUE(
      is_refused("access_token", [&] { RefreshTokenAuthorizer("r", client, {.expires_at = 1}); }));
  EXPECT_TRUE(is_refused("scopes", [&] { ClientCredentialsAuthorizer(client, ""); }));
}

// ---- what all clients have ----------------------------------------------------------------------

TEST(BadInput, OfCallSettings) {
  const TransferClient client;
  for (const auto duration : {0ms, -1ms}) {
    EXPECT_TRUE(is_refused("timeout", [&] { client.with({.timeout = duration}); }));
    EXPECT_TRUE(is_refused("deadline", [&] { client.with({.deadline = duration}); }));
  }
  EXPECT_TRUE(is_refused("max_retries", [&] { client.with({.max_retries = -1}); }));
}

TEST(BadInput, OfRequestsByPath) {
  const Refused refused;
  const TransferClient client(refused.options());
  EXPECT_TRUE(is_refused("method", [&] { client.request("", "/x"); }));
  EXPECT_TRUE(is_refused("encoding", [&] { client.post("/x", {.data = 1, .encoding = "xml"}); }));
  EXPECT_TRUE(is_refused("data", [&] { client.post("/x", {.data = 1, .encoding = "form"}); }));
  EXPECT_TRUE(is_refused("data", [&] { client.post("/x", {.data = 1, .encoding = "text"}); }));
  EXPECT_TRUE(is_refused("headers", [&] { client.get("/x", {.headers = "text"}); }));
}

}  // namespace
}  // namespace globus_sdk_test
