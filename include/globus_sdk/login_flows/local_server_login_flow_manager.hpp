// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "globus_sdk/login_flows/errors.hpp"
#include "globus_sdk/login_flows/login_flow_manager.hpp"

namespace globus_sdk::inline v0 {

/// Options of LocalServerLoginFlowManager.
struct LocalServerLoginFlowOptions {
  /// Whether to ask for refresh tokens too.
  bool request_refresh_tokens = false;
  /// The name of a native app's consent in the user's list.
  Field<std::string> native_prefill_named_grant{};
  /// The port of 127.0.0.1 to listen on, for an app whose registered redirect URI has a port.
  /// Unset: the system chooses one.
  Field<std::uint16_t> port{};
  /// The page that is shown to the user at the end, in HTML. In it, `$login_result` and
  /// `$post_login_message` are replaced by text that is safe there.
  Field<std::string> html_template{};
  /// How long the user may take; 15 minutes when unset.
  Field<std::chrono::milliseconds> timeout{};
  /// Whether to ask at the terminal instead, if there is one, when no browser can be shown.
  bool fall_back_to_command_line = true;
  /// Shows the URL to the user; returns false when that is not possible. Unset: opens the user's
  /// browser, which `BROWSER` or the desktop names.
  std::function<bool(const std::string& url)> open_browser{};
  /// Ends a login with CancelledError when stop is requested, whatever the login is doing.
  Field<std::stop_token> stop{};
  /// Whether the user's browser is started with the name of a file, which only this user can read
  /// and which sends the browser on to Globus Auth. False: it is started with the URL itself, for a
  /// browser that cannot read such files (from a snap or a flatpak, or outside a container). All
  /// users of the machine can then read the URL, and one of them could finish the login as
  /// somebody else.
  bool use_redirect_file = true;
};

namespace detail {
class BrowserProcesses;
}  // namespace detail

/// Logs a user in with a browser on this machine. The browser opens a page of Globus Auth. A server
/// on 127.0.0.1, which runs only during the login, receives the code, with a secret that only this
/// login knows. Mirrors `globus_sdk.login_flows.LocalServerLoginFlowManager`.
///
/// When no browser can be shown (over ssh, without a display, or with a browser for text only), a
/// native app asks at the terminal, as CommandLineLoginFlowManager does.
class GLOBUS_SDK_EXPORT LocalServerLoginFlowManager : public LoginFlowManager {
 public:
  /// Opens nothing before a login runs.
  explicit LocalServerLoginFlowManager(LoginClient login_client,
                                       const LocalServerLoginFlowOptions& options = {});
  ~LocalServerLoginFlowManager() override;
  LocalServerLoginFlowManager(const LocalServerLoginFlowManager&) = default;
  LocalServerLoginFlowManager(LocalServerLoginFlowManager&&) noexcept = default;
  LocalServerLoginFlowManager& operator=(const LocalServerLoginFlowManager&) = default;
  LocalServerLoginFlowManager& operator=(LocalServerLoginFlowManager&&) noexcept = default;

  /// The login flow of an app: the user finds its name and this machine's in the list of consents.
  ///
  /// @throws GlobusSDKUsageError for an app that is not a native app, or has a redirect URI.
  static LocalServerLoginFlowManager for_globus_app(Text app_name, const LoginClient& login_client,
                                                    const AppLoginOptions& options);

  /// Opens the browser, waits for the code and redeems it.
  ///
  /// @throws LocalServerEnvironmentalLoginError when there is neither a browser nor a terminal;
  ///   LoginRefusedError when Globus Auth sends no code; LoginTimeoutError when the user takes too
  ///   long; LocalServerLoginError when the port is in use; and what
  ///   LoginFlowManager::run_login_flow throws.
  OAuthTokenResponse run_login_flow(
      const GlobusAuthorizationParameters& auth_parameters) const override;

 private:
  OAuthTokenResponse run_without_browser(const GlobusAuthorizationParameters& auth_parameters,
                                         const std::string& why) const;

  LocalServerLoginFlowOptions options_;
  std::shared_ptr<detail::BrowserProcesses> browsers_;
};

}  // namespace globus_sdk::inline v0
