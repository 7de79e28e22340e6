// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace globus_sdk::inline v0::detail {

/// A statement that is run once.
class SqliteStatement {
 public:
  /// Goes to the next row; false when there is none.
  bool step();
  /// A column of the row; nothing where it holds no text.
  std::optional<std::string> text(int column) const;
  std::int64_t integer(int column) const;
  /// Whether the column is not null.
  bool has_value(int column) const;

 private:
  friend class SqliteDatabase;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept;
  };

  std::unique_ptr<sqlite3_stmt, Finalize> statement_{};
  const class SqliteDatabase* database_ = nullptr;
};

/// A connection to an SQLite file, for one thread. Everything that fails throws TokenStorageError
/// with the file's name; a transaction that is under way then ends without effect.
class SqliteDatabase {
 public:
  /// Opens a file that is there.
  ///
  /// @param timeout how long to wait for others' locks.
  SqliteDatabase(std::string filepath, std::chrono::milliseconds timeout);

  /// Runs statements that give no rows.
  void execute(const char* statements) const;

  /// @param parameters must live until the statement does.
  SqliteStatement prepare(std::string_view statement,
                          std::initializer_list<std::string_view> parameters = {}) const;

  /// Rows that the last statement changed.
  int changes() const;

  const std::string& filepath() const noexcept { return filepath_; }

  /// Throws what the last failure means.
  [[noreturn]] void fail(int code) const;

 private:
  struct Close {
    void operator()(sqlite3* connection) const noexcept;
  };

  std::string filepath_;
  std::chrono::milliseconds timeout_;
  std::unique_ptr<sqlite3, Close> connection_{};
};

}  // namespace globus_sdk::inline v0::detail
