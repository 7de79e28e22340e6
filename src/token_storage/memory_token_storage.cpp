// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/token_storage/memory_token_storage.hpp"

#include <mutex>

#include "token_storage/multi_user_page.hpp"
#include "token_storage/renewal_locks.hpp"

namespace globus_sdk::inline v0 {

struct MemoryTokenStorage::State {
  std::mutex mutex;
  std::map<std::string, TokenStorageDataByResourceServer> tokens;  // by namespace, never empty
  const std::shared_ptr<detail::RenewalLocks> locks = std::make_shared<detail::RenewalLocks>();
};

MemoryTokenStorage::MemoryTokenStorage(const MemoryTokenStorageOptions& options)
    : MultiUserTokenStorage(options.namespace_), state_(std::make_shared<State>()) {}
MemoryTokenStorage::MemoryTokenStorage(const MemoryTokenStorage& storage, Text namespace_)
    : MultiUserTokenStorage(detail::checked_namespace(namespace_)), state_(storage.state_) {}
MemoryTokenStorage::~MemoryTokenStorage() = default;
MemoryTokenStorage::MemoryTokenStorage(const MemoryTokenStorage&) = default;
MemoryTokenStorage& MemoryTokenStorage::operator=(const MemoryTokenStorage&) = default;

MemoryTokenStorage MemoryTokenStorage::for_globus_app(Text /*client_id*/, Text /*app_name*/,
                                                      Text /*environment*/, Text namespace_) {
  return MemoryTokenStorage({.namespace_ = namespace_.str()});
}

void MemoryTokenStorage::store_token_data_by_resource_server(
    const TokenStorageDataByResourceServer& token_data_by_resource_server) const {
  if (token_data_by_resource_server.empty()) return;
  const std::lock_guard lock(state_->mutex);
  auto& tokens = state_->tokens[namespace_()];
  for (const auto& [resource_server, data] : token_data_by_resource_server) {
    tokens.insert_or_assign(resource_server, data);
  }
}

TokenStorageDataByResourceServer MemoryTokenStorage::get_token_data_by_resource_server() const {
  const std::lock_guard lock(state_->mutex);
  const auto found = state_->tokens.find(namespace_());
  return found == state_->tokens.end() ? TokenStorageDataByResourceServer() : found->second;
}

bool MemoryTokenStorage::remove_token_data(Text resource_server) const {
  const std::lock_guard lock(state_->mutex);
  const auto found = state_->tokens.find(namespace_());
  if (found == state_->tokens.end()) return false;
  const bool removed = found->second.erase(resource_server.str()) > 0;
  if (found->second.empty()) state_->tokens.erase(found);
  return removed;
}

TokenStorage::RenewalLock MemoryTokenStorage::lock_renewal(
    Text resource_server, std::chrono::milliseconds timeout) const {
  return state_->locks->lock(namespace_(), resource_server.str(), timeout);
}

std::shared_ptr<const MultiUserTokenStorage> MemoryTokenStorage::in_namespace(
    Text namespace_) const {
  return std::shared_ptr<const MemoryTokenStorage>(new MemoryTokenStorage(*this, namespace_));
}

std::vector<std::string> MemoryTokenStorage::iter_namespaces(const NamespacePage& page) const {
  const auto limit = detail::page_limit(page.limit);
  std::vector<std::string> names;
  const std::lock_guard lock(state_->mutex);
  const auto& tokens = state_->tokens;
  for (auto space = page.after ? tokens.upper_bound(*page.after) : tokens.begin();
       space != tokens.end() && static_cast<std::int64_t>(names.size()) < limit; ++space) {
    names.push_back(space->first);
  }
  return names;
}

std::size_t MemoryTokenStorage::remove_namespace(Text namespace_) const {
  const std::lock_guard lock(state_->mutex);
  const auto found = state_->tokens.find(namespace_.str());
  if (found == state_->tokens.end()) return 0;
  const std::size_t count = found->second.size();
  state_->tokens.erase(found);
  return count;
}

std::vector<TokenExpiry> MemoryTokenStorage::tokens_by_expiry(const ExpiryPage& page) const {
  std::vector<TokenExpiry> all;
  {
    const std::lock_guard lock(state_->mutex);
    for (const auto& [name, tokens] : state_->tokens) {
      for (const auto& [resource_server, data] : tokens) {
        all.push_back({name, resource_server, data.expires_at_seconds});
      }
    }
  }
  return detail::page_of(std::move(all), page);
}

}  // namespace globus_sdk::inline v0
