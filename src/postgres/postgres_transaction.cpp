// SPDX-License-Identifier: Apache-2.0
#include "postgres/postgres_transaction.hpp"

namespace globus_sdk::inline v0::detail {

PostgresTransaction::PostgresTransaction(PostgresConnection& connection, PostgresDeadline deadline)
    : connection_(connection), deadline_(deadline) {
  run("BEGIN");
}

PostgresTransaction::~PostgresTransaction() {
  if (!is_open_) return;
  try {
    run("ROLLBACK");
  } catch (...) {  // the connection is not used again then, and its end does the same
  }
}

void PostgresTransaction::commit() {
  is_open_ = false;
  run("COMMIT");
}

}  // namespace globus_sdk::inline v0::detail
