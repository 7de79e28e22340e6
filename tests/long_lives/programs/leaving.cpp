// SPDX-License-Identifier: Apache-2.0
// A program whose main returns while the token of a storage is being renewed: a deadline has ended
// the call that began it.
//
// usage: leaving returning|finishing STORE
//   returning   main returns at once
//   finishing   it waits for the renewal first, and ends without any clean-up
#include <string_view>

#include "long_lives/programs/life.hpp"

int main(int, char** arguments) {
  const std::string_view mode = arguments[1];
  const globus_sdk::JSONTokenStorage storage{arguments[2]};
  const int status = life::run([mode, &storage] {
    const globus_sdk::ConfidentialAppAuthClient login(
        life::variable("GLOBUS_SANDBOX_CLIENT_ID"), life::variable("GLOBUS_SANDBOX_CLIENT_SECRET"));
    const std::string resource_server(globus_sdk::TransferScopes.resource_server);
    globus_sdk::TokenStorageData data;
    data.resource_server = resource_server;
    data.access_token = "expired";
    data.refresh_token = life::variable("GLOBUS_SANDBOX_TRANSFER_REFRESH_TOKEN");
    data.expires_at_seconds = 1;
    storage.store_token_data_by_resource_server({{resource_server, data}});
    const globus_sdk::TransferClient client{
        globus_sdk::StoredTokenAuthorizer(storage, resource_server, login)};
    std::puts("asking");
    std::fflush(stdout);
    // the sandbox is made to be slow now
    if (std::getchar() == EOF) throw std::runtime_error("no word from the test");
    try {
      client.with({.deadline = std::chrono::milliseconds(300)}).operation_ls(life::source());
      throw std::runtime_error("answered: the renewal was not under way any more");
    } catch (const globus_sdk::GlobusTimeoutError&) {
      if (mode != "finishing") return;
      if (globus_sdk::finish_renewals(std::chrono::milliseconds(1))) {
        throw std::runtime_error("the renewal was not under way any more");
      }
      if (!globus_sdk::finish_renewals(std::chrono::seconds(20))) {
        throw std::runtime_error("the renewal has not ended");
      }
    }
  });
  if (mode == "finishing") std::_Exit(status);
  return status;
}
