// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/tokens.hpp"

#include "sandbox/auth/consents.hpp"
#include "sandbox/auth/scopes.hpp"
#include "sandbox/base/clock.hpp"
#include "sandbox/base/database.hpp"
#include "sandbox/base/random.hpp"

namespace globus_sandbox::auth {

namespace {

std::vector<std::string> split_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const auto end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

/// 0 is kept for what never comes.
std::optional<Instant> time_or_never(double seconds) {
  return seconds == 0 ? std::nullopt : std::optional(from_seconds(seconds));
}

}  // namespace

std::vector<std::string> Token::scopes() const {
  std::vector<std::string> result;
  for (const auto& path : paths) result.push_back(last_scope(path));
  return result;
}

bool Token::active() const {
  return !revoked && (!expires || current_time() < *expires);
}

Tokens::Tokens(Database& database) : database_(database) {
  database_.script(
      "CREATE TABLE IF NOT EXISTS tokens ("
      "  token TEXT PRIMARY KEY, is_refresh INTEGER NOT NULL, client TEXT NOT NULL,"
      "  identity TEXT NOT NULL, root_client TEXT NOT NULL, paths TEXT NOT NULL,"
      "  resource_server TEXT NOT NULL, session TEXT NOT NULL, grant_id TEXT NOT NULL,"
      "  issued REAL NOT NULL, expires REAL NOT NULL, revoked INTEGER NOT NULL) WITHOUT ROWID;"
      "CREATE INDEX IF NOT EXISTS tokens_by_grant ON tokens (grant_id);"
      "CREATE INDEX IF NOT EXISTS tokens_by_client ON tokens (client);");
}

Token Tokens::add(Token token) {
  if (token.text.empty()) token.text = "Ag" + random_token(36);
  token.issued = current_time();
  database_.run(
      "INSERT OR REPLACE INTO tokens (token, is_refresh, client, identity, root_client, paths,"
      " resource_server, session, grant_id, issued, expires, revoked)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
      {token.text, std::int64_t{token.is_refresh}, token.client, token.identity, token.root_client,
       join(token.paths, "\n"), token.resource_server, token.session, token.grant,
       to_seconds(token.issued), token.expires ? to_seconds(*token.expires) : 0.0});
  return token;
}

std::optional<Token> Tokens::find(std::string_view text) const {
  const auto rows = database_.run(
      "SELECT token, is_refresh, client, identity, root_client, paths, resource_server, session,"
      " grant_id, issued, expires, revoked FROM tokens WHERE token = ?",
      {std::string(text)});
  if (rows.empty()) return std::nullopt;
  const Row& row = rows.front();
  return Token{row.text(0),
               row.integer(1) != 0,
               row.text(2),
               row.text(3),
               row.text(4),
               split_lines(row.text(5)),
               row.text(6),
               row.text(7),
               row.text(8),
               from_seconds(row.real(9)),
               time_or_never(row.real(10)),
               row.integer(11) != 0};
}

bool Tokens::revoke(std::string_view text) {
  return database_.change("UPDATE tokens SET revoked = 1 WHERE token = ? AND revoked = 0",
                          {std::string(text)}) > 0;
}

void Tokens::revoke_grant(std::string_view grant) {
  database_.run("UPDATE tokens SET revoked = 1 WHERE grant_id = ?", {std::string(grant)});
}

void Tokens::revoke_access_of(const Token& refresh_token) {
  database_.run(
      "UPDATE tokens SET revoked = 1 WHERE grant_id = ? AND client = ? AND resource_server = ?"
      " AND is_refresh = 0",
      {refresh_token.grant, refresh_token.client, refresh_token.resource_server});
}

void Tokens::revoke_client(std::string_view client) {
  database_.run("UPDATE tokens SET revoked = 1 WHERE client = ?", {std::string(client)});
}

bool Tokens::expire(std::string_view text) {
  return database_.change("UPDATE tokens SET expires = ? WHERE token = ?",
                          {to_seconds(current_time()), std::string(text)}) > 0;
}

void Tokens::begin_to_expire(std::string_view text, std::chrono::seconds left) {
  database_.run("UPDATE tokens SET expires = ? WHERE token = ? AND expires = 0",
                {to_seconds(current_time() + left), std::string(text)});
}

}  // namespace globus_sandbox::auth
