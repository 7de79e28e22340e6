// SPDX-License-Identifier: Apache-2.0
#include "collections/block_cache.hpp"

#include <utility>

namespace globus_sdk::inline v0::detail {

BlockCache::Found BlockCache::find(std::int64_t number) {
  const auto entry = entries_.find(number);
  if (entry == entries_.end()) return {};
  const Found& found = entry->second.found;
  if (found.block) by_use_.splice(by_use_.begin(), by_use_, entry->second.place);
  return found;
}

void BlockCache::expect(const std::shared_ptr<BlockFetch>& fetch,
                        std::vector<SharedBlock>& evicted) {
  const std::int64_t count = std::ssize(fetch->flights);
  for (std::int64_t index = 0; index < count; ++index) {
    entries_[fetch->first_block + index].found.fetch = fetch;
  }
  evict(evicted);
}

void BlockCache::put(std::int64_t number, SharedBlock block, std::vector<SharedBlock>& evicted) {
  Entry& entry = entries_[number];
  if (!entry.found.block) {
    by_use_.push_front(number);
    entry.place = by_use_.begin();
  }
  entry.found = {std::move(block), nullptr};
  evict(evicted);
}

void BlockCache::give_up(std::int64_t number) noexcept {
  const auto entry = entries_.find(number);
  if (entry != entries_.end() && !entry->second.found.block) entries_.erase(entry);
}

void BlockCache::evict(std::vector<SharedBlock>& evicted) {
  while (std::ssize(entries_) > capacity_ && !by_use_.empty()) {
    const auto oldest = entries_.find(by_use_.back());
    evicted.push_back(std::move(oldest->second.found.block));
    entries_.erase(oldest);
    by_use_.pop_back();
  }
}

}  // namespace globus_sdk::inline v0::detail
