// SPDX-License-Identifier: Apache-2.0
#include "postgres/postgres_failure.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

namespace globus_sdk::inline v0::detail {

namespace {

struct Meaning {
  std::string_view sqlstate;  // or the first two characters, which are its class
  std::string_view problem;
};

// the first one that fits counts
constexpr std::array<Meaning, 25> meanings{{
    {"28P01", "the password is wrong; correct it in the URL, in PGPASSWORD or in ~/.pgpass"},
    {"28",
     "the server does not let this user in; correct the user in the URL, or have a line for it "
     "put into the server's pg_hba.conf"},
    {"3D000", "there is no such database; create it, or correct its name in the URL"},
    {"42501",
     "the user lacks a right; GRANT it SELECT, INSERT, UPDATE and DELETE on the tables "
     "globus_sdk_*, and CREATE on the schema where these are not there yet"},
    {"3F000", "there is no schema for the tables; correct the search path of the user or the URL"},
    {"53100", "the server's disk is full; free some space there. What was stored is as it was"},
    {"53200", "the server is out of memory; give it more, or fewer connections"},
    {"53300",
     "the server has too many connections; raise its max_connections, or lower that of this "
     "storage on each host"},
    {"53", "the server lacks something that it needs; see the server's log"},
    {"57014", "the statement took too long"},
    {"55P03", "another session holds a lock; see which one in the server's pg_locks"},
    {"57P01", "the server is shutting down; try again when it runs again"},
    {"57P02", "the server has crashed and starts again; try again in a moment"},
    {"57P03", "the server is starting up; try again in a moment"},
    {"57P04", "the database was dropped; create it again, or correct its name in the URL"},
    {"25006",
     "the server can only be read; name the primary server in the URL, or all servers with "
     "commas between them"},
    {"25P03", "the transaction was idle for too long, and the server has ended it"},
    {"40", "another session was in the way; try again"},
    {"42P01", "tables are missing which were there before; see who has dropped them"},
    {"42703", "a table has other columns than this program expects; see who has altered it"},
    {"54000",
     "the namespace and the resource server are too long: together they may have 2,600 bytes"},
    {"08", "the connection failed; see whether the server runs and can be reached"},
    {"58", "the server has trouble with its files; see the server's log"},
    {"XX", "the server has damaged data, or an error of its own; see the server's log"},
    {"", "the server refused the statement; see the server's log"},
}};

bool is_in_class(std::string_view sqlstate, std::initializer_list<std::string_view> starts) {
  return std::ranges::any_of(starts,
                             [&](std::string_view start) { return sqlstate.starts_with(start); });
}

}  // namespace

bool PostgresFailure::is_passing() const {
  if (kind == Kind::unreachable || kind == Kind::lost) return true;
  return is_in_class(
      sqlstate, {"40001", "40P01", "25006", "25P03", "53300", "57P01", "57P02", "57P03", "08"});
}

bool PostgresFailure::ends_connection() const {
  return kind != Kind::statement || is_in_class(sqlstate, {"25006", "25P03", "57P", "08", "XX"});
}

std::string explain_sqlstate(std::string_view sqlstate,
                             std::chrono::milliseconds statement_timeout) {
  const auto* const found = std::ranges::find_if(
      meanings, [&](const Meaning& meaning) { return sqlstate.starts_with(meaning.sqlstate); });
  std::string text(found->problem);
  if (sqlstate == "57014") {
    text += ": more than " + std::to_string(statement_timeout.count()) +
            " ms; see what holds it up in the server's pg_stat_activity, or allow a longer "
            "statement_timeout";
  }
  if (!sqlstate.empty()) text += " (SQLSTATE " + std::string(sqlstate) + ")";
  return text;
}

PostgresFailure statement_failure(std::string sqlstate,
                                  std::chrono::milliseconds statement_timeout) {
  PostgresFailure failure;
  failure.problem = explain_sqlstate(sqlstate, statement_timeout);
  // the server has ended the session, and may have done what it was asked before
  if (is_in_class(sqlstate, {"57P01", "57P02", "25P03", "08"}))
    failure.kind = PostgresFailure::Kind::lost;
  failure.sqlstate = std::move(sqlstate);
  return failure;
}

}  // namespace globus_sdk::inline v0::detail
