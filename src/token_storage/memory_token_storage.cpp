// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/token_storage/memory_token_storage.hpp"

#include <mutex>

#include "token_storage/multi_user_page.hpp"
#include "token_storage/renewal_locks.hpp"
#include "token_storage/stored_documents.hpp"

namespace globus_sdk::inline v0 {

namespace {

/// A token; where there is a sealer, the sealed document and of the token only when it expires.
struct Entry {
  TokenStorageData data{};
  Json sealed{};
};

using Entries = std::map<std::string, Entry>;  // by resource server

Entries entries_of(const Field<TokenSealer>& sealer, const std::string& namespace_,
                   const TokenStorageDataByResourceServer& tokens) {
  Entries entries;
  if (!sealer) {
    for (const auto& [resource_server, data] : tokens) entries[resource_server].data = data;
    return entries;
  }
  for (auto& [resource_server, document] : detail::documents_to_store(sealer, namespace_, tokens)) {
    Entry& entry = entries[resource_server];
    entry.sealed = document;
    entry.data.expires_at_seconds = tokens.at(resource_server).expires_at_seconds;
  }
  return entries;
}

}  // namespace

struct MemoryTokenStorage::State {
  explicit State(const Field<TokenSealer>& given) : sealer(given) {}

  std::mutex mutex;
  const Field<TokenSealer> sealer;
  std::map<std::string, Entries> tokens{};  // by namespace, none of them empty
  const std::shared_ptr<detail::RenewalLocks> locks = std::make_shared<detail::RenewalLocks>();
};

MemoryTokenStorage::MemoryTokenStorage(const MemoryTokenStorageOptions& options)
    : MultiUserTokenStorage(options.namespace_), state_(std::make_shared<State>(options.sealer)) {}
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
  auto entries = entries_of(state_->sealer, namespace_(), token_data_by_resource_server);
  const std::lock_guard lock(state_->mutex);
  auto& tokens = state_->tokens[namespace_()];
  for (auto& [resource_server, entry] : entries) {
    tokens.insert_or_assign(resource_server, std::move(entry));
  }
}

TokenStorageDataByResourceServer MemoryTokenStorage::get_token_data_by_resource_server() const {
  Entries entries;
  {
    const std::lock_guard lock(state_->mutex);
    const auto found = state_->tokens.find(namespace_());
    if (found != state_->tokens.end()) entries = found->second;
  }
  // outside the lock, since a key service may be slow
  TokenStorageDataByResourceServer result;
  for (const auto& [resource_server, entry] : entries) {
    result.emplace(resource_server,
                   entry.sealed.is_null()
                       ? entry.data
                       : detail::open_document(state_->sealer, namespace_(), resource_server,
                                               entry.sealed, "memory"));
  }
  return result;
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
      for (const auto& [resource_server, entry] : tokens) {
        all.push_back({name, resource_server, entry.data.expires_at_seconds});
      }
    }
  }
  return detail::page_of(std::move(all), page);
}

}  // namespace globus_sdk::inline v0
