// SPDX-License-Identifier: Apache-2.0
// The C++ that docs/from-python.md shows beside the Python, compiled and run, but for logins, which
// take a user.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "sandbox/sandbox.hpp"
#include "support/over_tls.hpp"
#include "support/scoped_folder.hpp"
#include "support/scoped_variable.hpp"

//! [imports]
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
using namespace globus_sdk;
//! [imports]

namespace {

class FromPython : public testing::Test {
 protected:
  FromPython() {
    for (const auto& [name, value] : sandbox.environment())
      variables.push_back(std::make_unique<globus_sdk_test::ScopedVariable>(name, value));
    std::filesystem::create_directory(sandbox.folder("SOURCE") / "data");
    std::ofstream(sandbox.folder("SOURCE") / "data/one.csv") << "1";
    before = std::cout.rdbuf(output.rdbuf());
  }
  ~FromPython() override { std::cout.rdbuf(before); }

  TransferClient client() const {
    return TransferClient(AccessTokenAuthorizer(sandbox.value("TRANSFER_TOKEN")));
  }
  std::string printed() const { return output.str(); }

  globus_sandbox::Sandbox sandbox{globus_sdk_test::for_this_run({.auto_consent = true})};
  std::vector<std::unique_ptr<globus_sdk_test::ScopedVariable>> variables;
  std::string collection_id = sandbox.value("COLLECTION_SOURCE");
  std::string other_id = sandbox.value("COLLECTION_DESTINATION");
  std::ostringstream output;
  std::streambuf* before = nullptr;
};

TEST_F(FromPython, Clients) {
  const auto access_token = sandbox.value("TRANSFER_TOKEN");
  //! [clients]
  TransferClient tc{AccessTokenAuthorizer{access_token}, {.app_name = "my-app"}};
  std::cout << tc.get_endpoint(collection_id)["display_name"] << '\n';
  //! [clients]
  EXPECT_EQ(printed(), "SOURCE\n");
}

TEST_F(FromPython, Authorizers) {
  const auto refresh_token = sandbox.value("TRANSFER_REFRESH_TOKEN");
  const auto confidential_id = sandbox.value("CLIENT_ID");
  const auto secret = sandbox.value("CLIENT_SECRET");
  std::vector<TokenData> saved;
  const auto save = [&saved](const TokenData& token) { saved.push_back(token); };
  //! [authorizers]
  ConfidentialAppAuthClient login_client{confidential_id, secret};
  RefreshTokenAuthorizer authorizer{
      refresh_token, login_client, {.on_refresh = [save](const OAuthTokenResponse& r) {
        save(r.by_resource_server().at("transfer.api.globus.org"));
      }}};
  TransferClient tc{authorizer};
  tc.task_list();
  //! [authorizers]
  EXPECT_EQ(saved.size(), 1U);
}

[[maybe_unused]] void apps(const std::string& client_id) {
  //! [apps]
  UserApp app{"my-app", {.client_id = client_id, .config = {.request_refresh_tokens = true}}};
  TransferClient tc{app};
  tc.add_app_scope("urn:globus:auth:scope:transfer.api.globus.org:all");
  tc.task_list();  // logs in
  //! [apps]
}

TEST_F(FromPython, Options) {
  const auto tc = client();
  //! [options]
  for (auto entry : tc.operation_ls(
           collection_id,
           {.path = "/data/", .orderby = {"type", "name"}, .filter = {{"type", "file"}}}))
    std::cout << entry["name"] << '\n';
  //! [options]
  EXPECT_EQ(printed(), "one.csv\n");
}

TEST_F(FromPython, Null) {
  const AuthClient auth{NullAuthorizer{}};
  const auto client_id = sandbox.value("NATIVE_CLIENT_ID");
  const auto update = [&] {
    //! [null]
    auth.update_client(client_id, {.name = "My app",
                                   .visibility = {},        // not sent, as if it were left out
                                   .required_idp = null});  // null: what there was is removed
    //! [null]
  };
  EXPECT_THROW(update(), AuthAPIError);
}

TEST_F(FromPython, Strings) {
  const AuthClient auth{AccessTokenAuthorizer{sandbox.value("AUTH_TOKEN")}};
  const auto first = sandbox.value("USERNAME");
  const std::string second = "second-user@globus-sandbox.example";
  //! [strings]
  auto one = auth.get_identities({.usernames = first});
  auto two = auth.get_identities({.usernames = {first, second}});
  //! [strings]
  EXPECT_EQ(one["identities"].size(), 1U);
  EXPECT_EQ(two["identities"].size(), 2U);
}

TEST_F(FromPython, Payloads) {
  const auto tc = client();
  //! [payloads]
  TransferData data{
      collection_id,
      other_id,
      {.label = "nightly", .sync_level = SyncLevel::checksum, .notify_on_succeeded = false}};
  data.add_item("/data/", "/copy/", {.recursive = true});
  auto task = tc.submit_transfer(data);
  bool done = tc.task_wait(task["task_id"], {.timeout = 60s, .polling_interval = 1s});
  //! [payloads]
  EXPECT_TRUE(done);
}

TEST_F(FromPython, Paging) {
  const auto tc = client();
  tc.submit_transfer([&] {
    TransferData data{collection_id, other_id};
    data.add_item("/data/one.csv", "/one.csv");
    return data;
  }());
  //! [paging]
  for (auto task : tc.paginated().task_list({.limit = 100}).items())
    std::cout << task["task_id"] << ' ' << task["status"] << '\n';
  //! [paging]
  const auto lines = printed();
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 1);
}

