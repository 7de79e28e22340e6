// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/consents.hpp"

#include <algorithm>

#include "sandbox/base/clock.hpp"
#include "sandbox/base/database.hpp"

namespace globus_sandbox::auth {

namespace {

std::string continued(const std::string& path, const std::string& scope) {
  return path.empty() ? scope : path + ' ' + scope;
}

}  // namespace

Consents::Consents(Database& database) : database_(database) {
  database_.script(
      "CREATE TABLE IF NOT EXISTS consents ("
      "  id INTEGER PRIMARY KEY AUTOINCREMENT, identity TEXT NOT NULL, client TEXT NOT NULL,"
      "  path TEXT NOT NULL, allows_refresh INTEGER NOT NULL, optional INTEGER NOT NULL,"
      "  created REAL NOT NULL, updated REAL NOT NULL, UNIQUE (identity, client, path));"
      "CREATE TABLE IF NOT EXISTS scope_dependencies ("
      "  scope TEXT NOT NULL, dependency TEXT NOT NULL, PRIMARY KEY (scope, dependency));");
}

void Consents::record(const std::string& identity, const std::string& client,
                      const std::vector<RequestedScope>& scopes, bool allows_refresh) {
  database_.transaction([&] {
    for (const auto& scope : scopes) record_one(identity, client, {}, scope, allows_refresh);
  });
}

void Consents::record_one(const std::string& identity, const std::string& client,
                          const std::string& above, const RequestedScope& scope,
                          bool allows_refresh) {
  const std::string path = continued(above, scope.scope);
  database_.run(
      "INSERT INTO consents (identity, client, path, allows_refresh, optional, created, updated)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)"
      " ON CONFLICT (identity, client, path) DO UPDATE SET updated = ?6,"
      " allows_refresh = max(allows_refresh, ?4)",
      {identity, client, path, std::int64_t{allows_refresh}, std::int64_t{scope.optional},
       to_seconds(current_time())});
  for (const auto& dependency : scope.dependencies)
    record_one(identity, client, path, dependency, allows_refresh);
  for (const auto& row :
       database_.run("SELECT dependency FROM scope_dependencies WHERE scope = ?", {scope.scope})) {
    const auto on_the_way = split_words(path);
    if (std::find(on_the_way.begin(), on_the_way.end(), row.text(0)) == on_the_way.end())
      record_one(identity, client, path, {row.text(0)}, allows_refresh);
  }
}

bool Consents::cover(const std::string& identity, const std::string& client,
                     const std::vector<RequestedScope>& scopes, bool needs_refresh,
                     const std::string& above) const {
  return std::all_of(scopes.begin(), scopes.end(), [&](const RequestedScope& scope) {
    return covers_one(identity, client, above, scope, needs_refresh);
  });
}

bool Consents::covers_one(const std::string& identity, const std::string& client,
                          const std::string& above, const RequestedScope& scope,
                          bool needs_refresh) const {
  const std::string path = continued(above, scope.scope);
  const auto rows = database_.run(
      "SELECT allows_refresh FROM consents WHERE identity = ? AND client = ? AND path = ?",
      {identity, client, path});
  if (rows.empty() || (needs_refresh && rows.front().integer(0) == 0)) return false;
  return std::all_of(scope.dependencies.begin(), scope.dependencies.end(),
                     [&](const RequestedScope& dependency) {
                       return covers_one(identity, client, path, dependency, needs_refresh);
                     });
}

std::vector<std::string> Consents::paths_below(const std::string& identity,
                                               const std::string& client,
                                               const std::string& path) const {
  std::vector<std::string> result;
  // '!' follows the space that separates scopes, so this range is what begins with "path ".
  for (const auto& row :
       database_.run("SELECT path FROM consents WHERE identity = ?1 AND client = ?2"
                     " AND path > ?3 || ' ' AND path < ?3 || '!' ORDER BY id",
                     {identity, client, path}))
    result.push_back(row.text(0));
  return result;
}

std::vector<Consent> Consents::of_identity(const std::string& identity) const {
  std::vector<Consent> result;
  for (const auto& row :
       database_.run("SELECT id, identity, client, path, allows_refresh, optional, created, updated"
                     " FROM consents WHERE identity = ? ORDER BY id",
                     {identity}))
    result.push_back({row.integer(0), row.text(1), row.text(2), split_words(row.text(3)),
                      row.integer(4) != 0, row.integer(5) != 0, from_seconds(row.real(6)),
                      from_seconds(row.real(7))});
  return result;
}

void Consents::remove_client(const std::string& client) {
  database_.run("DELETE FROM consents WHERE client = ?", {client});
}

void Consents::define_dependency(const std::string& scope, const std::string& dependency) {
  database_.run("INSERT OR IGNORE INTO scope_dependencies (scope, dependency) VALUES (?, ?)",
                {scope, dependency});
}

void Consents::forget_dependencies(const std::string& scope) {
  database_.run("DELETE FROM scope_dependencies WHERE scope = ?", {scope});
}

std::string last_scope(const std::string& path) {
  const auto space = path.rfind(' ');
  return space == std::string::npos ? path : path.substr(space + 1);
}

}  // namespace globus_sandbox::auth
