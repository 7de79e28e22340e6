// SPDX-License-Identifier: Apache-2.0
#include "core/process/abandoned.hpp"

#include <atomic>
#include <new>
#include <utility>

namespace globus_sdk::inline v0::detail {

namespace {

struct Abandoned {
  std::shared_ptr<const void> inherited{};
  Abandoned* next = nullptr;
};

// never taken apart, not even at exit; without a lock, which a fork could leave locked
std::atomic<Abandoned*> all_abandoned{nullptr};

/// Never lets go.
union Forever {
  explicit Forever(std::shared_ptr<const void>&& all) noexcept : kept(std::move(all)) {}
  Forever(const Forever&) = delete;
  Forever& operator=(const Forever&) = delete;
  ~Forever() {}

  std::shared_ptr<const void> kept;
};

}  // namespace

void abandon(std::shared_ptr<const void> inherited) noexcept {
  auto* entry = new (std::nothrow) Abandoned;
  if (entry == nullptr) {
    const Forever lost_track_of(std::move(inherited));
    return;
  }
  entry->inherited = std::move(inherited);
  entry->next = all_abandoned.load();
  while (!all_abandoned.compare_exchange_weak(entry->next, entry)) {}
}

}  // namespace globus_sdk::inline v0::detail
