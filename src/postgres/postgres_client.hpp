// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>

#include "postgres/postgres_pool.hpp"

namespace globus_sdk::inline v0::detail {

/// Does work on connections to a database that has the tables, and does it once more where the
/// connection was lost, as long as there is time.
class PostgresClient {
 public:
  PostgresClient(std::shared_ptr<const PostgresSettings> settings, std::size_t max_connections);

  /// When a call that begins now has to be done.
  PostgresDeadline deadline_of_call() const;

  /// Runs `work(connection, deadline)`. It may be run more than once, and then what it did before
  /// may have happened or not.
  ///
  /// @throws TokenStorageError when it cannot be done; what `work` throws.
  template <class Work> auto run(Work work) {
    const PostgresDeadline deadline = deadline_of_call();
    return repeat(deadline, [&] {
      const auto lease = take(PostgresUse::statements, deadline);
      try {
        return work(*lease, deadline);
      } catch (const PostgresFailure& failure) {
        look_at(failure);
        throw;
      }
    });
  }

  /// Tries something again and again, until it throws no PostgresFailure that may pass.
  template <class Attempt> auto repeat(PostgresDeadline deadline, Attempt attempt) {
    for (unsigned failures = 0;; ++failures) {
      try {
        return attempt();
      } catch (const PostgresFailure& failure) {
        pause_after(failure, failures, deadline);
      }
    }
  }

  /// A connection to a database with the tables.
  ///
  /// @throws PostgresFailure
  PostgresPool::Lease take(PostgresUse use, PostgresDeadline deadline);

  void close_idle() { pool_.close_idle(); }
  const PostgresSettings& settings() const noexcept { return *settings_; }

 private:
  /// @throws TokenStorageError when a failure will not pass in time.
  void pause_after(const PostgresFailure& failure, unsigned failures, PostgresDeadline deadline);
  void look_at(const PostgresFailure& failure) noexcept;

  const std::shared_ptr<const PostgresSettings> settings_;
  PostgresPool pool_;
  std::atomic<bool> has_tables_ = false;
};

}  // namespace globus_sdk::inline v0::detail
