// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "postgres/postgres_failure.hpp"
#include "postgres/postgres_url.hpp"

struct pg_conn;
struct pg_result;

namespace globus_sdk::inline v0::detail {

/// When something has to be done.
using PostgresDeadline = std::chrono::steady_clock::time_point;

/// How connections are made.
struct PostgresSettings {
  PostgresDatabase database{};
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds statement_timeout{10'000};
  std::chrono::milliseconds vanished_after{30'000};
};

/// A parameter of a statement, in PostgreSQL's binary form.
class PostgresValue {
 public:
  /// Bytes (`bytea`); they have to live until the statement was sent.
  PostgresValue(std::string_view bytes) noexcept : bytes_(bytes) {}    // NOLINT(*-explicit-*)
  PostgresValue(const std::string& bytes) noexcept : bytes_(bytes) {}  // NOLINT(*-explicit-*)
  PostgresValue(const char* bytes) noexcept : bytes_(bytes) {}         // NOLINT(*-explicit-*)
  /// A number (`bigint`).
  PostgresValue(std::int64_t number);  // NOLINT(*-explicit-*)

  const char* data() const noexcept { return number_.empty() ? bytes_.data() : number_.data(); }
  int size() const noexcept;
  unsigned type() const noexcept;

 private:
  std::string_view bytes_{};
  std::string number_{};
};

/// The rows that a statement gave.
class PostgresRows {
 public:
  explicit PostgresRows(pg_result* result) noexcept : result_(result) {}

  /// Whether there is an answer at all.
  explicit operator bool() const noexcept { return result_ != nullptr; }
  int size() const noexcept;
  /// Bytes of a column.
  std::string_view bytes(int row, int column) const;
  /// A number of a column of type `bigint`.
  std::int64_t number(int row, int column) const;
  bool is_null(int row, int column) const;
  /// How many rows the statement changed.
  std::size_t changed() const;
  /// Whether the statement was run.
  bool is_success() const;
  /// The server's code when it was not.
  std::string sqlstate() const;

 private:
  struct Clear {
    void operator()(pg_result* result) const noexcept;
  };
  std::unique_ptr<pg_result, Clear> result_;
};

/// A connection to a PostgreSQL server, for one thread at a time. Nothing waits longer than it is
/// told to, whatever the server does. Everything that fails throws PostgresFailure.
class PostgresConnection {
 public:
  /// Connects to the first server that will do.
  PostgresConnection(const PostgresSettings& settings, PostgresDeadline deadline);

  /// Runs one statement.
  ///
  /// @param statement one that is written down in this library: it is in messages of no kind, but
  ///   no value may be a part of it.
  PostgresRows run(const char* statement, std::initializer_list<PostgresValue> values,
                   PostgresDeadline deadline);
  PostgresRows run(const char* statement, PostgresDeadline deadline) {
    return run(statement, {}, deadline);
  }

  /// Runs one statement in the time that the settings give to it, but not past the deadline of the
  /// whole call.
  PostgresRows run_in_time(const char* statement, std::initializer_list<PostgresValue> values,
                           PostgresDeadline deadline);

  /// Whether it may be used once more: nothing has come from the server meanwhile, such as a word
  /// that it ends.
  bool is_fit() const;

  /// Lets the server hear something, so that it does not take this host for one that has vanished.
  /// Waits for nothing: the answer is read later.
  ///
  /// @return whether the connection is still there, as far as one knows.
  bool give_sign_of_life();

  int server_version() const;

 private:
  struct Finish {
    void operator()(pg_conn* connection) const noexcept;
  };
  using Handle = std::unique_ptr<pg_conn, Finish>;

  void connect(const PostgresParameters& server, PostgresDeadline deadline);
  void set_up(PostgresDeadline deadline);
  /// Reads the answer to a sign of life.
  void finish_sign(PostgresDeadline deadline);
  void send_all(PostgresDeadline deadline);
  void await_answer(PostgresDeadline deadline);
  /// False when the time is over.
  bool wait_for(short events, PostgresDeadline deadline) const;
  [[noreturn]] void lose(PostgresFailure::Kind kind, std::string problem);

  const PostgresSettings* settings_;
  Handle connection_{};
  bool has_sign_under_way_ = false;
};

}  // namespace globus_sdk::inline v0::detail
