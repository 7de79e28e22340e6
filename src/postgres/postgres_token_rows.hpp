// SPDX-License-Identifier: Apache-2.0
// The rows of the table of tokens.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "globus_sdk/token_storage/multi_user_token_storage.hpp"
#include "postgres/postgres_transaction.hpp"

namespace globus_sdk::inline v0::detail {

/// Which state of a row it is: another random number each time that it is stored. Nothing where
/// there is no row.
using RowChange = std::optional<std::int64_t>;

/// A number for a row that is about to be stored.
std::int64_t new_row_change();

struct TokenRow {
  std::int64_t change = 0;
  std::string document{};  // JSON
};

/// What is to be stored in a row.
struct NewTokenRow {
  std::string document{};  // JSON
  std::int64_t expires_at_seconds = 0;
};

std::optional<TokenRow> read_token_row(PostgresConnection& connection, PostgresDeadline deadline,
                                       const std::string& namespace_,
                                       const std::string& resource_server);
/// All rows of a namespace by their resource servers.
std::map<std::string, TokenRow> read_token_rows(PostgresConnection& connection,
                                                PostgresDeadline deadline,
                                                const std::string& namespace_);
/// The same for one row, which stays as it is until the transaction ends.
std::optional<TokenRow> lock_token_row(PostgresTransaction& transaction,
                                       const std::string& namespace_,
                                       const std::string& resource_server);

/// Stores a row in place of the one that was read.
///
/// @param before the change of that one.
/// @return false when somebody else has stored one where none was.
bool put_token_row(PostgresTransaction& transaction, const std::string& namespace_,
                   const std::string& resource_server, const NewTokenRow& row, RowChange before,
                   std::int64_t change);

/// Removes a row, or all of a namespace, with what nobody needs any more for its renewals.
///
/// @return how many there were.
std::size_t delete_token_row(PostgresTransaction& transaction, const std::string& namespace_,
                             const std::string& resource_server);
std::size_t delete_token_rows(PostgresTransaction& transaction, const std::string& namespace_);

/// Writes a namespace's rows as they are, so that a server that can write nothing is noticed.
void rewrite_token_rows(PostgresConnection& connection, PostgresDeadline deadline,
                        const std::string& namespace_);

/// A few namespaces, in the order of their bytes.
///
/// @param from the first one that may be among them.
std::vector<std::string> list_namespaces(PostgresConnection& connection, PostgresDeadline deadline,
                                         const std::string& from, std::int64_t limit);

/// A few of the tokens that expire first.
///
/// @param last the last second that counts.
/// @param after the token before them.
std::vector<TokenExpiry> list_expiries(PostgresConnection& connection, PostgresDeadline deadline,
                                       std::int64_t last, const TokenExpiry& after,
                                       std::int64_t limit);

}  // namespace globus_sdk::inline v0::detail