TEST_F(FromPython, Responses) {
  const auto tc = client();
  //! [responses]
  auto endpoint = tc.get_endpoint(collection_id);
  std::string name = endpoint["display_name"];
  auto description = endpoint.get("description");
  auto subscription = endpoint.get("subscription_id");
  bool is_managed = subscription && !subscription->is_null();
  for (auto [key, value] : endpoint.data().items()) std::cout << key << ' ' << value << '\n';
  //! [responses]
  EXPECT_EQ(name, "SOURCE");
  EXPECT_FALSE(is_managed);
  EXPECT_THAT(printed(), testing::HasSubstr("display_name SOURCE\n"));
  EXPECT_EQ(*description, "A folder of the local sandbox");
}

TEST_F(FromPython, Errors) {
  const auto tc = client();
  //! [errors]
  try {
    tc.operation_ls(collection_id, {.path = "/nowhere"});
  } catch (const TransferAPIError& error) {
    if (const auto& consent = error.info().consent_required) {
      for (const auto& scope : consent.required_scopes) std::cout << "needs " << scope << '\n';
    } else {
      std::cout << error.http_status() << ' ' << error.code() << ' ' << error.message() << '\n';
    }
  } catch (const NetworkError& error) {
    std::cerr << "no answer: " << error.what() << '\n';
  }
  //! [errors]
  EXPECT_THAT(printed(), testing::StartsWith("404 ClientError.NotFound "));
}

TEST_F(FromPython, Retries) {
  const auto tc = client();
  //! [retries]
  tc.with({.timeout = 5s, .max_retries = 1}).task_list();
  //! [retries]
  EXPECT_EQ(sandbox.requests().size(), 1U);
}

TEST_F(FromPython, Scopes) {
  //! [scopes]
  Scope scope = TransferScopes.all.with_dependency(GCSCollectionScopes{collection_id}.data_access);
  std::cout << scope << '\n';
  for (const Scope& parsed : ScopeParser::parse("openid email"))
    std::cout << parsed.scope_string() << '\n';
  //! [scopes]
  EXPECT_THAT(printed(), testing::HasSubstr("/data_access]\n"));
}

TEST_F(FromPython, Storage) {
  const globus_sdk_test::ScopedFolder folder;
  const auto path = folder.path / "tokens.json";
  const ConfidentialAppAuthClient login_client{sandbox.value("CLIENT_ID"),
                                               sandbox.value("CLIENT_SECRET")};
  const auto response = login_client.oauth2_client_credentials_tokens(TransferScopes.all);
  //! [storage]
  JSONTokenStorage storage{path, {.namespace_ = "work"}};
  storage.store_token_response(response);
  auto token = storage.get_token_data("transfer.api.globus.org");
  std::cout << token->scope << '\n';
  //! [storage]
  EXPECT_EQ(printed(), TransferScopes.all.str() + "\n");
}

[[maybe_unused]] void login(const std::string& client_id) {
  //! [login]
  NativeAppAuthClient client{client_id};
  CommandLineLoginFlowManager login{client, {.request_refresh_tokens = true}};
  auto tokens = login.run_login_flow({.required_scopes = {TransferScopes.all, AuthScopes.openid}});
  auto claims = tokens.decode_id_token(IDTokenDecoder{client});
  //! [login]
}

TEST_F(FromPython, Gares) {
  const auto tc = client();
  sandbox.set_requires_data_access(collection_id, true);
  //! [gares]
  try {
    tc.operation_ls(collection_id);
  } catch (const GlobusAPIError& error) {
    const auto gare = to_gare(error);
    if (!gare) throw;
    std::cout << gare->code;
    for (const auto& scope : gare->authorization_parameters.required_scopes.value_or(Strings{}))
      std::cout << ' ' << scope;
  }
  //! [gares]
  EXPECT_THAT(printed(), testing::StartsWith("ConsentRequired urn:globus:auth:scope:"));
}

}  // namespace
