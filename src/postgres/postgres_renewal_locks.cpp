// SPDX-License-Identifier: Apache-2.0
#include "postgres/postgres_renewal_locks.hpp"

#include <algorithm>
#include <system_error>

#include "core/process/abandoned.hpp"
#include "core/process/fork_count.hpp"
#include "core/process/no_thread.hpp"
#include "core/process/sigpipe.hpp"
#include "globus_sdk/token_storage/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds longest_wait = std::chrono::hours(24 * 7);

/// To tell the server that a lock is not needed any more. The end of the connection tells it too.
constexpr milliseconds longest_release{2000};

/// The server's codes for a lock that was not free in time.
bool is_not_free(const PostgresFailure& failure) {
  return failure.sqlstate == "55P03" || failure.sqlstate == "57014";
}

/// How long the server lets the next statements of this transaction wait.
void set_patience(PostgresConnection& connection, PostgresDeadline deadline) {
  const auto left =
      std::chrono::duration_cast<milliseconds>(deadline - steady_clock::now()).count();
  const std::string text = std::to_string(std::max<std::int64_t>(1, left));
  const std::string statement = "SELECT set_config('lock_timeout', '" + text +
                                "', true), set_config('statement_timeout', '" + text + "', true)";
  connection.run(statement.c_str(), deadline);
}

/// Locks the row of a renewal, which is made where there is none.
void lock_row(PostgresConnection& connection, const std::string& namespace_,
              const std::string& resource_server, PostgresDeadline deadline) {
  while (true) {
    connection.run(
        "INSERT INTO globus_sdk_renewals (namespace, resource_server) VALUES ($1, $2) "
        "ON CONFLICT DO NOTHING",
        {namespace_, resource_server}, deadline);
    const PostgresRows rows = connection.run(
        "SELECT 1 FROM globus_sdk_renewals WHERE namespace = $1 AND resource_server = $2 "
        "FOR UPDATE",
        {namespace_, resource_server}, deadline);
    if (rows.size() == 1) return;  // otherwise its last holder has removed it
  }
}

}  // namespace

HeldPostgresLock::HeldPostgresLock(std::string namespace_, std::string resource_server)
    : namespace__(std::move(namespace_)), resource_server_(std::move(resource_server)) {}

void HeldPostgresLock::take(PostgresPool::Lease lease, PostgresDeadline deadline) {
  // the server says first that it was not in time
  const PostgresDeadline last_word = deadline + milliseconds(500);
  lease->run("BEGIN", last_word);
  set_patience(*lease, deadline);
  lock_row(*lease, namespace__, resource_server_, last_word);
  const auto row = read_token_row(*lease, last_word, namespace__, resource_server_);
  known = row ? RowChange(row->change) : std::nullopt;
  lease_.emplace(std::move(lease));
}

void HeldPostgresLock::check(PostgresDeadline deadline) {
  const std::lock_guard lock(mutex_);
  (*lease_)->run_in_time(
      "UPDATE globus_sdk_renewals SET checks = checks + 1 "
      "WHERE namespace = $1 AND resource_server = $2",
      {namespace__, resource_server_}, deadline);
}

void HeldPostgresLock::give_sign_of_life() {
  const std::lock_guard lock(mutex_);
  if (lease_) (*lease_)->give_sign_of_life();
}

void HeldPostgresLock::release() noexcept {
  const std::lock_guard lock(mutex_);
  if (!lease_) return;
  const PostgresDeadline deadline = steady_clock::now() + longest_release;
  try {
    // of a token that is gone nothing stays
    (*lease_)->run(
        R"(DELETE FROM globus_sdk_renewals WHERE namespace = $1 AND resource_server = $2
           AND NOT EXISTS (SELECT 1 FROM globus_sdk_tokens
                           WHERE namespace = $1 AND resource_server = $2))",
        {namespace__, resource_server_}, deadline);
    (*lease_)->run("COMMIT", deadline);
  } catch (...) {  // the connection ends, and with it the lock
  }
  lease_.reset();
}

PostgresRenewalLocks::PostgresRenewalLocks(std::shared_ptr<PostgresClient> client)
    : client_(std::move(client)),
      in_process_(std::make_shared<RenewalLocks>(client_->settings().database.name)) {}

