// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/app/globus_app.hpp"

#include "app/app_state.hpp"
#include "app/preflight.hpp"

namespace globus_sdk::inline v0 {

void resolve_by_login_flow(const GlobusApp& app, const TokenValidationError& error) {
  if (const auto* mismatch = dynamic_cast<const IdentityMismatchError*>(&error)) throw *mismatch;
  app.login({.force = true});
}

GlobusApp::GlobusApp(std::shared_ptr<const detail::AppState> state) : state_(std::move(state)) {}
GlobusApp::~GlobusApp() = default;
GlobusApp::GlobusApp(const GlobusApp&) = default;
GlobusApp& GlobusApp::operator=(const GlobusApp&) = default;

const std::string& GlobusApp::app_name() const noexcept {
  return state_->app_name;
}

const std::string& GlobusApp::client_id() const noexcept {
  return state_->client_id();
}

const GlobusAppConfig& GlobusApp::config() const noexcept {
  return state_->config;
}

const LoginClient& GlobusApp::login_client() const noexcept {
  return state_->login_client;
}

const ValidatingTokenStorage& GlobusApp::token_storage() const noexcept {
  return state_->token_storage();
}

void GlobusApp::login(const AppLoginParameters& parameters) const {
  state_->login(parameters);
}

bool GlobusApp::login_required() const {
  return state_->login_required();
}

void GlobusApp::logout(const AppLogoutParameters& parameters) const {
  state_->logout(parameters.sweep);
}

void GlobusApp::close() const {
  state_->close();
}

AnyAuthorizer GlobusApp::get_authorizer(Text resource_server) const {
  return state_->authorizer(resource_server.str());
}

void GlobusApp::add_scope_requirements(const ScopeRequirements& scope_requirements) const {
  state_->add_scope_requirements(scope_requirements);
}

ScopeRequirements::ByResourceServer GlobusApp::scope_requirements() const {
  return state_->required->get().by_resource_server();
}

PreflightReport GlobusApp::preflight(const Strings& collections,
                                     std::chrono::seconds horizon) const {
  return detail::preflight(*state_, collections, horizon);
}

std::shared_ptr<const detail::AppBinding> GlobusApp::binding() const {
  return state_;
}

}  // namespace globus_sdk::inline v0
