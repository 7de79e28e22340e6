// SPDX-License-Identifier: Apache-2.0
#include "client_endpoints.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "../database.hpp"
#include "../random.hpp"
#include "credentials.hpp"
#include "errors.hpp"

namespace globus_sandbox::auth {

namespace json = boost::json;

namespace {

constexpr std::string_view manage_projects =
    "urn:globus:auth:scope:auth.globus.org:manage_projects";

constexpr std::array<std::string_view, 7> client_types{
    "client_identity",         "confidential_client",
    "globus_connect_server",   "hybrid_confidential_client_resource_server",
    "public_installed_client", "public_webapp_client",
    "resource_server"};

/// The object below "client" in the body.
json::object read_client(const HttpRequest& request) {
  boost::system::error_code error;
  const json::value document = json::parse(request.body, error);
  const json::object* outer = error ? nullptr : document.if_object();
  const json::value* inner = outer ? outer->if_contains("client") : nullptr;
  if (!inner || !inner->is_object())
    throw Refusal{bad_parameter("The body must be a JSON object with an object 'client'")};
  return inner->as_object();
}

std::string text_field(const json::object& document, std::string_view name) {
  const json::value* value = document.if_contains(name);
  if (!value || value->is_null()) return {};
  if (!value->is_string())
    throw Refusal{bad_parameter("'" + std::string(name) + "' must be a string")};
  return std::string(value->as_string());
}

std::string required_text(const json::object& document, std::string_view name) {
  std::string text = text_field(document, name);
  if (text.empty()) throw Refusal{bad_parameter("'" + std::string(name) + "' is missing")};
  return text;
}

std::string uuid_field(const json::object& document, std::string_view name) {
  std::string text = text_field(document, name);
  if (!text.empty() && !is_uuid(text))
    throw Refusal{bad_parameter("'" + std::string(name) + "' must be a UUID")};
  return text;
}

std::vector<std::string> list_field(const json::object& document, std::string_view name) {
  const json::value* value = document.if_contains(name);
  if (!value || value->is_null()) return {};
  if (!value->is_array())
    throw Refusal{bad_parameter("'" + std::string(name) + "' must be a list")};
  std::vector<std::string> result;
  for (const auto& item : value->as_array()) {
    if (!item.is_string())
      throw Refusal{bad_parameter("'" + std::string(name) + "' must be a list of strings")};
    result.emplace_back(item.as_string());
  }
  return result;
}

void read_kind(const json::object& document, Client& client) {
  client.client_type = text_field(document, "client_type");
  const json::value* is_public = document.if_contains("public_client");
  if (is_public && !is_public->is_bool())
    throw Refusal{bad_parameter("'public_client' must be true or false")};
  if (client.client_type.empty() == (is_public == nullptr))
    throw Refusal{bad_parameter("Exactly one of 'client_type' and 'public_client' must be given")};
  if (is_public)
    client.client_type = is_public->as_bool() ? "public_installed_client"
                                              : "hybrid_confidential_client_resource_server";
  if (std::find(client_types.begin(), client_types.end(), client.client_type) == client_types.end())
    throw Refusal{
        bad_parameter("'client_type' has the unknown value '" + client.client_type + "'")};
  client.is_public = client.client_type == "public_installed_client" ||
                     client.client_type == "public_webapp_client";
  client.grant_types = grant_types_of(client.client_type);
}

Client read_new_client(const json::object& document) {
  Client client;
  client.name = required_text(document, "name");
  read_kind(document, client);
  client.visibility = text_field(document, "visibility");
  if (client.visibility.empty()) client.visibility = "private";
  if (client.visibility != "public" && client.visibility != "private")
    throw Refusal{bad_parameter("'visibility' must be 'public' or 'private'")};
  client.redirect_uris = list_field(document, "redirect_uris");
  for (const auto& uri : client.redirect_uris)
    if (uri.empty() || uri.find(' ') != std::string::npos)
      throw Refusal{bad_parameter("'redirect_uris' has '" + uri + "', which is no URI")};
  client.required_idp = uuid_field(document, "required_idp");
  client.preselect_idp = uuid_field(document, "preselect_idp");
  if (const json::value* links = document.if_contains("links"); links && links->is_object()) {
    client.privacy_policy = text_field(links->as_object(), "privacy_policy");
    client.terms_and_conditions = text_field(links->as_object(), "terms_and_conditions");
  }
  return client;
}

/// An instance of a template: a confidential client of its own, as a login of the command line
/// makes.
Client read_instance(const json::object& document) {
  Client client;
  client.name = required_text(document, "name");
  client.parent = uuid_field(document, "template_id");
  client.client_type = "confidential_client";
  client.is_public = false;
  client.grant_types = {"authorization_code", "client_credentials", "refresh_token"};
  client.prompt_for_named_grant = false;
  return client;
}

/// A template is a public client that every installation of an application knows. Which there are
/// is nothing that a sandbox can know, so that each becomes one when it is first named.
void ensure_template(AuthContext& context, const std::string& id) {
  if (id.empty()) throw Refusal{bad_parameter("'template_id' is missing")};
  if (context.identities.find(id)) return;
  Client client{id, "Application template"};
  client.grant_types = grant_types_of(client.client_type);
  context.clients.add(client);
}

HttpResponse add(AuthContext& context, const Client& wanted) {
  json::object document;
  context.database.transaction([&] {
    const Client client = context.clients.add(wanted);
    document["client"] = to_document(client);
    if (client.is_public) return;
    const auto credential =
        context.clients.add_credential(client.id, "Default credential", random_token(32));
    document["included"] = json::object{{"client_credential", to_document(credential)}};
  });
  return json_response(200, document);
}

/// Only a user who manages projects may act on clients that are not the caller's own.
void require_project_manager(const AuthContext& context, const HttpRequest& request) {
  const Token token = authenticate_bearer(context, request);
  const auto scopes = token.scopes();
  if (std::find(scopes.begin(), scopes.end(), manage_projects) == scopes.end())
    throw Refusal{
        forbidden("The access token lacks the scope '" + std::string(manage_projects) + "'")};
}

}  // namespace

HttpResponse create_client_endpoint(AuthContext& context, const HttpRequest& request) {
  const json::object document = read_client(request);
  if (document.contains("template_id")) {
    const Client instance = read_instance(document);
    ensure_template(context, instance.parent);
    return add(context, instance);
  }
  if (const auto parent = client_of_header(context, request)) {
    Client client = read_new_client(document);
    client.parent = parent->id;
    return add(context, client);
  }
  require_project_manager(context, request);
  Client client = read_new_client(document);
  client.project = uuid_field(document, "project");
  if (client.project.empty()) throw Refusal{bad_parameter("'project' is missing")};
  return add(context, client);
}

HttpResponse client_endpoint(AuthContext& context, const HttpRequest& request,
                             const std::string& id) {
  const auto caller = client_of_header(context, request);
  if (!caller) require_project_manager(context, request);
  const auto client = context.clients.find(id);
  if (!client) return not_found("There is no client '" + id + "'");
  if (caller && caller->id != client->id && caller->id != client->parent)
    return forbidden("The client is neither the caller nor a child of it");
  if (request.method == "DELETE")
    context.database.transaction([&] {
      context.tokens.revoke_client(client->id);
      context.consents.remove_client(client->id);
      context.clients.remove(client->id);
    });
  return json_response(200, json::object{{"client", to_document(*client)}});
}

}  // namespace globus_sandbox::auth
