// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/auth_service.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "sandbox/auth/access_check.hpp"
#include "sandbox/auth/authorize_endpoint.hpp"
#include "sandbox/auth/client_endpoints.hpp"
#include "sandbox/auth/errors.hpp"
#include "sandbox/auth/identity_endpoints.hpp"
#include "sandbox/auth/logout_endpoint.hpp"
#include "sandbox/auth/policy_endpoints.hpp"
#include "sandbox/auth/project_endpoints.hpp"
#include "sandbox/auth/scope_endpoints.hpp"
#include "sandbox/auth/token_endpoint.hpp"
#include "sandbox/base/database.hpp"
#include "sandbox/sandbox.hpp"

namespace globus_sandbox::auth {

namespace json = boost::json;

namespace {

HttpResponse openid_configuration(AuthContext& context, const HttpRequest&) {
  const std::string& base = context.settings.base_url;
  return json_response(
      200, json::object{{"issuer", base},
                        {"authorization_endpoint", base + "/v2/oauth2/authorize"},
                        {"token_endpoint", base + "/v2/oauth2/token"},
                        {"userinfo_endpoint", base + "/v2/oauth2/userinfo"},
                        {"introspection_endpoint", base + "/v2/oauth2/token/introspect"},
                        {"revocation_endpoint", base + "/v2/oauth2/token/revoke"},
                        {"jwks_uri", base + "/jwk.json"},
                        {"scopes_supported", json::array{"openid", "email", "profile"}},
                        {"response_types_supported", json::array{"code"}},
                        {"grant_types_supported",
                         json::array{"authorization_code", "refresh_token", "client_credentials",
                                     "urn:globus:auth:grant_type:dependent_token"}},
                        {"subject_types_supported", json::array{"public"}},
                        {"id_token_signing_alg_values_supported", json::array{"RS512"}},
                        {"code_challenge_methods_supported", json::array{"S256"}},
                        {"token_endpoint_auth_methods_supported",
                         json::array{"client_secret_basic", "client_secret_post", "none"}},
                        {"claims_supported",
                         json::array{"at_hash", "aud", "email", "exp", "iat", "identity_provider",
                                     "identity_provider_display_name", "identity_set", "iss",
                                     "last_authentication", "name", "nonce", "organization",
                                     "preferred_username", "sub"}}});
}

HttpResponse json_web_keys(AuthContext& context, const HttpRequest&) {
  return json_response(200,
                       json::object{{"keys", json::array{context.signing_key.json_web_key()}}});
}

HttpResponse show_code(AuthContext&, const HttpRequest& request) {
  return auth_code_page(request);
}

const RouteTable<AuthContext&>& routes() {
  static const RouteTable<AuthContext&> table({
      {"GET POST", "/v2/oauth2/authorize", authorize_endpoint, any_parameters},
      {"POST", "/v2/oauth2/token", token_endpoint, any_parameters},
      {"POST", "/v2/oauth2/token/introspect", introspect_endpoint, any_parameters},
      {"POST", "/v2/oauth2/token/validate", validate_endpoint, any_parameters},
      {"POST", "/v2/oauth2/token/revoke", revoke_endpoint, any_parameters},
      {"GET POST", "/v2/oauth2/userinfo", userinfo_endpoint, any_parameters},
      {"GET", "/v2/web/auth-code", show_code, any_parameters},
      {"GET", "/v2/web/logout", logout_endpoint, any_parameters},
      {"GET", "/jwk.json", json_web_keys, any_parameters},
      {"GET", "/.well-known/openid-configuration", openid_configuration, any_parameters},
      {"GET",
       "/v2/api/identities",
       identities_endpoint,
       {{"ids", "usernames", "provision", "include"}}},
      {"GET", "/v2/api/identities/{id}", identity_endpoint, {{"include"}}},
      {"GET", "/v2/api/identities/{id}/consents", consents_endpoint, {{"all"}}},
      {"GET", "/v2/api/identity_providers", identity_providers_endpoint, {{"ids", "domains"}}},
      {"GET", "/v2/api/clients", clients_endpoint, {{"fqdn"}}},
      {"POST", "/v2/api/clients", clients_endpoint},
      {"GET PUT DELETE", "/v2/api/clients/{id}", client_endpoint},
      {"GET POST", "/v2/api/clients/{id}/credentials", credentials_endpoint},
      {"DELETE", "/v2/api/clients/{id}/credentials/{id}", credential_endpoint},
      {"POST", "/v2/api/clients/{id}/scopes", client_scopes_endpoint},
      {"GET POST", "/v2/api/projects", projects_endpoint},
      {"GET PUT DELETE", "/v2/api/projects/{id}", project_endpoint},
      {"GET POST", "/v2/api/policies", policies_endpoint},
      {"GET PUT DELETE", "/v2/api/policies/{id}", policy_endpoint},
      {"GET", "/v2/api/scopes", scopes_endpoint, {{"ids", "scope_strings"}}},
      {"GET PUT DELETE", "/v2/api/scopes/{id}", scope_endpoint},
  });
  return table;
}

AuthSettings settings_of(const Surroundings& surroundings) {
  const SandboxOptions& options = surroundings.options;
  return {surroundings.url + "/auth", options.auto_consent, options.rotate_refresh_tokens,
          options.refresh_token_grace, options.token_lifetime};
}

}  // namespace

AuthService::AuthService(const Surroundings& surroundings)
    : services_(surroundings.services),
      context_(surroundings.database, surroundings.settings, settings_of(surroundings),
               [this](std::string_view scope) { return knows_scope(scope); }) {}

bool AuthService::knows_scope(std::string_view scope) const {
  return std::any_of(services_.begin(), services_.end(),
                     [&](const auto& service) { return service->has_scope(scope); });
}

ServiceScopes AuthService::scopes() const {
  ServiceScopes scopes{"auth.globus.org", {"openid", "profile", "email", "offline_access"}, {}};
  const std::string prefix = "urn:globus:auth:scope:auth.globus.org:";
  for (const char* name :
       {"manage_projects", "view_authentications", "view_clients", "view_clients_and_scopes",
        "view_consents", "view_identities", "view_identity_set"})
    scopes.known.push_back(prefix + name);
  scopes.of_first_user = {"openid",
                          "profile",
                          "email",
                          prefix + "view_identity_set",
                          prefix + "view_identities",
                          prefix + "manage_projects"};
  return scopes;
}

bool AuthService::has_scope(std::string_view scope) const {
  if (Service::has_scope(scope) || scope == scope_of_application(accounts())) return true;
  const auto made = context_.scopes.all();
  return std::any_of(made.begin(), made.end(), [&](const json::object& each) {
    return each.at("scope_string").as_string() == scope;
  });
}

HttpResponse AuthService::answer(HttpRequest request) {
  return routes().answer(context_, std::move(request));
}

HttpResponse AuthService::write_error(const ServiceError& error, const std::string&) const {
  return api_error(error);
}

void AuthService::begin() {
  std::vector<std::pair<std::string, std::vector<std::string>>> granted;
  for (const auto& service : services_) {
    const auto scopes = service->scopes().of_first_user;
    if (!scopes.empty()) granted.emplace_back(service->name(), scopes);
  }
  const InitialAccounts made = ensure_initial_accounts(context_, granted);
  const std::lock_guard lock(accounts_mutex_);
  accounts_ = made;
}

InitialAccounts AuthService::accounts() const {
  const std::lock_guard lock(accounts_mutex_);
  return accounts_;
}

std::optional<Caller> AuthService::authenticate(std::string_view access_token) const {
  const auto token = context_.tokens.find(access_token);
  if (!token || token->is_refresh || !token->active()) return std::nullopt;
  Caller result;
  result.resource_server = token->resource_server;
  result.identity_id = token->identity;
  result.client_id = token->client;
  result.session = token->session;
  result.root_client = token->root_client;
  if (const auto identity = context_.identities.find(token->identity))
    result.username = identity->username;
  result.scopes = token->scopes();
  for (const auto& path : token->paths)
    for (const auto& longer :
         context_.consents.paths_below(token->identity, token->root_client, path))
      result.scopes.push_back(last_scope(longer));
  return result;
}

std::string AuthService::user_name(const std::string& identity_id) const {
  const auto identity = context_.identities.find(identity_id);
  return identity ? identity->username : std::string{};
}

std::string AuthService::first_user() const {
  return accounts().first_user;
}

TokenPair AuthService::tokens_of_first_user(const std::vector<std::string>& scopes) {
  return ensure_tokens(context_, accounts(), scopes);
}

bool AuthService::meets(const Caller& caller, const json::object& parameters, Instant since) const {
  return auth::meets(context_, caller, parameters, since);
}

void AuthService::check_authorization_parameters(const json::object& parameters) const {
  auth::check_authorization_parameters(context_, parameters);
}

void AuthService::reset() {
  context_.database.transaction([&] {
    for (const char* table :
         {"identities", "identity_providers", "clients", "client_credentials", "consents",
          "scope_dependencies", "tokens", "sessions", "authentications", "authorization_codes",
          "projects", "policies", "scopes"})
      context_.database.run("DELETE FROM " + std::string(table));
  });
}

}  // namespace globus_sandbox::auth
