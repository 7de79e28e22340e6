// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/login_flows/command_line_login_flow_manager.hpp"

#include <iostream>
#include <string_view>
#include <utility>

#include "core/base/ascii.hpp"
#include "login_flows/terminal.hpp"

namespace globus_sdk::inline v0 {

namespace {

constexpr std::string_view other_ways =
    "; log in from a terminal, or let the program act for itself with a client id and secret";

}  // namespace

CommandLineLoginFlowManager::CommandLineLoginFlowManager(LoginClient login_client,
                                                         const CommandLineLoginFlowOptions& options)
    : LoginFlowManager(std::move(login_client), options.request_refresh_tokens,
                       options.native_prefill_named_grant),
      require_terminal_(options.require_terminal),
      stop_(options.stop.value_or(std::stop_token())) {
  if (options.redirect_uri) {
    redirect_uri_ = *options.redirect_uri;
  } else if (auto page = code_page()) {
    redirect_uri_ = *std::move(page);
  } else {
    throw GlobusSDKUsageError("a confidential app needs a redirect_uri of its own to log users in");
  }
}

CommandLineLoginFlowManager::~CommandLineLoginFlowManager() = default;

CommandLineLoginFlowManager CommandLineLoginFlowManager::for_globus_app(
    Text app_name, const LoginClient& login_client, const AppLoginOptions& options) {
  return CommandLineLoginFlowManager(login_client,
                                     {.redirect_uri = options.login_redirect_uri,
                                      .request_refresh_tokens = options.request_refresh_tokens,
                                      .native_prefill_named_grant = prefill_for_app(app_name)});
}

OAuthTokenResponse CommandLineLoginFlowManager::run_login_flow(
    const GlobusAuthorizationParameters& auth_parameters) const {
  const AuthorizationFlow flow = start_flow(auth_parameters, redirect_uri_);
  print_authorize_url(get_authorize_url(flow, auth_parameters));
  return exchange_code(flow, prompt_for_code(), stop_);
}

std::ostream& CommandLineLoginFlowManager::output() const {
  return require_terminal_ ? detail::terminal_output() : std::cout;
}

void CommandLineLoginFlowManager::print_authorize_url(const std::string& authorize_url) const {
  if (require_terminal_ && !detail::has_terminal()) {
    throw CommandLineLoginFlowEOFError("nobody can be asked to log in: there is no terminal" +
                                       std::string(other_ways));
  }
  constexpr std::string_view heading = "Log in to Globus at this address:";
  const std::string line(heading.size(), '-');
  output() << '\n' << heading << '\n' << line << '\n' << authorize_url << '\n' << line << "\n\n";
}

std::string CommandLineLoginFlowManager::prompt_for_code() const {
  for (;;) {
    output() << "Then paste the code that is shown there: " << std::flush;
    const auto line = detail::read_input_line(stop_);
    if (!line) {
      throw CommandLineLoginFlowEOFError("input ended where the code of a login was expected" +
                                         std::string(other_ways));
    }
    if (const auto code = detail::ascii_trimmed(*line); !code.empty()) return std::string(code);
  }
}

}  // namespace globus_sdk::inline v0
