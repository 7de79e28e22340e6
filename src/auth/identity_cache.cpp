// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/auth/identity_cache.hpp"

#include <iterator>
#include <list>
#include <mutex>
#include <unordered_map>

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/json.hpp"

namespace globus_sdk::inline v0 {

struct IdentityCache::State {
  struct Entry {
    std::string id;
    std::string username;
    JsonView identity;
  };
  using Entries = std::list<Entry>;

  explicit State(std::size_t most) : limit(most) {}

  void remove(Entries::iterator entry) {
    names.erase(entry->id);
    names.erase(entry->username);
    entries.erase(entry);
  }
  bool remove(const std::string& key) {
    const auto name = names.find(key);
    if (name == names.end()) return false;
    remove(name->second);
    return true;
  }

  const std::size_t limit;
  mutable std::mutex mutex{};
  Entries entries{};  // what was used last is first
  std::unordered_map<std::string, Entries::iterator> names{};
};

IdentityCache::IdentityCache(std::int64_t limit) {
  if (limit < 1) throw GlobusSDKUsageError("the limit of an IdentityCache must be 1 or more");
  state_ = std::make_unique<State>(static_cast<std::size_t>(limit));
}

IdentityCache::~IdentityCache() = default;

std::optional<JsonView> IdentityCache::find(const std::string& key) {
  const std::lock_guard lock(state_->mutex);
  const auto name = state_->names.find(key);
  if (name == state_->names.end()) return std::nullopt;
  state_->entries.splice(state_->entries.begin(), state_->entries, name->second);
  return name->second->identity;
}

JsonView IdentityCache::store(const JsonView& identity) {
  // a copy, which does not keep the answer alive that it came in
  JsonView kept = Json(identity).view();
  State::Entry entry{kept["id"], kept["username"], kept};
  const std::lock_guard lock(state_->mutex);
  state_->remove(entry.id);
  state_->remove(entry.username);
  state_->entries.push_front(std::move(entry));
  const auto first = state_->entries.begin();
  state_->names[first->id] = first;
  state_->names[first->username] = first;
  if (state_->entries.size() > state_->limit) state_->remove(std::prev(state_->entries.end()));
  return kept;
}

bool IdentityCache::erase(const std::string& key) {
  const std::lock_guard lock(state_->mutex);
  return state_->remove(key);
}

std::size_t IdentityCache::size() const {
  const std::lock_guard lock(state_->mutex);
  return state_->entries.size();
}

}  // namespace globus_sdk::inline v0
