// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "postgres/postgres_client.hpp"
#include "postgres/postgres_token_rows.hpp"
#include "token_storage/renewal_locks.hpp"

namespace globus_sdk::inline v0::detail {

/// A lock on the renewal of a token, as this process holds it: a row that is locked as long as the
/// transaction of a connection is open.
class HeldPostgresLock {
 public:
  HeldPostgresLock(std::string namespace_, std::string resource_server);

  /// Locks the row, and waits for it until the deadline.
  ///
  /// @throws PostgresFailure
  void take(PostgresPool::Lease lease, PostgresDeadline deadline);
  /// Makes sure that it is still held, and that the server can write.
  ///
  /// @throws PostgresFailure
  void check(PostgresDeadline deadline);
  void give_sign_of_life();
  void release() noexcept;

  const std::string& namespace_() const noexcept { return namespace__; }
  const std::string& resource_server() const noexcept { return resource_server_; }
  /// Whether it is this thread that took it.
  bool is_mine() const noexcept { return thread_ == std::this_thread::get_id(); }

  /// What the token's row was when the lock was taken, or what the holder has made of it since.
  /// Only for the thread that took the lock.
  RowChange known{};

 private:
  const std::string namespace__;
  const std::string resource_server_;
  const std::thread::id thread_ = std::this_thread::get_id();
  std::mutex mutex_;  // the sign of life comes from another thread
  std::optional<PostgresPool::Lease> lease_{};
};

/// The locks on renewals that this process holds in a database. It needs a thread while it holds
/// any: the server takes a lock back when it hears nothing for a while.
class PostgresRenewalLocks : public std::enable_shared_from_this<PostgresRenewalLocks> {
 public:
  explicit PostgresRenewalLocks(std::shared_ptr<PostgresClient> client);
  ~PostgresRenewalLocks();
  PostgresRenewalLocks(const PostgresRenewalLocks&) = delete;
  PostgresRenewalLocks& operator=(const PostgresRenewalLocks&) = delete;

  /// @throws TokenStorageError when it cannot be had in time.
  TokenStorage::RenewalLock lock(const std::string& namespace_, const std::string& resource_server,
                                 std::chrono::milliseconds timeout);

  using Shared = std::shared_ptr<HeldPostgresLock>;
  /// The lock on the renewal of that token, where this thread holds it.
  Shared find_mine(const std::string& namespace_, const std::string& resource_server) const;
  /// All locks of a namespace that this thread holds.
  std::vector<Shared> find_mine(const std::string& namespace_) const;

 private:
  /// A namespace and a resource server.
  using Name = std::pair<std::string, std::string>;

  Shared take(const std::string& namespace_, const std::string& resource_server,
              std::chrono::milliseconds timeout, PostgresDeadline deadline);
  void keep(const Shared& held);
  void release(const Shared& held) noexcept;
  void give_signs_of_life();

  const std::shared_ptr<PostgresClient> client_;
  const std::shared_ptr<RenewalLocks> in_process_;
  mutable std::mutex mutex_;
  std::condition_variable stopped_;
  std::map<Name, Shared> held_;
  bool is_stopping_ = false;
  bool has_signaller_ = false;
  std::thread signaller_;
};

}  // namespace globus_sdk::inline v0::detail
