// SPDX-License-Identifier: Apache-2.0
#include "postgres/postgres_schema.hpp"

#include <array>
#include <string>
#include <vector>

#include "postgres/postgres_transaction.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// The statements that make the next version out of each; the first ones make version 1 out of
/// nothing. A later version only adds to them, so that programs of this version go on.
const std::array<std::vector<const char*>, 1> upgrades{{{
    "CREATE TABLE globus_sdk_schema (version bigint NOT NULL)",
    "INSERT INTO globus_sdk_schema VALUES (0)",
    R"(CREATE TABLE globus_sdk_tokens (
         namespace bytea NOT NULL, resource_server bytea NOT NULL,
         token_data bytea NOT NULL, expires_at_seconds bigint NOT NULL, change bigint NOT NULL,
         PRIMARY KEY (namespace, resource_server)))",
    R"(CREATE INDEX globus_sdk_tokens_by_expiry
         ON globus_sdk_tokens (expires_at_seconds, namespace, resource_server))",
    R"(CREATE TABLE globus_sdk_renewals (
         namespace bytea NOT NULL, resource_server bytea NOT NULL,
         checks bigint NOT NULL DEFAULT 0,
         PRIMARY KEY (namespace, resource_server)))",
}}};

constexpr auto newest_version = static_cast<std::int64_t>(upgrades.size());

/// For those who make the tables at the same time: a number that no other program will use.
constexpr std::int64_t makers_lock = 0x676C6F627573;

/// The version of the tables; 0 where there are none.
template <class Runs> std::int64_t version_of_tables(Runs run) {
  // by rows, since what a session knows of tables by their names can be older
  const PostgresRows tables =
      run("SELECT count(*) FROM pg_class "
          "WHERE relname = 'globus_sdk_schema' AND pg_table_is_visible(oid)");
  if (tables.number(0, 0) == 0) return 0;
  const PostgresRows rows = run("SELECT version FROM globus_sdk_schema");
  return rows.size() == 0 ? 0 : rows.number(0, 0);
}

void check_version(std::int64_t version) {
  if (version <= newest_version) return;
  throw PostgresFailure{PostgresFailure::Kind::refused, "",
                        "the tables are of version " + std::to_string(version) +
                            ", and this program knows version " + std::to_string(newest_version) +
                            "; use a newer globus-sdk-cpp"};
}

}  // namespace

void make_postgres_tables(PostgresConnection& connection, PostgresDeadline deadline) {
  const std::int64_t found = version_of_tables(
      [&](const char* statement) { return connection.run_in_time(statement, {}, deadline); });
  check_version(found);
  if (found == newest_version) return;
  PostgresTransaction transaction(connection, deadline);
  transaction.run("SELECT pg_advisory_xact_lock($1)", {makers_lock});
  std::int64_t version =
      version_of_tables([&](const char* statement) { return transaction.run(statement); });
  check_version(version);
  for (; version < newest_version; ++version) {
    for (const char* statement : upgrades.at(static_cast<std::size_t>(version))) {
      transaction.run(statement);
    }
    transaction.run("UPDATE globus_sdk_schema SET version = $1", {version + 1});
  }
  transaction.commit();
}

}  // namespace globus_sdk::inline v0::detail
