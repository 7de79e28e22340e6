// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/clients.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/auth/body_fields.hpp"
#include "sandbox/auth/identities.hpp"
#include "sandbox/auth/scopes.hpp"
#include "sandbox/base/database.hpp"
#include "sandbox/base/random.hpp"
#include "sandbox/base/time_text.hpp"
#include "sandbox/base/uuid.hpp"

namespace globus_sandbox::auth {

namespace json = boost::json;

namespace {

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

constexpr std::string_view columns =
    "SELECT id, name, client_type, is_public, visibility, grant_types, redirect_uris, parent,"
    " project, privacy_policy, terms_and_conditions, required_idp, preselect_idp,"
    " prompt_for_named_grant FROM clients ";

Client from_row(const Row& row) {
  Client client;
  client.id = row.text(0);
  client.name = row.text(1);
  client.client_type = row.text(2);
  client.is_public = row.integer(3) != 0;
  client.visibility = row.text(4);
  client.grant_types = split_words(row.text(5));
  client.redirect_uris = split_words(row.text(6));
  client.parent = row.text(7);
  client.project = row.text(8);
  client.privacy_policy = row.text(9);
  client.terms_and_conditions = row.text(10);
  client.required_idp = row.text(11);
  client.preselect_idp = row.text(12);
  client.prompt_for_named_grant = row.integer(13) != 0;
  return client;
}

}  // namespace

bool Client::may_use(std::string_view grant_type) const {
  return std::find(grant_types.begin(), grant_types.end(), grant_type) != grant_types.end();
}

Clients::Clients(Database& database, Identities& identities)
    : database_(database), identities_(identities) {
  database_.script(
      "CREATE TABLE IF NOT EXISTS clients ("
      "  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL, name TEXT NOT NULL,"
      "  client_type TEXT NOT NULL, is_public INTEGER NOT NULL, visibility TEXT NOT NULL,"
      "  grant_types TEXT NOT NULL, redirect_uris TEXT NOT NULL, parent TEXT, project TEXT,"
      "  privacy_policy TEXT, terms_and_conditions TEXT, required_idp TEXT, preselect_idp TEXT,"
      "  prompt_for_named_grant INTEGER NOT NULL, created REAL NOT NULL);"
      "CREATE TABLE IF NOT EXISTS client_credentials ("
      "  id TEXT PRIMARY KEY, client TEXT NOT NULL, name TEXT NOT NULL, secret TEXT NOT NULL,"
      "  created REAL NOT NULL);"
      "CREATE INDEX IF NOT EXISTS credentials_by_client ON client_credentials (client);");
}

Client Clients::add(Client client) {
  if (client.id.empty()) client.id = random_uuid();
  database_.transaction([&] {
    database_.run(
        "INSERT INTO clients (id, name, client_type, is_public, visibility, grant_types,"
        " redirect_uris, parent, project, privacy_policy, terms_and_conditions, required_idp,"
        " preselect_idp, prompt_for_named_grant, created)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {client.id, client.name, client.client_type, std::int64_t{client.is_public},
         client.visibility, join(client.grant_types, " "), join(client.redirect_uris, " "),
         client.parent, client.project, client.privacy_policy, client.terms_and_conditions,
         client.required_idp, client.preselect_idp, std::int64_t{client.prompt_for_named_grant},
         to_seconds(current_time())});
    Identity identity{client.id, client.id + "@clients.auth.globus.org", client.name};
    identity.is_client = true;
    identities_.add(identity);
  });
  return client;
}

ClientCredential Clients::add_credential(const std::string& client_id, const std::string& name,
                                         const std::string& secret) {
  ClientCredential credential{random_uuid(), client_id, name, secret, current_time()};
  database_.run(
      "INSERT INTO client_credentials (id, client, name, secret, created) VALUES (?, ?, ?, ?, ?)",
      {credential.id, client_id, name, secret, to_seconds(credential.created)});
  return credential;
}

std::vector<ClientCredential> Clients::credentials(const std::string& client_id) const {
  std::vector<ClientCredential> result;
  for (const auto& row : database_.run(
           "SELECT id, client, name, secret, created FROM client_credentials WHERE client = ?"
           " ORDER BY created, id",
           {client_id}))
    result.push_back(
        {row.text(0), row.text(1), row.text(2), row.text(3), from_seconds(row.real(4))});
  return result;
}

void Clients::remove_credential(const std::string& id) {
  database_.run("DELETE FROM client_credentials WHERE id = ?", {id});
}

void Clients::replace(const Client& client) {
  database_.run(
      "UPDATE clients SET name = ?, visibility = ?, redirect_uris = ?, privacy_policy = ?,"
      " terms_and_conditions = ?, required_idp = ?, preselect_idp = ? WHERE id = ?",
      {client.name, client.visibility, join(client.redirect_uris, " "), client.privacy_policy,
       client.terms_and_conditions, client.required_idp, client.preselect_idp, client.id});
}

std::optional<Client> Clients::find(std::string_view id) const {
  static const std::string sql = std::string(columns) + "WHERE id = ?";
  const auto rows = database_.run(sql, {canonical_uuid(id)});
  if (rows.empty()) return std::nullopt;
  return from_row(rows.front());
}

std::vector<Client> Clients::all() const {
  static const std::string sql = std::string(columns) + "ORDER BY number";
  std::vector<Client> result;
  for (const auto& row : database_.run(sql)) result.push_back(from_row(row));
  return result;
}

bool Clients::has_secret(const std::string& client_id, std::string_view secret) const {
  bool found = false;
  for (const auto& row :
       database_.run("SELECT secret FROM client_credentials WHERE client = ?", {client_id}))
    found = equal_secrets(row.text(0), secret) || found;
  return found;
}

void Clients::remove(const std::string& id) {
  database_.transaction([&] {
    database_.run("DELETE FROM client_credentials WHERE client = ?", {id});
    database_.run("DELETE FROM clients WHERE id = ?", {id});
    identities_.remove(id);
  });
}

json::object to_document(const Client& client) {
  return {{"id", client.id},
          {"name", client.name},
          {"client_type", client.client_type},
          {"public_client", client.is_public},
          {"visibility", client.visibility},
          {"grant_types", to_array(client.grant_types)},
          {"redirect_uris", to_array(client.redirect_uris)},
          {"scopes", json::array{}},
          {"fqdns", json::array{}},
          {"links",
           {{"privacy_policy", text_or_null(client.privacy_policy)},
            {"terms_and_conditions", text_or_null(client.terms_and_conditions)}}},
          {"required_idp", text_or_null(client.required_idp)},
          {"preselect_idp", text_or_null(client.preselect_idp)},
          {"parent_client", text_or_null(client.parent)},
          {"project", text_or_null(client.project)},
          {"prompt_for_named_grant", client.prompt_for_named_grant},
          {"userinfo_from_effective_identity", true}};
}

json::object to_document(const ClientCredential& credential) {
  return {{"id", credential.id},
          {"client", credential.client},
          {"name", credential.name},
          {"secret", credential.secret},
          {"created", to_precise_iso_text(credential.created)}};
}

std::vector<std::string> grant_types_of(std::string_view client_type) {
  if (client_type == "public_installed_client") return {"authorization_code", "refresh_token"};
  return {"authorization_code", "client_credentials", "refresh_token",
          "urn:globus:auth:grant_type:dependent_token"};
}

}  // namespace globus_sandbox::auth
