// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/sessions.hpp"

#include <algorithm>
#include <utility>

#include "sandbox/base/clock.hpp"
#include "sandbox/base/database.hpp"
#include "sandbox/base/random.hpp"

namespace globus_sandbox::auth {

const Authentication* Session::find(std::string_view identity) const {
  const auto found =
      std::find_if(authentications.begin(), authentications.end(),
                   [&](const Authentication& each) { return each.identity == identity; });
  return found == authentications.end() ? nullptr : &*found;
}

Session Session::with(Authentication authentication) const {
  Session result = *this;
  std::erase_if(result.authentications, [&](const Authentication& each) {
    return each.identity == authentication.identity;
  });
  result.authentications.push_back(std::move(authentication));
  return result;
}

Sessions::Sessions(Database& database) : database_(database) {
  database_.script(
      "CREATE TABLE IF NOT EXISTS sessions ("
      "  id TEXT PRIMARY KEY, identity TEXT NOT NULL, authenticated REAL NOT NULL,"
      "  multi_factor INTEGER NOT NULL);"
      "CREATE TABLE IF NOT EXISTS authentications ("
      "  session TEXT NOT NULL, identity TEXT NOT NULL, time REAL NOT NULL,"
      "  multi_factor INTEGER NOT NULL, PRIMARY KEY (session, identity)) WITHOUT ROWID;");
  database_.ensure_column("sessions", "client TEXT NOT NULL DEFAULT '?'");
  database_.ensure_column("sessions", "browser TEXT NOT NULL DEFAULT ''");
  database_.script("CREATE INDEX IF NOT EXISTS sessions_by_browser ON sessions (browser);");
}

std::string Sessions::add(const std::string& identity_set, const std::string& client,
                          const std::string& browser) {
  std::string id = client.empty() ? random_token(24) : random_uuid();
  database_.run(
      "INSERT INTO sessions (id, identity, authenticated, multi_factor, client, browser)"
      " VALUES (?, ?, ?, 0, ?, ?)",
      {id, identity_set, to_seconds(current_time()), client, browser});
  return id;
}

Session Sessions::start_browser(const std::string& identity_set) {
  return {add(identity_set, {}, {}), identity_set, {}};
}

Session Sessions::start(const std::string& client, const Session& browser) {
  Session session = browser;
  database_.transaction([&] {
    session.id = add(browser.identity_set, client, browser.id);
    database_.run(
        "INSERT INTO authentications (session, identity, time, multi_factor)"
        " SELECT ?, identity, time, multi_factor FROM authentications WHERE session = ?",
        {session.id, browser.id});
  });
  return session;
}

void Sessions::authenticate(const std::string& session, const std::string& identity,
                            bool multi_factor) {
  database_.run(
      "INSERT OR REPLACE INTO authentications (session, identity, time, multi_factor)"
      " VALUES (?, ?, ?, ?)",
      {session, identity, to_seconds(current_time()), std::int64_t{multi_factor}});
}

void Sessions::end_browser(std::string_view id) {
  database_.run("DELETE FROM sessions WHERE id = ? AND client = ''", {std::string(id)});
}

std::optional<Session> Sessions::find(std::string_view id) const {
  return first(database_.run("SELECT id, identity FROM sessions WHERE id = ?", {std::string(id)}));
}

std::optional<Session> Sessions::find_browser(std::string_view id) const {
  return first(database_.run("SELECT id, identity FROM sessions WHERE id = ? AND client = ''",
                             {std::string(id)}));
}

std::optional<Session> Sessions::find_of_client(const std::string& client,
                                                const std::string& browser) const {
  return first(
      database_.run("SELECT id, identity FROM sessions WHERE client = ? AND browser = ?"
                    " ORDER BY authenticated DESC LIMIT 1",
                    {client, browser}));
}

std::optional<Session> Sessions::first(const std::vector<Row>& rows) const {
  if (rows.empty()) return std::nullopt;
  Session session{rows.front().text(0), rows.front().text(1)};
  for (const auto& row : database_.run("SELECT identity, time, multi_factor FROM authentications"
                                       " WHERE session = ? ORDER BY time",
                                       {session.id}))
    session.authentications.push_back(
        {row.text(0), from_seconds(row.real(1)), row.integer(2) != 0});
  return session;
}

}  // namespace globus_sandbox::auth
