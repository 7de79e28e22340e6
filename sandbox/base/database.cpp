// SPDX-License-Identifier: Apache-2.0
#include "sandbox/base/database.hpp"

#include <sqlite3.h>

#include <array>
#include <map>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "sandbox/base/private_file.hpp"

namespace globus_sandbox {

namespace {

struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using StatementHandle = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

[[noreturn]] void fail(sqlite3* connection, std::string_view doing) {
  throw std::runtime_error("sandbox state: " + std::string(doing) + ": " +
                           (connection ? sqlite3_errmsg(connection) : "out of memory"));
}

void check(sqlite3* connection, int result, std::string_view doing) {
  if (result != SQLITE_OK) fail(connection, doing);
}

int bind_value(sqlite3_stmt* statement, int index, const SqlValue& value) {
  return std::visit(
      [&](const auto& v) {
        using T = std::decay_t<decltype(v)>;
        if constexpr (std::is_same_v<T, std::nullptr_t>)
          return sqlite3_bind_null(statement, index);
        else if constexpr (std::is_same_v<T, std::int64_t>)
          return sqlite3_bind_int64(statement, index, v);
        else if constexpr (std::is_same_v<T, double>)
          return sqlite3_bind_double(statement, index, v);
        else  // the values outlive the statement's run, so SQLite need not copy
          return sqlite3_bind_text64(statement, index, v.data(), v.size(), SQLITE_STATIC,
                                     SQLITE_UTF8);
      },
      value);
}

SqlValue column_value(sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL:
      return nullptr;
    case SQLITE_INTEGER:
      return static_cast<std::int64_t>(sqlite3_column_int64(statement, column));
    case SQLITE_FLOAT:
      return sqlite3_column_double(statement, column);
    default: {
      const auto* text = static_cast<const char*>(sqlite3_column_blob(statement, column));
      const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
      return text ? std::string(text, size) : std::string{};
    }
  }
}

/// Leaves a cached statement ready for its next use, whatever happened in this one.
struct ResetOnExit {
  sqlite3_stmt* statement;
  explicit ResetOnExit(sqlite3_stmt* used) : statement(used) {}
  ResetOnExit(const ResetOnExit&) = delete;
  ResetOnExit& operator=(const ResetOnExit&) = delete;
  ~ResetOnExit() {
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
  }
};

}  // namespace

std::string Row::text(std::size_t column) const {
  const auto& value = values_.at(column);
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* number = std::get_if<double>(&value)) return std::to_string(*number);
  return {};
}

std::int64_t Row::integer(std::size_t column) const {
  const auto& value = values_.at(column);
  if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
  if (const auto* number = std::get_if<double>(&value)) return static_cast<std::int64_t>(*number);
  return 0;
}

double Row::real(std::size_t column) const {
  const auto& value = values_.at(column);
  if (const auto* number = std::get_if<double>(&value)) return *number;
  if (const auto* number = std::get_if<std::int64_t>(&value)) return static_cast<double>(*number);
  return 0;
}

bool Row::is_null(std::size_t column) const {
  return std::holds_alternative<std::nullptr_t>(values_.at(column));
}

namespace {

/// A state file and what SQLite may keep beside it.
std::array<std::string, 4> files_of(const std::string& path) {
  return {path, path + "-journal", path + "-wal", path + "-shm"};
}

}  // namespace

struct Database::Statements {
  std::map<std::string, StatementHandle, std::less<>> prepared;
};

Database::Database(const std::string& path) : statements_(std::make_unique<Statements>()) {
  if (!path.empty()) {
    for (const auto& file : files_of(path)) require_own_file(file);
    ensure_private_file(path);
  }
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  const int result =
      sqlite3_open_v2(path.empty() ? ":memory:" : path.c_str(), &connection_, flags, nullptr);
  if (result != SQLITE_OK) {
    const std::string message =
        connection_ ? sqlite3_errmsg(connection_) : std::string("out of memory");
    sqlite3_close(connection_);
    throw std::runtime_error("cannot open the state file '" + path + "': " + message);
  }
  try {
    sqlite3_busy_timeout(connection_, 5000);
    // One sandbox at a time has a state file; the lock goes with its process, however that ends.
    // A killed process loses nothing that way, only a machine that loses power may.
    script("PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = OFF; BEGIN EXCLUSIVE; COMMIT;");
  } catch (const std::exception&) {
    const int error = sqlite3_errcode(connection_);
    sqlite3_close(connection_);
    if (error == SQLITE_NOTADB)
      throw std::runtime_error("the state file '" + path + "' is not a database");
    if (error != SQLITE_BUSY) throw;
    throw std::runtime_error("the state file '" + path + "' is in use by another sandbox");
  }
  // Only now that it is known to be a state: files of other kinds keep their modes. What SQLite
  // makes beside it later gets its mode.
  if (!path.empty())
    for (const auto& file : files_of(path)) make_private(file);
}

Database::~Database() {
  statements_.reset();
  sqlite3_close(connection_);
}

std::vector<Row> Database::run(std::string_view sql, std::vector<SqlValue> parameters) {
  const std::lock_guard lock(mutex_);
  auto found = statements_->prepared.find(sql);
  if (found == statements_->prepared.end()) {
    sqlite3_stmt* statement = nullptr;
    check(connection_,
          sqlite3_prepare_v3(connection_, sql.data(), static_cast<int>(sql.size()),
                             SQLITE_PREPARE_PERSISTENT, &statement, nullptr),
          sql);
    found = statements_->prepared.emplace(std::string(sql), StatementHandle(statement)).first;
  }
  sqlite3_stmt* statement = found->second.get();
  const ResetOnExit reset(statement);
  for (std::size_t i = 0; i < parameters.size(); ++i)
    check(connection_, bind_value(statement, static_cast<int>(i) + 1, parameters[i]), sql);

  std::vector<Row> rows;
  const int columns = sqlite3_column_count(statement);
  int result = SQLITE_ROW;
  while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
    std::vector<SqlValue> values;
    values.reserve(static_cast<std::size_t>(columns));
    for (int column = 0; column < columns; ++column)
      values.push_back(column_value(statement, column));
    rows.emplace_back(std::move(values));
  }
  if (result != SQLITE_DONE) fail(connection_, sql);
  return rows;
}

int Database::change(std::string_view sql, std::vector<SqlValue> parameters) {
  const std::lock_guard lock(mutex_);
  run(sql, std::move(parameters));
  return sqlite3_changes(connection_);
}

void Database::script(const std::string& sql) {
  const std::lock_guard lock(mutex_);
  check(connection_, sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr), sql);
}

void Database::ensure_column(const std::string& table, const std::string& column) {
  const std::string name = column.substr(0, column.find(' '));
  if (run("SELECT name FROM pragma_table_info('" + table + "') WHERE name = ?", {name}).empty())
    script("ALTER TABLE " + table + " ADD COLUMN " + column);
}

void Database::transaction(const std::function<void()>& work) {
  const std::lock_guard lock(mutex_);
  if (sqlite3_get_autocommit(connection_) == 0) return work();  // already inside one
  script("BEGIN IMMEDIATE");
  try {
    work();
    script("COMMIT");
  } catch (...) {
    if (sqlite3_get_autocommit(connection_) == 0)
      sqlite3_exec(connection_, "ROLLBACK", nullptr, nullptr, nullptr);
    throw;
  }
}

}  // namespace globus_sandbox
