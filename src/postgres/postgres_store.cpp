// SPDX-License-Identifier: Apache-2.0
#include "postgres/postgres_store.hpp"

#include <algorithm>
#include <boost/json/value.hpp>
#include <utility>

#include "globus_sdk/core/json_view.hpp"
#include "globus_sdk/token_storage/errors.hpp"
#include "token_storage/stored_documents.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

using Kind = PostgresFailure::Kind;

/// Somebody else was in the way for a moment.
PostgresFailure was_overtaken() {
  return PostgresFailure{Kind::statement, "40001",
                         "another session stored the same token at the same time; try again"};
}

}  // namespace

PostgresStore::PostgresStore(const std::string& storage, const std::string& namespace_,
                             std::map<std::string, NewTokenRow> rows, bool keeps_sealed,
                             const PostgresRenewalLocks& locks)
    : storage_(storage),
      namespace__(namespace_),
      rows_(std::move(rows)),
      keeps_sealed_(keeps_sealed),
      locks_(locks) {}

void PostgresStore::attempt(PostgresConnection& connection, PostgresDeadline deadline) {
  PostgresTransaction transaction(connection, deadline);
  const Changes found = look_at_rows(transaction);
  if (may_be_done_) {
    if (is_done(found)) return tell_locks();
    if (found != before_) {
      throw TokenStorageError(storage_,
                              "the connection was lost, and another program has stored the same "
                              "tokens meanwhile; see what is stored, and store again");
    }
  }
  require_unchanged(found);
  put(transaction, found);
  before_ = found;
  commit(transaction);
  tell_locks();
}

/// Each row, which stays as it is until the transaction ends.
PostgresStore::Changes PostgresStore::look_at_rows(PostgresTransaction& transaction) const {
  Changes found;
  for (const auto& entry : rows_) {
    const auto row = lock_token_row(transaction, namespace__, entry.first);
    found[entry.first] = row ? RowChange(row->change) : std::nullopt;
    const bool is_mine = row && may_be_done_ && row->change == change_;
    if (row && keeps_sealed_ && !is_mine)
      require_replaceable({}, entry.first, read_document(row->document, storage_), storage_);
  }
  return found;
}

bool PostgresStore::is_done(const Changes& found) const {
  return std::ranges::any_of(found,
                             [&](const auto& entry) { return entry.second == RowChange(change_); });
}

/// Whoever holds the lock on a renewal knows what it replaces.
void PostgresStore::require_unchanged(const Changes& found) const {
  for (const auto& [resource_server, change] : found) {
    const auto lock = locks_.find_mine(namespace__, resource_server);
    if (!lock || lock->known == change) continue;
    throw TokenStorageError(storage_, "another program has stored or removed the token for " +
                                          resource_server +
                                          " while it was renewed here; what that program has "
                                          "stored remains, use it");
  }
}

void PostgresStore::put(PostgresTransaction& transaction, const Changes& found) const {
  for (const auto& [resource_server, row] : rows_) {
    if (!put_token_row(transaction, namespace__, resource_server, row, found.at(resource_server),
                       change_))
      throw was_overtaken();
  }
}

void PostgresStore::commit(PostgresTransaction& transaction) {
  try {
    transaction.commit();
  } catch (const PostgresFailure& failure) {
    if (failure.kind != Kind::statement) may_be_done_ = true;
    throw;
  }
}

void PostgresStore::tell_locks() const {
  for (const auto& entry : rows_) {
    if (const auto lock = locks_.find_mine(namespace__, entry.first)) lock->known = change_;
  }
}

Json read_document(const std::string& document, const std::string& storage) {
  const auto parsed = parse_json(document);
  if (parsed) return Json(*parsed);
  throw TokenStorageError(storage, "has a row that is no token; delete it and log in again");
}

void require_held(HeldPostgresLock& lock, const std::string& storage,
                  const PostgresClient& client) {
  try {
    lock.check(client.deadline_of_call());
  } catch (const PostgresFailure& failure) {
    const bool is_lost = failure.kind == Kind::lost;
    throw TokenStorageError(
        storage, is_lost ? "the lock on the renewal of the tokens of " + lock.resource_server() +
                               " was lost with its connection; nothing was renewed, try again"
                         : failure.problem);
  }
}

}  // namespace globus_sdk::inline v0::detail
