// SPDX-License-Identifier: Apache-2.0
#include "auth_service.hpp"

#include <boost/json.hpp>
#include <utility>

#include "../database.hpp"
#include "authorize_endpoint.hpp"
#include "client_endpoints.hpp"
#include "errors.hpp"
#include "identity_endpoints.hpp"
#include "logout_endpoint.hpp"
#include "policy_endpoints.hpp"
#include "project_endpoints.hpp"
#include "scope_endpoints.hpp"
#include "token_endpoint.hpp"

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

struct Route {
  std::string_view methods;  // one or more, with a space between
  std::string_view path;
  HttpResponse (*answer)(AuthContext&, const HttpRequest&);
};

constexpr Route routes[] = {
    {"GET POST", "/v2/oauth2/authorize", authorize_endpoint},
    {"POST", "/v2/oauth2/token", token_endpoint},
    {"POST", "/v2/oauth2/token/introspect", introspect_endpoint},
    {"POST", "/v2/oauth2/token/validate", validate_endpoint},
    {"POST", "/v2/oauth2/token/revoke", revoke_endpoint},
    {"GET POST", "/v2/oauth2/userinfo", userinfo_endpoint},
    {"GET", "/v2/web/auth-code", show_code},
    {"GET", "/v2/web/logout", logout_endpoint},
    {"GET", "/v2/api/identities", identities_endpoint},
    {"GET", "/v2/api/identity_providers", identity_providers_endpoint},
    {"GET POST", "/v2/api/clients", clients_endpoint},
    {"GET POST", "/v2/api/projects", projects_endpoint},
    {"GET POST", "/v2/api/policies", policies_endpoint},
    {"GET", "/v2/api/scopes", scopes_endpoint},
    {"GET", "/jwk.json", json_web_keys},
    {"GET", "/.well-known/openid-configuration", openid_configuration},
};

struct ItemRoute {
  std::string_view methods;
  std::string_view before;
  std::string_view after;
  HttpResponse (*answer)(AuthContext&, const HttpRequest&, const std::string& id);
};

constexpr ItemRoute item_routes[] = {
    {"GET", "/v2/api/identities/", "", identity_endpoint},
    {"GET", "/v2/api/identities/", "/consents", consents_endpoint},
    {"GET PUT DELETE", "/v2/api/clients/", "", client_endpoint},
    {"GET POST", "/v2/api/clients/", "/credentials", credentials_endpoint},
    {"POST", "/v2/api/clients/", "/scopes", client_scopes_endpoint},
    {"GET PUT DELETE", "/v2/api/projects/", "", project_endpoint},
    {"GET PUT DELETE", "/v2/api/policies/", "", policy_endpoint},
    {"GET PUT DELETE", "/v2/api/scopes/", "", scope_endpoint},
};

bool allows(std::string_view methods, std::string_view method) {
  if (method == "HEAD") method = "GET";
  for (std::size_t begin = 0; begin < methods.size();) {
    const auto end = std::min(methods.find(' ', begin), methods.size());
    if (methods.substr(begin, end - begin) == method) return true;
    begin = end + 1;
  }
  return false;
}

/// What stands between a route's two ends, when it is one part of a path.
std::optional<std::string> item_of(std::string_view path, const ItemRoute& route) {
  if (path.size() <= route.before.size() + route.after.size() || !path.starts_with(route.before) ||
      !path.ends_with(route.after))
    return std::nullopt;
  path.remove_prefix(route.before.size());
  path.remove_suffix(route.after.size());
  if (path.find('/') != std::string_view::npos) return std::nullopt;
  return std::string(path);
}

/// The client and the credential of `/v2/api/clients/<client>/credentials/<credential>`.
std::optional<std::pair<std::string, std::string>> ids_of_credential(std::string_view path) {
  constexpr std::string_view before = "/v2/api/clients/";
  constexpr std::string_view between = "/credentials/";
  const auto middle = path.find(between);
  if (!path.starts_with(before) || middle == std::string_view::npos || middle <= before.size())
    return std::nullopt;
  const auto client = path.substr(before.size(), middle - before.size());
  const auto credential = path.substr(middle + between.size());
  if (credential.empty() || client.find('/') != std::string_view::npos ||
      credential.find('/') != std::string_view::npos)
    return std::nullopt;
  return std::pair(std::string(client), std::string(credential));
}

HttpResponse not_implemented(const HttpRequest& request) {
  return api_error(501, "NOT_IMPLEMENTED", "Not Implemented",
                   "globus-sandbox's Auth does not do " + request.method + ' ' + request.path);
}

}  // namespace

AuthService::AuthService(Database& database, Settings& settings, AuthSettings how)
    : context_(database, settings, std::move(how)) {}

HttpResponse AuthService::handle(const HttpRequest& request) {
  try {
    return route(request);
  } catch (Refusal& refusal) {
    return std::move(refusal.response);
  }
}

HttpResponse AuthService::route(const HttpRequest& request) {
  for (const auto& candidate : routes)
    if (candidate.path == request.path && allows(candidate.methods, request.method))
      return candidate.answer(context_, request);
  for (const auto& candidate : item_routes)
    if (allows(candidate.methods, request.method))
      if (const auto id = item_of(request.path, candidate))
        return candidate.answer(context_, request, *id);
  if (request.method == "DELETE")
    if (const auto ids = ids_of_credential(request.path))
      return credential_endpoint(context_, request, ids->first, ids->second);
  return not_implemented(request);
}

std::optional<Authenticated> AuthService::authenticate(std::string_view access_token) const {
  const auto token = context_.tokens.find(access_token);
  if (!token || token->is_refresh || !token->active()) return std::nullopt;
  Authenticated result;
  result.resource_server = token->resource_server;
  result.caller.identity_id = token->identity;
  result.caller.client_id = token->client;
  result.caller.session = token->session;
  result.caller.root_client = token->root_client;
  if (const auto identity = context_.identities.find(token->identity))
    result.caller.username = identity->username;
  result.caller.scopes = token->scopes();
  for (const auto& path : token->paths)
    for (const auto& longer :
         context_.consents.paths_below(token->identity, token->root_client, path))
      result.caller.scopes.push_back(last_scope(longer));
  return result;
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
