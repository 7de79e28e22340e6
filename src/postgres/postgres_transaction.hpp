// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "postgres/postgres_connection.hpp"

namespace globus_sdk::inline v0::detail {

/// Statements that happen all or not at all. Without `commit` they do not happen.
class PostgresTransaction {
 public:
  PostgresTransaction(PostgresConnection& connection, PostgresDeadline deadline);
  ~PostgresTransaction();
  PostgresTransaction(const PostgresTransaction&) = delete;
  PostgresTransaction& operator=(const PostgresTransaction&) = delete;

  PostgresRows run(const char* statement, std::initializer_list<PostgresValue> values = {}) {
    return connection_.run_in_time(statement, values, deadline_);
  }
  void commit();

 private:
  PostgresConnection& connection_;
  const PostgresDeadline deadline_;
  bool is_open_ = true;
};

}  // namespace globus_sdk::inline v0::detail
