// SPDX-License-Identifier: Apache-2.0
// An app that does what it is told: reads one step a line, as JSON, and writes what came of it as
// one line. Where it has to log in it writes the URL, and reads the code. test_apps.py has the
// Python SDK do the same.
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "globus_sdk/globus_sdk.hpp"

namespace {

using namespace globus_sdk;

/// The person who logs in is at the other end of our standard input and output.
class RemoteLogin final : public LoginFlowManager {
 public:
  RemoteLogin(LoginClient client, bool refresh_tokens)
      : LoginFlowManager(std::move(client), refresh_tokens) {}

  OAuthTokenResponse run_login_flow(
      const GlobusAuthorizationParameters& parameters) const override {
    const auto flow = start_flow(parameters, code_page().value());
    std::cout << Json{{"login", get_authorize_url(flow, parameters)}}.dump() << std::endl;
    std::string code;
    std::getline(std::cin, code);
    return exchange_code(flow, code);
  }
};

/// What the Python SDK calls an error.
std::string name_of(const GlobusError& error) {
  if (dynamic_cast<const MissingTokenError*>(&error)) return "MissingTokenError";
  if (dynamic_cast<const ExpiredTokenError*>(&error)) return "ExpiredTokenError";
  if (dynamic_cast<const UnmetScopeRequirementsError*>(&error)) {
    return "UnmetScopeRequirementsError";
  }
  if (dynamic_cast<const IdentityMismatchError*>(&error)) return "IdentityMismatchError";
  if (dynamic_cast<const LoginRequiredError*>(&error)) return "LoginRequiredError";
  if (const auto* api = dynamic_cast<const GlobusAPIError*>(&error)) {
    return "GlobusAPIError " + std::to_string(api->http_status());
  }
  if (dynamic_cast<const GlobusSDKUsageError*>(&error)) return "GlobusSDKUsageError";
  return error.what();
}

bool flag(const JsonView& step, const char* name) {
  const auto value = step.get(name);
  return value && value->as<bool>();
}

ScopeRequirements requirements_of(const JsonView& step) {
  ScopeRequirements requirements;
  if (const auto given = step.get("scope_requirements")) {
    for (const auto& [resource_server, scopes] : given->items()) {
      requirements.add(resource_server, Strings(scopes));
    }
  }
  return requirements;
}

class Peer {
 public:
  Json run(const JsonView& step) {
    const std::string what = step["do"].as<std::string>();
    if (what == "app") return make_app(step);
    if (what == "transfer") return make_transfer(step);
    if (what == "auth") auth_.emplace(*app_);
    if (what == "task_list") transfer_->task_list({.limit = 1});
    if (what == "ls") transfer_->operation_ls(step["collection"].as<std::string>());
    if (what == "userinfo") auth_->userinfo();
    if (what == "login") return log_in(step);
    if (what == "login_required") return app_->login_required();
    if (what == "logout") app_->logout({.sweep = flag(step, "sweep")});
    if (what == "close") app_->close();
    if (what == "add_scope_requirements") app_->add_scope_requirements(requirements_of(step));
    if (what == "add_data_access") {
      transfer_->add_app_data_access_scope(Strings(step["collections"]));
    }
    if (what == "get_authorizer") app_->get_authorizer(step["resource_server"].as<std::string>());
    if (what == "scope_requirements") return scope_requirements();
    return "done";
  }

 private:
  Json make_app(const JsonView& step) {
    transfer_.reset();
    auth_.reset();
    GlobusAppOptions options;
    options.scope_requirements = requirements_of(step);
    options.config.request_refresh_tokens = flag(step, "request_refresh_tokens");
    options.config.auto_redrive_gares = flag(step, "auto_redrive_gares");
    options.config.token_storage = step["token_storage"].as<std::string>();
    if (flag(step, "no_handler")) options.config.token_validation_error_handler = null;
    options.client_id = step["client_id"].as<std::string>();
    if (const auto secret = step.get("client_secret")) {
      options.client_secret = secret->as<std::string>();
      app_ = std::make_unique<ClientApp>("peer", options);
    } else {
      options.config.login_flow_manager = [](const std::string&, const LoginClient& client,
                                             const AppLoginOptions& login) {
        return AnyLoginFlowManager(RemoteLogin(client, login.request_refresh_tokens));
      };
      app_ = std::make_unique<UserApp>("peer", options);
    }
    return "done";
  }

  Json make_transfer(const JsonView& step) {
    ClientOptions options;
    if (const auto scopes = step.get("app_scopes")) options.app_scopes = Strings(*scopes);
    transfer_.emplace(*app_, options);
    return "done";
  }

  Json log_in(const JsonView& step) {
    AppLoginParameters parameters;
    parameters.force = flag(step, "force");
    if (const auto wanted = step.get("auth_params")) {
      parameters.auth_params = GlobusAuthorizationParameters::from_dict(Json(*wanted));
    }
    app_->login(parameters);
    return "done";
  }

  Json scope_requirements() const {
    std::map<std::string, std::vector<std::string>> all;
    for (const auto& [resource_server, scopes] : app_->scope_requirements()) {
      all[resource_server] = Strings(scopes.values()).values();
    }
    return Json(all);
  }

  std::unique_ptr<GlobusApp> app_;
  std::optional<TransferClient> transfer_;
  std::optional<AuthClient> auth_;
};

}  // namespace

int main() try {
  Peer peer;
  for (std::string line; std::getline(std::cin, line);) {
    Json result;
    try {
      result = {{"result", peer.run(Json::parse(line).view())}};
    } catch (const GlobusError& error) {
      result = {{"result", name_of(error)}};
    }
    std::cout << result.dump() << std::endl;
  }
} catch (const std::exception& error) {
  std::cerr << "app_peer: " << error.what() << '\n';
  return 1;
}
