// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/token_storage/memory_token_storage.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <set>

#include "globus_sdk/token_storage/errors.hpp"

namespace globus_sdk::inline v0 {

namespace {

/// A deadline further away could not be reckoned with.
constexpr std::chrono::milliseconds longest_wait = std::chrono::hours(24 * 7);

}  // namespace

struct MemoryTokenStorage::State {
  std::mutex mutex;
  TokenStorageDataByResourceServer tokens;
  std::set<std::string> renewing;  // resource servers whose renewal is locked
  std::condition_variable renewed;
};

MemoryTokenStorage::MemoryTokenStorage(const MemoryTokenStorageOptions& options)
    : TokenStorage(options.namespace_), state_(std::make_shared<State>()) {}
MemoryTokenStorage::~MemoryTokenStorage() = default;
MemoryTokenStorage::MemoryTokenStorage(const MemoryTokenStorage&) = default;
MemoryTokenStorage& MemoryTokenStorage::operator=(const MemoryTokenStorage&) = default;

MemoryTokenStorage MemoryTokenStorage::for_globus_app(Text /*client_id*/, Text /*app_name*/,
                                                      Text /*environment*/, Text namespace_) {
  return MemoryTokenStorage({.namespace_ = namespace_.str()});
}

void MemoryTokenStorage::store_token_data_by_resource_server(
    const TokenStorageDataByResourceServer& token_data_by_resource_server) const {
  const std::lock_guard lock(state_->mutex);
  for (const auto& [resource_server, data] : token_data_by_resource_server) {
    state_->tokens.insert_or_assign(resource_server, data);
  }
}

TokenStorageDataByResourceServer MemoryTokenStorage::get_token_data_by_resource_server() const {
  const std::lock_guard lock(state_->mutex);
  return state_->tokens;
}

bool MemoryTokenStorage::remove_token_data(Text resource_server) const {
  const std::lock_guard lock(state_->mutex);
  return state_->tokens.erase(resource_server.str()) > 0;
}

TokenStorage::RenewalLock MemoryTokenStorage::lock_renewal(
    Text resource_server, std::chrono::milliseconds timeout) const {
  const std::string name = resource_server.str();
  {
    std::unique_lock lock(state_->mutex);
    const bool in_time = state_->renewed.wait_for(lock, std::min(timeout, longest_wait),
                                                  [&] { return !state_->renewing.contains(name); });
    if (!in_time) {
      throw TokenStorageError("memory", "another thread has renewed the tokens of " + name +
                                            " for more than " + std::to_string(timeout.count()) +
                                            " ms; see what keeps it");
    }
    state_->renewing.insert(name);
  }
  const auto unlock = [state = state_, name](const void*) {
    {
      const std::lock_guard lock(state->mutex);
      state->renewing.erase(name);
    }
    state->renewed.notify_all();
  };
  return {state_.get(), unlock};
}

}  // namespace globus_sdk::inline v0
