// SPDX-License-Identifier: Apache-2.0
#include "token_storage/sqlite_database.hpp"

#include <sqlite3.h>

#include <utility>

#include "globus_sdk/token_storage/errors.hpp"
#include "token_storage/files.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// By SQLite's code; its own messages are left out, since they may quote what is in the file.
std::string problem(int code, int system_error, std::chrono::milliseconds timeout) {
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return "another process has held its lock for more than " + std::to_string(timeout.count()) +
             " ms; see what that process does (fuser shows it)";
    case SQLITE_FULL:
      return "the disk is full; free some space, or use a file elsewhere. What was stored is as it "
             "was";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return "is damaged, or no SQLite file; move it away and log in again, or name another file";
    case SQLITE_READONLY:
      return "cannot be written; see that you own the file and its folder, with modes 600 and 700";
    default:
      if (system_error != 0) return "cannot be read or written: " + explain(system_error);
      return std::string("SQLite says: ") + sqlite3_errstr(code);
  }
}

}  // namespace

void SqliteStatement::Finalize::operator()(sqlite3_stmt* statement) const noexcept {
  sqlite3_finalize(statement);
}

bool SqliteStatement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code != SQLITE_ROW && code != SQLITE_DONE) database_->fail(code);
  return code == SQLITE_ROW;
}

std::optional<std::string> SqliteStatement::text(int column) const {
  if (sqlite3_column_type(statement_.get(), column) != SQLITE_TEXT) return std::nullopt;
  const unsigned char* characters = sqlite3_column_text(statement_.get(), column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  return std::string(reinterpret_cast<const char*>(characters), size);
}

std::int64_t SqliteStatement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

bool SqliteStatement::has_value(int column) const {
  return sqlite3_column_type(statement_.get(), column) != SQLITE_NULL;
}

void SqliteDatabase::Close::operator()(sqlite3* connection) const noexcept {
  sqlite3_close_v2(connection);
}

SqliteDatabase::SqliteDatabase(std::string filepath, std::chrono::milliseconds timeout)
    : filepath_(std::move(filepath)), timeout_(timeout) {
  sqlite3* connection = nullptr;
  const int code = sqlite3_open_v2(filepath_.c_str(), &connection,
                                   SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  connection_.reset(connection);
  if (code != SQLITE_OK) fail(code);
  sqlite3_busy_timeout(connection, static_cast<int>(timeout.count()));
  execute("PRAGMA synchronous = FULL");
}

void SqliteDatabase::execute(const char* statements) const {
  const int code = sqlite3_exec(connection_.get(), statements, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code);
}

SqliteStatement SqliteDatabase::prepare(std::string_view statement,
                                        std::initializer_list<std::string_view> parameters) const {
  SqliteStatement result;
  sqlite3_stmt* prepared = nullptr;
  int code = sqlite3_prepare_v2(connection_.get(), statement.data(),
                                static_cast<int>(statement.size()), &prepared, nullptr);
  result.statement_.reset(prepared);
  result.database_ = this;
  if (code != SQLITE_OK) fail(code);
  int index = 0;
  for (const std::string_view parameter : parameters) {
    code = sqlite3_bind_text64(prepared, ++index, parameter.data(), parameter.size(), SQLITE_STATIC,
                               SQLITE_UTF8);
    if (code != SQLITE_OK) fail(code);
  }
  return result;
}

int SqliteDatabase::changes() const {
  return sqlite3_changes(connection_.get());
}

void SqliteDatabase::fail(int code) const {
  const int system_error = connection_ ? sqlite3_system_errno(connection_.get()) : 0;
  throw TokenStorageError(filepath_, problem(code, system_error, timeout_));
}

}  // namespace globus_sdk::inline v0::detail