PostgresRenewalLocks::~PostgresRenewalLocks() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  stopped_.notify_all();
  if (signaller_.joinable()) signaller_.join();
}

TokenStorage::RenewalLock PostgresRenewalLocks::lock(const std::string& namespace_,
                                                     const std::string& resource_server,
                                                     milliseconds timeout) {
  struct Lock {
    std::shared_ptr<PostgresRenewalLocks> locks{};
    TokenStorage::RenewalLock in_process{};
    Shared held{};
    std::uint64_t process = fork_count();

    Lock() = default;
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
    ~Lock() {
      if (process == fork_count()) {
        if (held) locks->release(held);
        return;
      }
      // the parent's
      abandon(std::move(held));
      abandon(std::move(locks));
    }
  };
  const PostgresDeadline deadline = steady_clock::now() + std::min(timeout, longest_wait);
  const auto lock = std::make_shared<Lock>();
  lock->in_process = in_process_->lock(namespace_, resource_server, timeout);
  lock->locks = shared_from_this();
  lock->held = take(namespace_, resource_server, timeout, deadline);
  keep(lock->held);
  return lock;
}

PostgresRenewalLocks::Shared PostgresRenewalLocks::take(const std::string& namespace_,
                                                        const std::string& resource_server,
                                                        milliseconds timeout,
                                                        PostgresDeadline deadline) {
  const auto held = std::make_shared<HeldPostgresLock>(namespace_, resource_server);
  client_->repeat(deadline, [&] {
    try {
      held->take(client_->take(PostgresUse::lock, deadline), deadline);
    } catch (const PostgresFailure& failure) {
      if (!is_not_free(failure)) throw;
      throw TokenStorageError(client_->settings().database.name,
                              "another host has been renewing the tokens of " + resource_server +
                                  " for more than " + std::to_string(timeout.count()) +
                                  " ms; see what it waits for");
    }
  });
  return held;
}

void PostgresRenewalLocks::keep(const Shared& held) {
  const std::lock_guard lock(mutex_);
  held_[Name(held->namespace_(), held->resource_server())] = held;
  if (has_signaller_) return;
  if (signaller_.joinable()) signaller_.join();  // it has nothing left to do
  try {
    signaller_ = std::thread([this] { give_signs_of_life(); });
    has_signaller_ = true;
  } catch (const std::system_error& error) {
    throw no_thread_for("the renewal of a token", error);
  }
}

void PostgresRenewalLocks::release(const Shared& held) noexcept {
  {
    const std::lock_guard lock(mutex_);
    const auto found = held_.find(Name(held->namespace_(), held->resource_server()));
    if (found != held_.end() && found->second == held) held_.erase(found);
  }
  held->release();
}

void PostgresRenewalLocks::give_signs_of_life() {
  block_sigpipe();
  const milliseconds pause = client_->settings().vanished_after / 4;
  std::unique_lock lock(mutex_);
  while (!stopped_.wait_for(lock, pause, [this] { return is_stopping_; })) {
    if (held_.empty()) break;
    std::vector<Shared> held;
    for (const auto& entry : held_) held.push_back(entry.second);
    lock.unlock();
    for (const Shared& each : held) each->give_sign_of_life();
    held.clear();
    lock.lock();
  }
  has_signaller_ = false;
}

PostgresRenewalLocks::Shared PostgresRenewalLocks::find_mine(
    const std::string& namespace_, const std::string& resource_server) const {
  const std::lock_guard lock(mutex_);
  const auto found = held_.find(Name(namespace_, resource_server));
  return found != held_.end() && found->second->is_mine() ? found->second : nullptr;
}

std::vector<PostgresRenewalLocks::Shared> PostgresRenewalLocks::find_mine(
    const std::string& namespace_) const {
  std::vector<Shared> mine;
  const std::lock_guard lock(mutex_);
  for (auto each = held_.lower_bound(Name(namespace_, ""));
       each != held_.end() && each->first.first == namespace_; ++each) {
    if (each->second->is_mine()) mine.push_back(each->second);
  }
  return mine;
}

}  // namespace globus_sdk::inline v0::detail
