// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

#include "token_storage/sqlite_database.hpp"

namespace globus_sdk::inline v0::detail {

/// Whether the file has the tables, which are those of the Python SDK (1: that of its older
/// `SQLiteAdapter`, 2: its storage's). Call it inside a transaction.
///
/// @throws TokenStorageError when the file is damaged, from a newer version, or another program's.
bool has_token_tables(const SqliteDatabase& database);

/// Makes the tables in a file that has none. Call it inside a transaction.
void make_token_tables(const SqliteDatabase& database);

/// Makes a file with the tables, unless another process was quicker; it appears with them in it.
void make_token_database(const std::string& filepath, std::chrono::milliseconds timeout);

}  // namespace globus_sdk::inline v0::detail
