// SPDX-License-Identifier: Apache-2.0
#include "postgres/postgres_client.hpp"

#include <algorithm>
#include <thread>
#include <utility>

#include "globus_sdk/token_storage/errors.hpp"
#include "postgres/postgres_schema.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds first_pause{20};
constexpr milliseconds longest_pause{1000};

/// A table that is not there.
constexpr const char* undefined_table = "42P01";

}  // namespace

PostgresClient::PostgresClient(std::shared_ptr<const PostgresSettings> settings,
                               std::size_t max_connections)
    : settings_(std::move(settings)), pool_(settings_, max_connections) {}

PostgresDeadline PostgresClient::deadline_of_call() const {
  return std::chrono::steady_clock::now() + settings_->connect_timeout +
         settings_->statement_timeout;
}

PostgresPool::Lease PostgresClient::take(PostgresUse use, PostgresDeadline deadline) {
  auto lease = pool_.take(use, deadline);
  if (!has_tables_.load(std::memory_order_acquire)) {
    make_postgres_tables(*lease, deadline);
    has_tables_.store(true, std::memory_order_release);
  }
  return lease;
}

void PostgresClient::look_at(const PostgresFailure& failure) noexcept {
  // the next call makes them again
  if (failure.sqlstate == undefined_table) has_tables_.store(false, std::memory_order_release);
}

void PostgresClient::pause_after(const PostgresFailure& failure, unsigned failures,
                                 PostgresDeadline deadline) {
  const milliseconds pause = std::min(longest_pause, first_pause * (1U << std::min(failures, 8U)));
  if (!failure.is_passing() || std::chrono::steady_clock::now() + pause >= deadline)
    throw TokenStorageError(settings_->database.name, failure.problem);
  std::this_thread::sleep_for(pause);
}

}  // namespace globus_sdk::inline v0::detail
