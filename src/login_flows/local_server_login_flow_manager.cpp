// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/login_flows/local_server_login_flow_manager.hpp"

#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <optional>
#include <system_error>
#include <utility>

#include "auth/proof_key.hpp"
#include "globus_sdk/login_flows/command_line_login_flow_manager.hpp"
#include "login_flows/browser.hpp"
#include "login_flows/callback_server.hpp"
#include "login_flows/redirect_page.hpp"
#include "login_flows/terminal.hpp"

namespace globus_sdk::inline v0 {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::minutes usual_timeout{15};
/// As good as for ever, and far from what a clock can count.
constexpr std::chrono::hours longest_timeout{24 * 365};
/// A browser that ends in failure within this time has not shown the page.
constexpr std::chrono::seconds first_moments{5};
constexpr std::chrono::milliseconds between_looks{100};

/// What shows the URL, and what it says afterwards.
struct Opened {
  bool shown = false;
  std::string why_not = "the browser does not open";
  std::function<bool()> has_failed = [] { return false; };
  /// What the browser was started with, if that is not the URL. Browsers read it when they are
  /// ready, which may be long after they were started.
  std::shared_ptr<detail::RedirectPage> page{};
};

Opened open_by_command(const std::shared_ptr<detail::BrowserProcesses>& browsers,
                       const std::vector<std::string>& command, const std::string& url) {
  const auto process = browsers->start(command, url);
  if (!process) return {};
  return {.shown = true,
          .has_failed = [browsers, id = *process] { return browsers->has_failed(id); }};
}

/// Opens a page that sends the browser on to the URL, so that no other user reads the URL.
Opened open_by_redirect_page(const std::shared_ptr<detail::BrowserProcesses>& browsers,
                             const std::vector<std::string>& command, const std::string& url) {
  try {
    auto page = std::make_shared<detail::RedirectPage>(url);
    Opened opened = open_by_command(browsers, command, page->url());
    opened.page = std::move(page);
    return opened;
  } catch (const std::system_error& error) {
    return {.why_not = std::string("the page that leads to Globus Auth cannot be written in ") +
                       error.what() + " (use_redirect_file = false does without it)"};
  }
}

/// Programs that open pages succeed without showing one, at times.
void say_what_opens(const std::string& url) {
  if (isatty(STDERR_FILENO) == 0) return;
  std::cerr << "A browser opens to log in to Globus. If none does, or if it cannot show the page, "
               "open this address:\n"
            << url << "\n";
}

Opened open_url(const LocalServerLoginFlowOptions& options,
                const std::shared_ptr<detail::BrowserProcesses>& browsers,
                const std::vector<std::string>& command, const std::string& url) {
  if (options.open_browser) return {.shown = options.open_browser(url)};
  Opened opened = options.use_redirect_file ? open_by_redirect_page(browsers, command, url)
                                            : open_by_command(browsers, command, url);
  if (opened.shown) say_what_opens(url);
  return opened;
}

/// What came back; nothing where the browser has failed.
///
/// @throws LoginTimeoutError, CancelledError.
std::optional<detail::Callback> await_callback(detail::CallbackServer& server, const Opened& opened,
                                               Clock::time_point deadline,
                                               const std::stop_token& stop) {
  const std::stop_callback on_stop(stop, [&server] { server.interrupt(); });
  const auto settled = Clock::now() + first_moments;
  for (;;) {
    if (stop.stop_requested()) {
      throw CancelledError("the login was stopped while it waited for the user");
    }
    const auto now = Clock::now();
    if (now >= deadline) {
      throw LoginTimeoutError(
          "the login has not been finished in the browser in time; begin it again");
    }
    const auto until = now < settled ? std::min(deadline, now + between_looks) : deadline;
    if (auto callback = server.serve_until(until)) return callback;
    if (now < settled && opened.has_failed()) return std::nullopt;
  }
}

}  // namespace

LocalServerLoginFlowManager::LocalServerLoginFlowManager(LoginClient login_client,
                                                         const LocalServerLoginFlowOptions& options)
    : LoginFlowManager(std::move(login_client), options.request_refresh_tokens,
                       options.native_prefill_named_grant),
      options_(options),
      browsers_(std::make_shared<detail::BrowserProcesses>()) {}

LocalServerLoginFlowManager::~LocalServerLoginFlowManager() = default;

LocalServerLoginFlowManager LocalServerLoginFlowManager::for_globus_app(
    Text app_name, const LoginClient& login_client, const AppLoginOptions& options) {
  if (options.login_redirect_uri) {
    throw GlobusSDKUsageError(
        "a login by a local server has its own redirect URI: leave login_redirect_uri unset");
  }
  if (!std::holds_alternative<NativeAppAuthClient>(login_client)) {
    throw GlobusSDKUsageError(
        "a login by a local server is for native apps: others have a registered redirect URI");
  }
  return LocalServerLoginFlowManager(login_client,
                                     {.request_refresh_tokens = options.request_refresh_tokens,
                                      .native_prefill_named_grant = prefill_for_app(app_name)});
}

OAuthTokenResponse LocalServerLoginFlowManager::run_login_flow(
    const GlobusAuthorizationParameters& auth_parameters) const {
  require_scopes(auth_parameters);
  detail::BrowserChoice choice;
  if (!options_.open_browser) {
    choice = detail::choose_browser(detail::desktop_of_environment(), detail::is_program);
    if (choice.command.empty()) return run_without_browser(auth_parameters, choice.why_not);
  }
  const auto timeout = std::min<std::chrono::milliseconds>(options_.timeout.value_or(usual_timeout),
                                                           longest_timeout);
  const auto deadline = Clock::now() + timeout;
  const std::stop_token stop = options_.stop.value_or(std::stop_token());
  const std::string state = detail::random_verifier();
  std::optional<AuthorizationFlow> flow;
  std::optional<detail::Callback> callback;
  std::string why_not;
  {
    detail::CallbackServer server(options_.port.value_or(std::uint16_t{0}), state,
                                  options_.html_template.value_or(""));
    flow = start_flow(auth_parameters, server.redirect_uri(), state);
    const std::string url = get_authorize_url(*flow, auth_parameters);
    const Opened opened = open_url(options_, browsers_, choice.command, url);
    if (opened.shown) callback = await_callback(server, opened, deadline, stop);
    why_not = opened.why_not;
  }
  if (!callback) return run_without_browser(auth_parameters, why_not);
  if (callback->code.empty()) throw LoginRefusedError(callback->error, callback->error_description);
  return exchange_code(*flow, callback->code, stop);
}

OAuthTokenResponse LocalServerLoginFlowManager::run_without_browser(
    const GlobusAuthorizationParameters& auth_parameters, const std::string& why) const {
  if (options_.fall_back_to_command_line && code_page() && detail::has_terminal()) {
    const CommandLineLoginFlowManager by_hand(
        login_client(), {.request_refresh_tokens = request_refresh_tokens(),
                         .native_prefill_named_grant = native_prefill_named_grant(),
                         .stop = options_.stop});
    return by_hand.run_login_flow(auth_parameters);
  }
  throw LocalServerEnvironmentalLoginError(
      "no browser can be shown for a login: " + why +
      "; log in from a terminal with CommandLineLoginFlowManager, on a machine with a browser, or "
      "let the program act for itself with a client id and secret");
}

}  // namespace globus_sdk::inline v0
