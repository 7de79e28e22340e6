// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/codes.hpp"

#include "sandbox/auth/scopes.hpp"
#include "sandbox/base/clock.hpp"
#include "sandbox/base/database.hpp"
#include "sandbox/base/random.hpp"

namespace globus_sandbox::auth {

namespace {

constexpr auto code_lifetime = std::chrono::minutes(10);

SqlValue text_or_null(const std::optional<std::string>& text) {
  return text ? SqlValue(*text) : SqlValue(nullptr);
}

}  // namespace

Codes::Codes(Database& database) : database_(database) {
  database_.script(
      "CREATE TABLE IF NOT EXISTS authorization_codes ("
      "  code TEXT PRIMARY KEY, client TEXT NOT NULL, identity TEXT NOT NULL,"
      "  redirect_uri TEXT NOT NULL, scopes TEXT NOT NULL, challenge TEXT NOT NULL,"
      "  offline INTEGER NOT NULL, state TEXT, nonce TEXT NOT NULL, session TEXT NOT NULL,"
      "  grant_id TEXT NOT NULL, expires REAL NOT NULL, used INTEGER NOT NULL);");
}

AuthorizationCode Codes::add(AuthorizationCode code) {
  code.code = random_token(24);
  code.grant = random_uuid();
  code.expires = current_time() + code_lifetime;
  database_.run(
      "INSERT INTO authorization_codes (code, client, identity, redirect_uri, scopes, challenge,"
      " offline, state, nonce, session, grant_id, expires, used)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
      {code.code, code.client, code.identity, code.redirect_uri, join(code.scopes, " "),
       code.challenge, std::int64_t{code.offline}, text_or_null(code.state), code.nonce,
       code.session, code.grant, to_seconds(code.expires)});
  return code;
}

std::optional<AuthorizationCode> Codes::find(std::string_view text) const {
  const auto rows = database_.run(
      "SELECT code, client, identity, redirect_uri, scopes, challenge, offline, state, nonce,"
      " session, grant_id, expires, used FROM authorization_codes WHERE code = ?",
      {std::string(text)});
  if (rows.empty()) return std::nullopt;
  const Row& row = rows.front();
  AuthorizationCode code;
  code.code = row.text(0);
  code.client = row.text(1);
  code.identity = row.text(2);
  code.redirect_uri = row.text(3);
  code.scopes = split_words(row.text(4));
  code.challenge = row.text(5);
  code.offline = row.integer(6) != 0;
  if (!row.is_null(7)) code.state = row.text(7);
  code.nonce = row.text(8);
  code.session = row.text(9);
  code.grant = row.text(10);
  code.expires = from_seconds(row.real(11));
  code.used = row.integer(12) != 0;
  return code;
}

bool Codes::use(std::string_view code) {
  return database_.change("UPDATE authorization_codes SET used = 1 WHERE code = ? AND used = 0",
                          {std::string(code)}) > 0;
}

}  // namespace globus_sandbox::auth
