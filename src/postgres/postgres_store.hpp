// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "globus_sdk/core/json.hpp"
#include "postgres/postgres_renewal_locks.hpp"

namespace globus_sdk::inline v0::detail {

/// Tokens that are to be stored, all or none, however often that has to be tried: it is known
/// afterwards whether a try whose answer was lost has stored them.
class PostgresStore {
 public:
  /// @param storage what errors call the storage.
  /// @param rows by resource server.
  /// @param keeps_sealed whether a row that is sealed may not be replaced.
  PostgresStore(const std::string& storage, const std::string& namespace_,
                std::map<std::string, NewTokenRow> rows, bool keeps_sealed,
                const PostgresRenewalLocks& locks);

  /// Tries to store them.
  ///
  /// @throws TokenStorageError when they may not be stored.
  /// @throws PostgresFailure
  void attempt(PostgresConnection& connection, PostgresDeadline deadline);

 private:
  using Changes = std::map<std::string, RowChange>;  // by resource server

  Changes look_at_rows(PostgresTransaction& transaction) const;
  bool is_done(const Changes& found) const;
  void require_unchanged(const Changes& found) const;
  void put(PostgresTransaction& transaction, const Changes& found) const;
  void commit(PostgresTransaction& transaction);
  void tell_locks() const;

  const std::string& storage_;
  const std::string& namespace__;
  const std::map<std::string, NewTokenRow> rows_;
  const bool keeps_sealed_;
  const PostgresRenewalLocks& locks_;
  const std::int64_t change_ = new_row_change();
  bool may_be_done_ = false;
  Changes before_{};  // what the try found that may have stored them
};

/// The document of a row.
///
/// @throws TokenStorageError when it is none.
Json read_document(const std::string& document, const std::string& storage);

/// Makes sure that a lock is still held, and that the server can write.
///
/// @throws TokenStorageError
void require_held(HeldPostgresLock& lock, const std::string& storage, const PostgresClient& client);

}  // namespace globus_sdk::inline v0::detail
