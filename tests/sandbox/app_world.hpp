// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "globus_sdk/app/client_app.hpp"
#include "globus_sdk/app/user_app.hpp"
#include "globus_sdk/login_flows/errors.hpp"
#include "globus_sdk/scopes/scope_collections.hpp"
#include "globus_sdk/token_storage/memory_token_storage.hpp"
#include "support/browser.hpp"
#include "support/raw_http.hpp"
#include "support/sandbox_world.hpp"

namespace globus_sdk_test {

/// Logs in by itself, as the sandbox's first user unless the session asks for another, and keeps
/// what it was asked for. Copies share what they keep.
class ScriptedLogin final : public globus_sdk::LoginFlowManager {
 public:
  explicit ScriptedLogin(globus_sdk::LoginClient client, bool refresh_tokens = false)
      : LoginFlowManager(std::move(client), refresh_tokens) {}

  globus_sdk::OAuthTokenResponse run_login_flow(
      const globus_sdk::GlobusAuthorizationParameters& parameters) const override {
    {
      const std::lock_guard lock(kept_->mutex);
      kept_->asked.push_back(parameters);
    }
    if (kept_->before_login) kept_->before_login();
    const auto flow = start_flow(parameters, code_page().value());
    std::string url = get_authorize_url(flow, parameters);
    if (!kept_->user.empty()) url += "&login_hint=" + kept_->user;
    const std::string code = code_from(url);
    if (code.empty()) {
      throw globus_sdk::LoginRefusedError("refused", "the sandbox gave no code");
    }
    return exchange_code(flow, code);
  }

  /// What each login was asked for.
  std::vector<globus_sdk::GlobusAuthorizationParameters> asked() const {
    const std::lock_guard lock(kept_->mutex);
    return kept_->asked;
  }
  std::size_t logins() const { return asked().size(); }
  void before_login(std::function<void()> action) const { kept_->before_login = std::move(action); }
  /// Who logs in from now on, by username.
  void be(const std::string& user) const { kept_->user = user; }

 private:
  struct Kept {
    std::mutex mutex;
    std::vector<globus_sdk::GlobusAuthorizationParameters> asked;
    std::function<void()> before_login;
    std::string user;
  };
  std::shared_ptr<Kept> kept_ = std::make_shared<Kept>();
};

inline globus_sandbox::SandboxOptions consenting(globus_sandbox::SandboxOptions options = {}) {
  options.auto_consent = true;
  return options;
}

/// A sandbox where apps log in by themselves.
struct AppWorld : SandboxWorld {
  explicit AppWorld(globus_sandbox::SandboxOptions options = {})
      : SandboxWorld(consenting(std::move(options))) {}

  globus_sdk::UserApp user_app(const globus_sdk::GlobusAppConfig& changes = {},
                               const globus_sdk::ScopeRequirements& requirements = {}) {
    login = ScriptedLogin(native_client(), changes.request_refresh_tokens);
    globus_sdk::GlobusAppConfig config = changes;
    config.login_flow_manager = login;
    if (!config.token_storage) config.token_storage = globus_sdk::MemoryTokenStorage();
    return globus_sdk::UserApp(
        "an app",
        {.login_client = native_client(), .scope_requirements = requirements, .config = config});
  }
  globus_sdk::ClientApp client_app(const globus_sdk::GlobusAppConfig& changes = {},
                                   const globus_sdk::ScopeRequirements& requirements = {}) const {
    globus_sdk::GlobusAppConfig config = changes;
    if (!config.token_storage) config.token_storage = globus_sdk::MemoryTokenStorage();
    return globus_sdk::ClientApp(
        "a service",
        {.login_client = login_client(), .scope_requirements = requirements, .config = config});
  }
  globus_sdk::TransferClient transfer_of(const globus_sdk::GlobusApp& app) const {
    return globus_sdk::TransferClient(app, options("transfer"));
  }

  /// Makes a collection ask for something: fields of `/_sandbox/collections`.
  void change_collection(const std::string& id, boost::json::object changes) const {
    changes["collection"] = id;
    control("PATCH", "collections", changes);
  }
  void control(const std::string& method, const std::string& path,
               const boost::json::object& document) const {
    raw_http::Request request;
    request.method = method;
    request.url = sandbox.value("URL") + path;
    request.headers = {{"Content-Type", "application/json"}};
    request.body = serialize(document);
    request.verify = false;
    const auto answer = raw_http::Client().send(request);
    if (answer.status >= 300) throw std::runtime_error(path + ": " + answer.body);
  }

  ScriptedLogin login{native_client()};
};

}  // namespace globus_sdk_test
