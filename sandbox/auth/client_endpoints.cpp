// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/client_endpoints.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "sandbox/auth/body_fields.hpp"
#include "sandbox/auth/credentials.hpp"
#include "sandbox/auth/errors.hpp"
#include "sandbox/auth/project_access.hpp"
#include "sandbox/base/database.hpp"
#include "sandbox/base/random.hpp"

namespace globus_sandbox::auth {

namespace json = boost::json;

namespace {

constexpr std::array<std::string_view, 7> client_types{
    "client_identity",         "confidential_client",
    "globus_connect_server",   "hybrid_confidential_client_resource_server",
    "public_installed_client", "public_webapp_client",
    "resource_server"};

void read_kind(const json::object& document, Client& client) {
  client.client_type = text_field(document, "client_type");
  const json::value* is_public = document.if_contains("public_client");
  if (is_public && !is_public->is_bool())
    throw bad_parameter("'public_client' must be true or false");
  if (client.client_type.empty() == (is_public == nullptr))
    throw bad_parameter("Exactly one of 'client_type' and 'public_client' must be given");
  if (is_public)
    client.client_type = is_public->as_bool() ? "public_installed_client"
                                              : "hybrid_confidential_client_resource_server";
  if (std::find(client_types.begin(), client_types.end(), client.client_type) == client_types.end())
    throw bad_parameter("'client_type' has the unknown value '" + client.client_type + "'");
  client.is_public = client.client_type == "public_installed_client" ||
                     client.client_type == "public_webapp_client";
  client.grant_types = grant_types_of(client.client_type);
}

std::string visibility_field(const json::object& document) {
  const std::string visibility = text_field(document, "visibility");
  if (visibility.empty()) return "private";
  if (visibility != "public" && visibility != "private")
    throw bad_parameter("'visibility' must be 'public' or 'private'");
  return visibility;
}

std::vector<std::string> redirect_uris_field(const json::object& document) {
  auto uris = list_field(document, "redirect_uris");
  for (const auto& uri : uris)
    if (uri.empty() || uri.find(' ') != std::string::npos)
      throw bad_parameter("'redirect_uris' has '" + uri + "', which is no URI");
  return uris;
}

/// Takes over what the document has of the fields that may change.
void update(const json::object& document, Client& client) {
  if (has_field(document, "name")) client.name = required_text(document, "name");
  if (has_field(document, "visibility")) client.visibility = visibility_field(document);
  if (has_field(document, "redirect_uris")) client.redirect_uris = redirect_uris_field(document);
  if (has_field(document, "required_idp"))
    client.required_idp = uuid_field(document, "required_idp");
  if (has_field(document, "preselect_idp"))
    client.preselect_idp = uuid_field(document, "preselect_idp");
  if (const json::value* links = document.if_contains("links"); links && links->is_object()) {
    client.privacy_policy = text_field(links->as_object(), "privacy_policy");
    client.terms_and_conditions = text_field(links->as_object(), "terms_and_conditions");
  }
}

Client read_new_client(const json::object& document) {
  Client client;
  client.name = required_text(document, "name");
  read_kind(document, client);
  update(document, client);
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
  if (id.empty()) throw bad_parameter("'template_id' is missing");
  if (context.identities.find(id)) return;
  Client client{id, "Application template"};
  client.grant_types = grant_types_of(client.client_type);
  context.clients.add(client);
}

/// A client as the API shows it, with the ids of its scopes.
json::object shown(const AuthContext& context, const Client& client) {
  json::object document = to_document(client);
  json::array scopes;
  for (const auto& scope : context.scopes.of_owner(client.id)) scopes.emplace_back(scope.at("id"));
  document["scopes"] = std::move(scopes);
  return document;
}

HttpResponse add(AuthContext& context, const Client& wanted) {
  json::object document;
  context.database.transaction([&] {
    const Client client = context.clients.add(wanted);
    document["client"] = shown(context, client);
    if (client.is_public) return;
    const auto credential =
        context.clients.add_credential(client.id, "Default credential", random_token(32));
    document["included"] = json::object{{"client_credential", to_document(credential)}};
  });
  return json_response(200, document);
}

json::object without_secret(const ClientCredential& credential) {
  json::object document = to_document(credential);
  document["secret"] = nullptr;
  return document;
}

void remove(AuthContext& context, const Client& client) {
  context.tokens.revoke_client(client.id);
  context.consents.remove_client(client.id);
  for (const auto& scope : context.scopes.of_owner(client.id)) {
    context.consents.forget_dependencies(std::string(scope.at("scope_string").as_string()));
    context.scopes.remove(id_of(scope));
  }
  context.clients.remove(client.id);
}

HttpResponse create_client(AuthContext& context, const HttpRequest& request) {
  const json::object document = read_document(request, "client");
  if (document.contains("template_id")) {
    const Client instance = read_instance(document);
    ensure_template(context, instance.parent);
    return add(context, instance);
  }
  if (const auto parent = client_of_header(context, request)) {
    Client client = read_new_client(document);
    client.parent = parent->id;
    client.project = parent->project;
    return add(context, client);
  }
  const std::string user = require_manager(context, request);
  Client client = read_new_client(document);
  client.project = uuid_field(document, "project");
  if (client.project.empty()) throw bad_parameter("'project' is missing");
  administered_project(context, user, client.project);
  return add(context, client);
}

}  // namespace

HttpResponse clients_endpoint(AuthContext& context, const HttpRequest& request) {
  if (request.method == "POST") return create_client(context, request);
  const std::string user = require_manager(context, request);
  if (const auto fqdn = request.query_value("fqdn"))
    throw not_found("No client of the sandbox has a domain name, nor '" + *fqdn + "'");
  json::array list;
  for (const auto& client : context.clients.all())
    if (!client.project.empty() && administers(context, user, client.project))
      list.emplace_back(shown(context, client));
  return json_response(200, json::object{{"clients", std::move(list)}});
}

HttpResponse client_endpoint(AuthContext& context, const HttpRequest& request) {
  const std::string& id = request.ids.at(0);
  json::object document;
  context.database.transaction([&] {
    Client client = managed_client(context, request, id);
    if (request.method == "PUT") {
      update(read_document(request, "client"), client);
      context.clients.replace(client);
    }
    document = shown(context, client);
    if (request.method == "DELETE") remove(context, client);
  });
  return json_response(200, json::object{{"client", std::move(document)}});
}

HttpResponse credentials_endpoint(AuthContext& context, const HttpRequest& request) {
  const std::string& client_id = request.ids.at(0);
  const Client client = managed_client(context, request, client_id);
  if (request.method == "POST") {
    const std::string name = required_text(read_document(request, "credential"), "name");
    if (client.is_public) throw bad_parameter("A public client has no credentials");
    const auto made = context.clients.add_credential(client.id, name, random_token(32));
    return json_response(200, json::object{{"credential", to_document(made)}});
  }
  json::array list;
  for (const auto& credential : context.clients.credentials(client.id))
    list.emplace_back(without_secret(credential));
  return json_response(200, json::object{{"credentials", std::move(list)}});
}

HttpResponse credential_endpoint(AuthContext& context, const HttpRequest& request) {
  const std::string& id = request.ids.at(1);
  const Client client = managed_client(context, request, request.ids.at(0));
  for (const auto& credential : context.clients.credentials(client.id)) {
    if (credential.id != id) continue;
    context.clients.remove_credential(id);
    return json_response(200, json::object{{"credential", without_secret(credential)}});
  }
  throw not_found("The client has no credential '" + id + "'");
}

}  // namespace globus_sandbox::auth
