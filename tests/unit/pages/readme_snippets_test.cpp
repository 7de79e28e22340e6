// SPDX-License-Identifier: Apache-2.0
// The pieces of code that README shows beside the examples' own: compiled here, run nowhere.
#include <gtest/gtest.h>

#include <globus_sdk/async.hpp>
#include <stop_token>
#include <string>

//! [includes]
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
using namespace globus_sdk;
//! [includes]

namespace {

[[maybe_unused]] void app(const std::string& client_id, const std::string& collection_id) {
  //! [app]
  UserApp app{"my-app",
              {.client_id = client_id,
               .config = {.login_flow_manager = "local-server", .request_refresh_tokens = true}}};
  TransferClient tc{app};

  for (auto entry : tc.operation_ls(collection_id, {.path = "/~/"}))
    std::cout << entry["name"] << '\n';
  //! [app]
}

[[maybe_unused]] void refresh_tokens(const char* client_id, const char* client_secret,
                                     const char* auth_refresh_token,
                                     const char* transfer_refresh_token,
                                     const char* collection_id) {
  //! [refresh]
  // renewing a token takes the application's own credentials
  ConfidentialAppAuthClient internal_auth_client{client_id, client_secret};

  RefreshTokenAuthorizer auth_authorizer{auth_refresh_token, internal_auth_client};
  RefreshTokenAuthorizer transfer_authorizer{transfer_refresh_token, internal_auth_client};

  // these two speak for the user to whom the tokens belong
  AuthClient auth_client{auth_authorizer};
  TransferClient transfer_client{transfer_authorizer};

  std::cout << "files of " << auth_client.userinfo()["preferred_username"] << ":\n";
  for (auto entry : transfer_client.operation_ls(collection_id, {.path = "/~/"}))
    std::cout << entry["name"] << '\n';
  //! [refresh]
}

[[maybe_unused]] void access_tokens(const char* auth_access_token,
                                    const char* transfer_access_token) {
  //! [access]
  AuthClient auth_client{AccessTokenAuthorizer{auth_access_token}};
  TransferClient transfer_client{AccessTokenAuthorizer{transfer_access_token}};
  //! [access]
}

[[maybe_unused]] void basic_auth(const char* client_id, const char* client_secret) {
  //! [basic]
  ConfidentialAppAuthClient client{client_id, client_secret};
  auto tokens =
      client.oauth2_client_credentials_tokens("urn:globus:auth:scope:transfer.api.globus.org:all");
  //! [basic]
}

[[maybe_unused]] void options(const TransferClient& transfer_client,
                              const std::string& collection_id, const std::string& source_id,
                              const std::string& destination_id) {
  //! [options]
  for (auto entry : transfer_client.operation_ls(collection_id, {.path = "/~/", .orderby = "name"}))
    std::cout << entry["name"] << '\n';

  TransferData data{
      source_id, destination_id, {.label = "nightly", .sync_level = SyncLevel::checksum}};
  data.add_item("/data/", "/backup/", {.recursive = true});
  auto task = transfer_client.submit_transfer(data);
  transfer_client.task_wait(task["task_id"], {.timeout = 10min});
  //! [options]
}

//! [async]
boost::asio::awaitable<void> print_home(TransferClient client, std::string collection_id) {
  OperationLsOptions options{.path = "/~/"};
  auto listing = co_await client.async().operation_ls(collection_id, options);
  for (auto entry : listing) std::cout << entry["name"] << '\n';
}
//! [async]

[[maybe_unused]] boost::asio::awaitable<void> with_in_a_coroutine(TransferClient client,
                                                                  std::string task_id) {
  //! [async-with]
  CallSettings settings{.timeout = 5s};
  auto patient = client.async().with(settings);
  auto task = co_await patient.get_task(task_id);
  //! [async-with]
}

[[maybe_unused]] void errors(const TransferClient& transfer_client,
                             const std::string& collection_id) {
  //! [errors]
  try {
    transfer_client.operation_mkdir(collection_id, "/data/new");
  } catch (const TransferAPIError& error) {
    if (const auto& consent = error.info().consent_required) {
      for (const auto& scope : consent.required_scopes) std::cerr << "needs " << scope << '\n';
    } else {
      std::cerr << error.what() << '\n';
    }
  }
  //! [errors]
}

[[maybe_unused]] void with(const TransferClient& transfer_client, std::stop_token stop_token) {
  //! [with]
  auto hurried = transfer_client.with({.deadline = 30s, .max_retries = 1, .stop = stop_token});
  //! [with]
}

TEST(ReadmeSnippets, AsynchronousFunctionIsNotRunWithoutAnExecutor) {
  [[maybe_unused]] auto* function = &print_home;
  SUCCEED();
}

}  // namespace
