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
  /// What a native app's consent is called in the user's list.
  Field<std::string> native_prefill_named_grant{};
  /// The port of 127.0.0.1 to listen at, for an app whose registered redirect URI has one; chosen
  /// by the system when unset.
  Field<std::uint16_t> port{};
  /// The page that the user is shown at the end, in HTML; `$login_result` and
  /// `$post_login_message` in it are replaced, by text that is safe there.
  Field<std::string> html_template{};
  /// How long the user may take; 15 minutes when unset.
  Field<std::chrono::milliseconds> timeout{};
  /// Whether to ask at the terminal instead, where there is one, when no browser can be shown.
  bool fall_back_to_command_line = true;
  /// Shows the URL to the user; false when that is not possible. Unset: the user's browser, as
  /// `BROWSER` or the desktop has it.
  std::function<bool(const std::string& url)> open_browser{};
  /// Ends a login with CancelledError, wherever it is.
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

/// Logs a user in by a browser on this machine: it opens Globus Auth's page, and a server on
/// 127.0.0.1 that lives as long as the login receives the code, with a secret that only this login
/// knows. Mirrors `globus_sdk.login_flows.LocalServerLoginFlowManager`.
///
/// Where no browser can be shown (over ssh, without a display, where the browser is one of text) a
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

  /// The one for an app, whose name and machine the user finds in the list of consents.
  ///
  /// @throws GlobusSDKUsageError for an app that is no native one, or has a redirect URI.
  static LocalServerLoginFlowManager for_globus_app(Text app_name, const LoginClient& login_client,
                                                    const AppLoginOptions& options);

  /// Opens the browser, waits for the code and redeems it.
  ///
  /// @throws LocalServerEnvironmentalLoginError when neither a browser nor a terminal is there;
  ///   LoginRefusedError when Globus Auth sends no code; LoginTimeoutError when the user takes too
  ///   long; LocalServerLoginError when the port is in use; what LoginFlowManager
  ///   says besides.
  OAuthTokenResponse run_login_flow(
      const GlobusAuthorizationParameters& auth_parameters) const override;

 private:
  OAuthTokenResponse run_without_browser(const GlobusAuthorizationParameters& auth_parameters,
                                         const std::string& why) const;

  LocalServerLoginFlowOptions options_;
  std::shared_ptr<detail::BrowserProcesses> browsers_;
};

}  // namespace globus_sdk::inline v0
