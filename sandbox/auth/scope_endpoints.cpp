// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/scope_endpoints.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/auth/body_fields.hpp"
#include "sandbox/auth/errors.hpp"
#include "sandbox/auth/project_access.hpp"
#include "sandbox/auth/query_words.hpp"
#include "sandbox/auth/scopes.hpp"
#include "sandbox/base/database.hpp"
#include "sandbox/base/uuid.hpp"

namespace globus_sandbox::auth {

namespace json = boost::json;

namespace {

std::string text(const json::object& scope, const char* name) {
  return std::string(scope.at(name).as_string());
}

std::string string_of(const std::string& client, const std::string& suffix) {
  const bool plain = std::all_of(suffix.begin(), suffix.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
  if (!plain)
    throw bad_parameter("'scope_suffix' may have lower case letters, digits and underscores only");
  return "https://auth.globus.org/scopes/" + client + "/" + suffix;
}

json::array read_dependencies(const AuthContext& context, const json::object& document) {
  const json::value* list = document.if_contains("dependent_scopes");
  if (!list || list->is_null()) return {};
  if (!list->is_array()) throw bad_parameter("'dependent_scopes' must be a list");
  json::array result;
  for (const auto& item : list->as_array()) {
    const json::object* spec = item.if_object();
    if (!spec) throw bad_parameter("'dependent_scopes' must be a list of objects");
    const std::string id = canonical_uuid(required_text(*spec, "scope"));
    if (!context.scopes.find(id))
      throw bad_parameter("'dependent_scopes' has '" + id + "', which is no scope's id");
    result.emplace_back(json::object{
        {"scope", id},
        {"optional", flag_field(*spec, "optional", false)},
        {"requires_refresh_token", flag_field(*spec, "requires_refresh_token", false)}});
  }
  return result;
}

json::object read_new(const AuthContext& context, const json::object& document,
                      const std::string& client) {
  return {{"client", client},
          {"name", required_text(document, "name")},
          {"description", required_text(document, "description")},
          {"scope_string", string_of(client, required_text(document, "scope_suffix"))},
          {"advertised", flag_field(document, "advertised", false)},
          {"allows_refresh_token", flag_field(document, "allows_refresh_token", true)},
          {"required_domains", to_array(list_field(document, "required_domains"))},
          {"dependent_scopes", read_dependencies(context, document)}};
}

/// Takes over what the document has of a scope's fields.
void update(const AuthContext& context, const json::object& document, json::object& scope) {
  for (const char* name : {"name", "description"})
    if (has_field(document, name)) scope[name] = required_text(document, name);
  if (has_field(document, "scope_suffix"))
    scope["scope_string"] =
        string_of(text(scope, "client"), required_text(document, "scope_suffix"));
  for (const char* name : {"advertised", "allows_refresh_token"})
    scope[name] = flag_field(document, name, scope.at(name).as_bool());
  if (has_field(document, "required_domains"))
    scope["required_domains"] = to_array(list_field(document, "required_domains"));
  if (has_field(document, "dependent_scopes"))
    scope["dependent_scopes"] = read_dependencies(context, document);
}

/// Throws where another scope has this one's text.
void require_new_string(const AuthContext& context, const json::object& scope) {
  for (const auto& other : context.scopes.all())
    if (other.at("scope_string") == scope.at("scope_string") &&
        (!scope.contains("id") || other.at("id") != scope.at("id")))
      throw bad_parameter("'scope_suffix': there is a scope '" + text(scope, "scope_string") + "'");
}

/// Has logins go on to what the scope depends on and nobody may decline.
void define_dependencies(AuthContext& context, const json::object& scope) {
  for (const auto& spec : scope.at("dependent_scopes").as_array()) {
    if (spec.at("optional").as_bool()) continue;
    if (const auto other = context.scopes.find(std::string(spec.at("scope").as_string())))
      context.consents.define_dependency(text(scope, "scope_string"), text(*other, "scope_string"));
  }
}

bool manages(const AuthContext& context, const std::string& user, const json::object& scope) {
  const auto client = context.clients.find(text(scope, "client"));
  return client && administers(context, user, client->project);
}

HttpResponse answer(const json::object& scope) {
  return json_response(200, json::object{{"scope", scope}});
}

}  // namespace

HttpResponse scopes_endpoint(AuthContext& context, const HttpRequest& request) {
  const std::string user = require_manager(context, request);
  const bool by_id = request.query_value("ids").has_value();
  const bool by_string = request.query_value("scope_strings").has_value();
  if (by_id && by_string) throw bad_parameter("Only one of 'ids' and 'scope_strings' may be given");
  auto wanted = query_words(request, by_id ? "ids" : "scope_strings");
  for (auto& name : wanted) name = by_id ? canonical_uuid(name) : canonical_scope(name);
  json::array list;
  for (auto& scope : context.scopes.all()) {
    const std::string name = text(scope, by_id ? "id" : "scope_string");
    const bool asked = by_id || by_string
                           ? std::find(wanted.begin(), wanted.end(), name) != wanted.end()
                           : manages(context, user, scope);
    if (asked && (scope.at("advertised").as_bool() || manages(context, user, scope)))
      list.emplace_back(std::move(scope));
  }
  return json_response(200, json::object{{"scopes", std::move(list)}});
}

HttpResponse scope_endpoint(AuthContext& context, const HttpRequest& request) {
  const std::string& id = request.ids.at(0);
  const auto found = context.scopes.find(id);
  if (!found) {
    require_manager(context, request);
    throw not_found("There is no scope '" + id + "'");
  }
  json::object scope = *found;
  const bool only_reads = request.method != "PUT" && request.method != "DELETE";
  if (only_reads && scope.at("advertised").as_bool()) {
    require_manager(context, request);
    return answer(scope);
  }
  context.database.transaction([&] {
    const Client client = managed_client(context, request, text(scope, "client"));
    if (only_reads) return;
    context.consents.forget_dependencies(text(scope, "scope_string"));
    if (request.method == "DELETE") {
      context.scopes.remove(id);
      return;
    }
    update(context, read_document(request, "scope"), scope);
    require_new_string(context, scope);
    context.scopes.replace(client.id, scope);
    define_dependencies(context, scope);
  });
  return answer(scope);
}

HttpResponse client_scopes_endpoint(AuthContext& context, const HttpRequest& request) {
  const std::string& client_id = request.ids.at(0);
  json::object scope;
  context.database.transaction([&] {
    const Client client = managed_client(context, request, client_id);
    scope = read_new(context, read_document(request, "scope"), client.id);
    require_new_string(context, scope);
    scope = context.scopes.add(client.id, std::move(scope));
    define_dependencies(context, scope);
  });
  return answer(scope);
}

}  // namespace globus_sandbox::auth
