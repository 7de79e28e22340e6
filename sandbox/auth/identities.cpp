// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/identities.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <stdexcept>

#include "sandbox/base/clock.hpp"
#include "sandbox/base/database.hpp"
#include "sandbox/base/random.hpp"
#include "sandbox/base/uuid.hpp"
#include "sandbox/server/http.hpp"

namespace globus_sandbox::auth {

namespace json = boost::json;

namespace {

constexpr std::string_view columns =
    "SELECT id, username, name, email, organization, provider, status, is_client, identity_set,"
    " multi_factor FROM identities ";

Identity from_row(const Row& row) {
  return {row.text(0), row.text(1), row.text(2),         row.text(3), row.text(4),
          row.text(5), row.text(6), row.integer(7) != 0, row.text(8), row.integer(9) != 0};
}

std::optional<Identity> first(const std::vector<Row>& rows) {
  if (rows.empty()) return std::nullopt;
  return from_row(rows.front());
}

/// Lists of usernames have spaces and commas between them.
bool is_one_word(std::string_view username) {
  return std::none_of(username.begin(), username.end(),
                      [](char c) { return (c >= 0 && c <= ' ') || c == ',' || c == 127; });
}

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

}  // namespace

Identities::Identities(Database& database) : database_(database) {
  database_.script(
      "CREATE TABLE IF NOT EXISTS identity_providers (id TEXT PRIMARY KEY, domain TEXT UNIQUE NOT "
      "NULL);"
      "CREATE TABLE IF NOT EXISTS identities ("
      "  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL,"
      "  username TEXT UNIQUE NOT NULL COLLATE NOCASE, name TEXT, email TEXT, organization TEXT,"
      "  provider TEXT NOT NULL, status TEXT NOT NULL, is_client INTEGER NOT NULL,"
      "  created REAL NOT NULL);");
  database_.ensure_column("identities", "identity_set TEXT NOT NULL DEFAULT ''");
  database_.ensure_column("identities", "multi_factor INTEGER NOT NULL DEFAULT 1");
  database_.script("UPDATE identities SET identity_set = id WHERE identity_set = '';");
}

Identity Identities::add(Identity identity) {
  const std::string domain = domain_of(identity.username);
  if (domain.empty() || !is_one_word(identity.username))
    throw std::invalid_argument("'username' must be of the form name@domain");
  identity.id = identity.id.empty() ? random_uuid() : canonical_uuid(identity.id);
  database_.transaction([&] {
    if (find_username(identity.username)) throw std::invalid_argument("'username' is taken");
    if (find(identity.id)) throw std::invalid_argument("'id' is taken");
    if (identity.identity_set.empty()) identity.identity_set = identity.id;
    identity.identity_provider = provider_of_domain(domain);
    database_.run(
        "INSERT INTO identities (id, username, name, email, organization, provider, status,"
        " is_client, created, identity_set, multi_factor)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {identity.id, identity.username, identity.name, identity.email, identity.organization,
         identity.identity_provider, identity.status, std::int64_t{identity.is_client},
         to_seconds(current_time()), identity.identity_set, std::int64_t{identity.multi_factor}});
  });
  return identity;
}

std::optional<Identity> Identities::find(std::string_view id) const {
  static const std::string sql = std::string(columns) + "WHERE id = ?";
  return first(database_.run(sql, {canonical_uuid(id)}));
}

std::optional<Identity> Identities::find_username(std::string_view username) const {
  static const std::string sql = std::string(columns) + "WHERE username = ?";
  return first(database_.run(sql, {std::string(username)}));
}

std::optional<Identity> Identities::find_either(std::string_view id_or_username) const {
  auto found = find(id_or_username);
  return found ? found : find_username(id_or_username);
}

std::vector<Identity> Identities::users() const {
  static const std::string sql = std::string(columns) + "WHERE is_client = 0 ORDER BY number";
  std::vector<Identity> result;
  for (const auto& row : database_.run(sql)) result.push_back(from_row(row));
  return result;
}

std::vector<Identity> Identities::linked_with(std::string_view id) const {
  static const std::string sql =
      std::string(columns) +
      "WHERE identity_set = (SELECT identity_set FROM identities WHERE id = ?)"
      " ORDER BY id = identity_set DESC, number";
  std::vector<Identity> result;
  for (const auto& row : database_.run(sql, {std::string(id)})) result.push_back(from_row(row));
  return result;
}

void Identities::mark_used(std::string_view id) {
  database_.run("UPDATE identities SET status = 'used' WHERE id = ?", {std::string(id)});
}

void Identities::remove(std::string_view id) {
  database_.run("DELETE FROM identities WHERE id = ?", {std::string(id)});
}

std::vector<IdentityProvider> Identities::providers() const {
  std::vector<IdentityProvider> result;
  for (const auto& row : database_.run("SELECT id, domain FROM identity_providers ORDER BY domain"))
    result.push_back({row.text(0), row.text(1)});
  return result;
}

std::optional<IdentityProvider> Identities::provider(std::string_view id) const {
  const auto rows =
      database_.run("SELECT id, domain FROM identity_providers WHERE id = ?", {std::string(id)});
  if (rows.empty()) return std::nullopt;
  return IdentityProvider{rows.front().text(0), rows.front().text(1)};
}

std::string Identities::provider_of_domain(const std::string& domain) {
  database_.run("INSERT OR IGNORE INTO identity_providers (id, domain) VALUES (?, ?)",
                {random_uuid(), domain});
  return database_.run("SELECT id FROM identity_providers WHERE domain = ?", {domain})
      .front()
      .text(0);
}

json::object to_document(const Identity& identity) {
  return {{"id", identity.id},
          {"username", identity.username},
          {"name", text_or_null(identity.name)},
          {"email", text_or_null(identity.email)},
          {"organization", text_or_null(identity.organization)},
          {"identity_provider", identity.identity_provider},
          {"identity_type", identity.is_client ? "client" : "login"},
          {"status", identity.status}};
}

json::object to_document(const IdentityProvider& provider) {
  return {{"id", provider.id},
          {"name", provider.domain},
          {"short_name", provider.domain},
          {"domains", json::array{json::value(provider.domain)}},
          {"alternative_names", json::array{}}};
}

std::string domain_of(std::string_view username) {
  const auto at = username.rfind('@');
  if (at == std::string_view::npos || at == 0) return {};
  return lower_case(username.substr(at + 1));
}

}  // namespace globus_sandbox::auth
