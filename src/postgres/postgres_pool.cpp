// SPDX-License-Identifier: Apache-2.0
#include "postgres/postgres_pool.hpp"

#include <algorithm>
#include <string>

namespace globus_sdk::inline v0::detail {

PostgresPool::PostgresPool(std::shared_ptr<const PostgresSettings> settings,
                           std::size_t max_connections)
    : settings_(std::move(settings)),
      max_connections_(max_connections),
      max_locks_(max_connections - std::max<std::size_t>(1, max_connections / 4)) {
  idle_.reserve(max_connections);
}

PostgresPool::Lease PostgresPool::take(PostgresUse use, PostgresDeadline deadline) {
  wait_for_turn(use, deadline);
  Lease lease(*this, use);
  lease.connection_ = take_idle();
  if (!lease.connection_) {
    const auto now = std::chrono::steady_clock::now();
    lease.connection_ = std::make_unique<PostgresConnection>(
        *settings_, std::min(deadline, now + settings_->connect_timeout));
  }
  return lease;
}

bool PostgresPool::has_room_for(PostgresUse use) const {
  return in_use_ < max_connections_ && (use != PostgresUse::lock || locks_in_use_ < max_locks_);
}

void PostgresPool::occupy(PostgresUse use) {
  ++in_use_;
  if (use == PostgresUse::lock) ++locks_in_use_;
}

void PostgresPool::wait_for_turn(PostgresUse use, PostgresDeadline deadline) {
  std::unique_lock lock(mutex_);
  const bool is_first =
      std::ranges::none_of(waiters_, [&](const Waiter* waiter) { return waiter->use == use; });
  if (is_first && has_room_for(use)) return occupy(use);
  Waiter self{use};
  const auto place = waiters_.insert(waiters_.end(), &self);
  if (self.turn.wait_until(lock, deadline, [&] { return self.has_turn; })) return;
  waiters_.erase(place);
  throw PostgresFailure{
      PostgresFailure::Kind::too_slow, "",
      "all " + std::to_string(max_connections_) +
          " connections of this storage are in use; allow more of them by max_connections, or "
          "call from fewer threads"};
}

/// In their order, but nobody who needs a connection for a moment waits for those who want locks.
void PostgresPool::let_waiters_go_on() {
  for (auto waiter = waiters_.begin(); waiter != waiters_.end();) {
    if (!has_room_for((*waiter)->use)) {
      ++waiter;
      continue;
    }
    occupy((*waiter)->use);
    (*waiter)->has_turn = true;
    (*waiter)->turn.notify_one();
    waiter = waiters_.erase(waiter);
  }
}

/// One that the server has not ended meanwhile.
std::unique_ptr<PostgresConnection> PostgresPool::take_idle() {
  std::vector<std::unique_ptr<PostgresConnection>> ended;  // closed without the lock
  const std::lock_guard lock(mutex_);
  while (!idle_.empty()) {
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    if (connection->is_fit()) return connection;
    ended.push_back(std::move(connection));
  }
  return nullptr;
}

void PostgresPool::close_idle() {
  std::vector<std::unique_ptr<PostgresConnection>> ended;
  ended.reserve(max_connections_);
  const std::lock_guard lock(mutex_);
  idle_.swap(ended);
}

void PostgresPool::give_back(PostgresUse use,
                             std::unique_ptr<PostgresConnection> connection) noexcept {
  if (connection && !connection->is_fit()) connection.reset();
  const std::lock_guard lock(mutex_);
  if (connection) idle_.push_back(std::move(connection));  // there is room
  --in_use_;
  if (use == PostgresUse::lock) --locks_in_use_;
  let_waiters_go_on();
}

void PostgresPool::Lease::give_back() noexcept {
  if (pool_ != nullptr) std::exchange(pool_, nullptr)->give_back(use_, std::move(connection_));
}

}  // namespace globus_sdk::inline v0::detail
