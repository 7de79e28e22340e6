// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "postgres/postgres_connection.hpp"

namespace globus_sdk::inline v0::detail {

/// What a connection is taken for.
enum class PostgresUse {
  statements,  ///< it is given back in a moment
  lock,        ///< it is kept for as long as a renewal takes
};

/// The connections of one process to one database: no more than the settings allow. Whoever waits
/// for one first gets one first. It has to live until all its leases are gone.
class PostgresPool {
 public:
  /// A connection that was taken. It goes back to the pool with this object, unless it is of no use
  /// any more.
  class Lease {
   public:
    Lease(PostgresPool& pool, PostgresUse use) noexcept : pool_(&pool), use_(use) {}
    ~Lease() { give_back(); }
    Lease(Lease&& other) noexcept
        : pool_(std::exchange(other.pool_, nullptr)),
          use_(other.use_),
          connection_(std::move(other.connection_)) {}
    Lease& operator=(Lease&& other) noexcept {
      std::swap(pool_, other.pool_);
      std::swap(use_, other.use_);
      std::swap(connection_, other.connection_);
      return *this;
    }

    PostgresConnection& operator*() const noexcept { return *connection_; }
    PostgresConnection* operator->() const noexcept { return connection_.get(); }
    void give_back() noexcept;

   private:
    friend class PostgresPool;
    PostgresPool* pool_;
    PostgresUse use_;
    std::unique_ptr<PostgresConnection> connection_{};
  };

  PostgresPool(std::shared_ptr<const PostgresSettings> settings, std::size_t max_connections);

  /// A connection that nobody else uses; a new one where none is idle.
  ///
  /// @throws PostgresFailure when none can be had until then.
  Lease take(PostgresUse use, PostgresDeadline deadline);
  /// Ends the connections that are idle.
  void close_idle();

  std::size_t size() const noexcept { return max_connections_; }

 private:
  struct Waiter {
    PostgresUse use;
    bool has_turn = false;
    std::condition_variable turn{};
  };

  void wait_for_turn(PostgresUse use, PostgresDeadline deadline);
  bool has_room_for(PostgresUse use) const;
  void occupy(PostgresUse use);
  void let_waiters_go_on();
  std::unique_ptr<PostgresConnection> take_idle();
  void give_back(PostgresUse use, std::unique_ptr<PostgresConnection> connection) noexcept;

  const std::shared_ptr<const PostgresSettings> settings_;
  const std::size_t max_connections_;
  const std::size_t max_locks_;
  std::mutex mutex_;
  std::size_t in_use_ = 0;
  std::size_t locks_in_use_ = 0;
  std::list<Waiter*> waiters_;
  std::vector<std::unique_ptr<PostgresConnection>> idle_;
};

}  // namespace globus_sdk::inline v0::detail
