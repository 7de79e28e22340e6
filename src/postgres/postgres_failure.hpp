// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>

namespace globus_sdk::inline v0::detail {

/// Why something that was asked of a PostgreSQL server did not happen. It stays inside this
/// library: callers get a TokenStorageError made of it.
struct PostgresFailure {
  enum class Kind {
    unreachable,  ///< no connection could be made
    refused,      ///< no connection could be made, and none can before somebody changes something
    lost,         ///< the connection ended: nobody knows what became of the last statement
    too_slow,     ///< the time was over
    statement,    ///< the server refused the statement
  };

  Kind kind = Kind::statement;
  std::string sqlstate{};  ///< the server's code, of five characters; empty when it sent none
  std::string problem{};   ///< what is wrong and what to do; no secret is in it

  /// Whether the same may work on another connection, now or in a moment.
  bool is_passing() const;
  /// Whether the connection is of no use any more.
  bool ends_connection() const;
};

/// What a server's code means and what to do about it.
///
/// @param statement_timeout of the settings, for the message.
std::string explain_sqlstate(std::string_view sqlstate,
                             std::chrono::milliseconds statement_timeout);

/// The failure of a statement that the server refused with that code.
PostgresFailure statement_failure(std::string sqlstate,
                                  std::chrono::milliseconds statement_timeout);

}  // namespace globus_sdk::inline v0::detail
