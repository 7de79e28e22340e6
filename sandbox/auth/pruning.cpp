// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/pruning.hpp"

#include "sandbox/base/database.hpp"

namespace globus_sandbox::auth {

namespace {

/// Until then it can still be seen why something is refused; a browser's session lasts longer.
constexpr auto hour = std::chrono::hours(1);
constexpr auto day = 24 * hour;

}  // namespace

void prune(Database& database, Instant now) {
  database.transaction([&] {
    // The settings keep the texts of the first user's tokens, which a later start must not give out
    // again once they were revoked.
    database.run(
        "DELETE FROM tokens WHERE ((expires > 0 AND expires < ?1) OR (revoked AND issued < ?1))"
        " AND token NOT IN (SELECT value FROM settings)",
        {to_seconds(now - hour)});
    database.run("DELETE FROM authorization_codes WHERE expires < ?", {to_seconds(now - hour)});
    database.run(
        "DELETE FROM sessions WHERE authenticated < ? AND id NOT IN (SELECT session FROM tokens)"
        " AND id NOT IN (SELECT session FROM authorization_codes)",
        {to_seconds(now - day)});
    database.run("DELETE FROM authentications WHERE session NOT IN (SELECT id FROM sessions)");
  });
}

}  // namespace globus_sandbox::auth
