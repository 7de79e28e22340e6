// SPDX-License-Identifier: Apache-2.0
// Three-legged OAuth2 on the command line
//
// For a program on a user's own machine, which cannot keep a client secret: a native app, with
// PKCE. The user opens a URL, logs in and consents in the browser, and pastes the code that is
// shown there.
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <string>

#include "environment.hpp"

using namespace globus_sdk;

namespace {

std::string ask(const std::string& question) {
  std::cout << question << std::flush;
  std::string answer;
  std::getline(std::cin, answer);
  const auto begin = answer.find_first_not_of(" \t\r");
  if (begin == std::string::npos) throw std::runtime_error("no code was given: not logged in");
  return answer.substr(begin, answer.find_last_not_of(" \t\r") - begin + 1);
}

}  // namespace

int main() try {
  NativeAppAuthClient client{examples::environment("GLOBUS_SANDBOX_NATIVE_CLIENT_ID")};

  // with refresh_tokens the login lasts; a program that needs tokens for one run leaves it out
  client.oauth2_start_flow(
      {"openid", "profile", "email", "urn:globus:auth:scope:transfer.api.globus.org:all"},
      {.refresh_tokens = true});
  std::cout << "Log in here:\n\n" << client.oauth2_get_authorize_url() << "\n\n";
  const auto tokens = client.oauth2_exchange_code_for_tokens(ask("Then paste the code: "));

  // tokens are secrets: a program may print which services they are for, and nothing else
  for (const auto& [resource_server, token] : tokens.by_resource_server())
    std::cout << "logged in at " << resource_server
              << (token.refresh_token ? ", with a refresh token" : "") << '\n';

  const auto& for_transfer = tokens.by_resource_server().at("transfer.api.globus.org");
  TransferClient transfer_client{RefreshTokenAuthorizer{
      *for_transfer.refresh_token,
      client,
      {.access_token = for_transfer.access_token, .expires_at = for_transfer.expires_at_seconds}}};
  std::cout << "collections to be found: "
            << transfer_client.endpoint_search({.filter_scope = "my-endpoints"}).size() << '\n';
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
