// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>
#include <stop_token>
#include <string>

#include "globus_sdk/login_flows/errors.hpp"
#include "globus_sdk/login_flows/login_flow_manager.hpp"

namespace globus_sdk::inline v0 {

/// Options of CommandLineLoginFlowManager.
struct CommandLineLoginFlowOptions {
  /// Where Globus Auth sends the user with the code. Unset: a page of Globus Auth that shows the
  /// code, which only native apps may use.
  Field<std::string> redirect_uri{};
  /// Whether to ask for refresh tokens too.
  bool request_refresh_tokens = false;
  /// The name of a native app's consent in the user's list.
  Field<std::string> native_prefill_named_grant{};
  /// Whether to fail at once when nobody can be asked: standard input is not a terminal, or neither
  /// standard output nor standard error is one. Set it to false in a program that another program
  /// drives.
  bool require_terminal = true;
  /// Ends a login with CancelledError when stop is requested, also while it waits for the user.
  Field<std::stop_token> stop{};
};

/// Logs a user in at the terminal. The user opens a URL in any browser, on any machine, and enters
/// the code that the browser shows. Mirrors `globus_sdk.login_flows.CommandLineLoginFlowManager`.
///
/// To show the URL and ask for the code in another way, override print_authorize_url and
/// prompt_for_code. There is one terminal: two logins at once would both ask there.
class GLOBUS_SDK_EXPORT CommandLineLoginFlowManager : public LoginFlowManager {
 public:
  /// @throws GlobusSDKUsageError for a confidential app without a redirect URI.
  explicit CommandLineLoginFlowManager(LoginClient login_client,
                                       const CommandLineLoginFlowOptions& options = {});
  ~CommandLineLoginFlowManager() override;
  CommandLineLoginFlowManager(const CommandLineLoginFlowManager&) = default;
  CommandLineLoginFlowManager(CommandLineLoginFlowManager&&) noexcept = default;
  CommandLineLoginFlowManager& operator=(const CommandLineLoginFlowManager&) = default;
  CommandLineLoginFlowManager& operator=(CommandLineLoginFlowManager&&) noexcept = default;

  /// The login flow of an app: the user finds its name and this machine's in the list of consents.
  static CommandLineLoginFlowManager for_globus_app(Text app_name, const LoginClient& login_client,
                                                    const AppLoginOptions& options);

  /// Shows the URL, asks for the code and redeems it.
  ///
  /// @throws CommandLineLoginFlowEOFError when there is no terminal, or input ends; and what
  ///   LoginFlowManager::run_login_flow throws.
  OAuthTokenResponse run_login_flow(
      const GlobusAuthorizationParameters& auth_parameters) const override;

  /// Shows the user the URL to open.
  virtual void print_authorize_url(const std::string& authorize_url) const;

  /// Asks for the code until there is one. Blanks around the code are removed.
  virtual std::string prompt_for_code() const;

  /// Where Globus Auth sends the user with the code.
  const std::string& redirect_uri() const noexcept { return redirect_uri_; }

 private:
  std::ostream& output() const;

  std::string redirect_uri_;
  bool require_terminal_;
  std::stop_token stop_;
};

}  // namespace globus_sdk::inline v0
