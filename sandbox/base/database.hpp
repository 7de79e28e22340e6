// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

struct sqlite3;

namespace globus_sandbox {

/// A value of a column or a parameter.
using SqlValue = std::variant<std::nullptr_t, std::int64_t, double, std::string>;

/// A row of a result, by the position of its columns.
class Row {
 public:
  explicit Row(std::vector<SqlValue> values) : values_(std::move(values)) {}
  /// Text of a column; NULL reads as an empty text.
  std::string text(std::size_t column) const;
  /// Number of a column; NULL reads as 0.
  std::int64_t integer(std::size_t column) const;
  /// Number of a column; NULL reads as 0.
  double real(std::size_t column) const;
  bool is_null(std::size_t column) const;

 private:
  std::vector<SqlValue> values_;
};

/// The sandbox's state: one SQLite connection that all threads share, one statement at a time.
class Database {
 public:
  /// Opens `path`, or a database in memory when it is empty.
  explicit Database(const std::string& path);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Runs one statement, and returns all of its rows. Prepared statements are kept for the next
  /// use.
  std::vector<Row> run(std::string_view sql, std::vector<SqlValue> parameters = {});
  /// Runs one statement that changes rows, and returns how many it changed.
  int change(std::string_view sql, std::vector<SqlValue> parameters = {});
  /// Runs several statements without parameters (a schema).
  void script(const std::string& sql);
  /// Adds a column, as `name type...`, to a table that was made before there was such a one.
  void ensure_column(const std::string& table, const std::string& column);
  /// Runs `work` in one transaction that no other thread's statement gets into; rolls back on an
  /// exception. Inside another transaction it is simply part of that one.
  void transaction(const std::function<void()>& work);

 private:
  struct Statements;
  std::recursive_mutex mutex_;
  sqlite3* connection_ = nullptr;
  std::unique_ptr<Statements> statements_;
};

}  // namespace globus_sandbox
