// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/token_storage/memory_token_storage.hpp"

#include <mutex>

#include "token_storage/renewal_locks.hpp"

namespace globus_sdk::inline v0 {

struct MemoryTokenStorage::State {
  std::mutex mutex;
  TokenStorageDataByResourceServer tokens;
  const std::shared_ptr<detail::RenewalLocks> locks = std::make_shared<detail::RenewalLocks>();
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
  return state_->locks->lock(resource_server.str(), timeout);
}

}  // namespace globus_sdk::inline v0
