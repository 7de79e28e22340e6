// SPDX-License-Identifier: Apache-2.0
#include "postgres/postgres_token_rows.hpp"

#include <random>

namespace globus_sdk::inline v0::detail {

namespace {

TokenRow token_row(const PostgresRows& rows, int row, int first_column) {
  return {rows.number(row, first_column), std::string(rows.bytes(row, first_column + 1))};
}

std::optional<TokenRow> only_row(const PostgresRows& rows) {
  if (rows.size() == 0) return std::nullopt;
  return token_row(rows, 0, 0);
}

/// What renewals of a namespace have left, but for those that are under way: these tidy up by
/// themselves.
void delete_renewals(PostgresTransaction& transaction, const std::string& namespace_) {
  transaction.run(
      R"(DELETE FROM globus_sdk_renewals WHERE (namespace, resource_server) IN (
           SELECT namespace, resource_server FROM globus_sdk_renewals AS renewals
           WHERE namespace = $1 AND NOT EXISTS (
             SELECT 1 FROM globus_sdk_tokens AS tokens WHERE tokens.namespace = renewals.namespace
             AND tokens.resource_server = renewals.resource_server)
           FOR UPDATE SKIP LOCKED))",
      {namespace_});
}

}  // namespace

std::int64_t new_row_change() {
  std::random_device random;
  const std::uint64_t high = random();
  const std::uint64_t low = random();
  return static_cast<std::int64_t>(high << 32 | low);
}

std::optional<TokenRow> read_token_row(PostgresConnection& connection, PostgresDeadline deadline,
                                       const std::string& namespace_,
                                       const std::string& resource_server) {
  return only_row(
      connection.run_in_time("SELECT change, token_data FROM globus_sdk_tokens "
                             "WHERE namespace = $1 AND resource_server = $2",
                             {namespace_, resource_server}, deadline));
}

std::map<std::string, TokenRow> read_token_rows(PostgresConnection& connection,
                                                PostgresDeadline deadline,
                                                const std::string& namespace_) {
  const PostgresRows rows = connection.run_in_time(
      "SELECT resource_server, change, token_data FROM globus_sdk_tokens WHERE namespace = $1",
      {namespace_}, deadline);
  std::map<std::string, TokenRow> result;
  for (int row = 0; row < rows.size(); ++row) {
    result.emplace(rows.bytes(row, 0), token_row(rows, row, 1));
  }
  return result;
}

std::optional<TokenRow> lock_token_row(PostgresTransaction& transaction,
                                       const std::string& namespace_,
                                       const std::string& resource_server) {
  return only_row(
      transaction.run("SELECT change, token_data FROM globus_sdk_tokens "
                      "WHERE namespace = $1 AND resource_server = $2 FOR UPDATE",
                      {namespace_, resource_server}));
}

bool put_token_row(PostgresTransaction& transaction, const std::string& namespace_,
                   const std::string& resource_server, const NewTokenRow& row, RowChange before,
                   std::int64_t change) {
  const char* const statement =
      before ? "UPDATE globus_sdk_tokens SET token_data = $3, expires_at_seconds = $4, change = $5 "
               "WHERE namespace = $1 AND resource_server = $2"
             : "INSERT INTO globus_sdk_tokens "
               "(namespace, resource_server, token_data, expires_at_seconds, change) "
               "VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
  return transaction
             .run(statement,
                  {namespace_, resource_server, row.document, row.expires_at_seconds, change})
             .changed() == 1;
}

std::size_t delete_token_row(PostgresTransaction& transaction, const std::string& namespace_,
                             const std::string& resource_server) {
  const std::size_t deleted =
      transaction
          .run("DELETE FROM globus_sdk_tokens WHERE namespace = $1 AND resource_server = $2",
               {namespace_, resource_server})
          .changed();
  delete_renewals(transaction, namespace_);
  return deleted;
}

std::size_t delete_token_rows(PostgresTransaction& transaction, const std::string& namespace_) {
  const std::size_t deleted =
      transaction.run("DELETE FROM globus_sdk_tokens WHERE namespace = $1", {namespace_}).changed();
  delete_renewals(transaction, namespace_);
  return deleted;
}

void rewrite_token_rows(PostgresConnection& connection, PostgresDeadline deadline,
                        const std::string& namespace_) {
  connection.run_in_time("UPDATE globus_sdk_tokens SET change = change WHERE namespace = $1",
                         {namespace_}, deadline);
}

std::vector<std::string> list_namespaces(PostgresConnection& connection, PostgresDeadline deadline,
                                         const std::string& from, std::int64_t limit) {
  // from one namespace to the next by the index, however many tokens each has
  const PostgresRows rows = connection.run_in_time(
      R"(WITH RECURSIVE names AS (
           (SELECT namespace FROM globus_sdk_tokens
            WHERE namespace >= $1 ORDER BY namespace LIMIT 1)
           UNION ALL
           SELECT (SELECT namespace FROM globus_sdk_tokens
                   WHERE namespace > names.namespace ORDER BY namespace LIMIT 1)
           FROM names WHERE names.namespace IS NOT NULL)
         SELECT namespace FROM names WHERE namespace IS NOT NULL LIMIT $2)",
      {from, limit}, deadline);
  std::vector<std::string> result;
  for (int row = 0; row < rows.size(); ++row) result.emplace_back(rows.bytes(row, 0));
  return result;
}

std::vector<TokenExpiry> list_expiries(PostgresConnection& connection, PostgresDeadline deadline,
                                       std::int64_t last, const TokenExpiry& after,
                                       std::int64_t limit) {
  const PostgresRows rows = connection.run_in_time(
      R"(SELECT expires_at_seconds, namespace, resource_server FROM globus_sdk_tokens
         WHERE expires_at_seconds <= $1
           AND (expires_at_seconds, namespace, resource_server) > ($2, $3, $4)
         ORDER BY expires_at_seconds, namespace, resource_server LIMIT $5)",
      {last, after.expires_at_seconds, after.namespace_, after.resource_server, limit}, deadline);
  std::vector<TokenExpiry> result;
  for (int row = 0; row < rows.size(); ++row) {
    result.push_back(
        {std::string(rows.bytes(row, 1)), std::string(rows.bytes(row, 2)), rows.number(row, 0)});
  }
  return result;
}

}  // namespace globus_sdk::inline v0::detail
