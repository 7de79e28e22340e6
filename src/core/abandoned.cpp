// SPDX-License-Identifier: Apache-2.0
#include "abandoned.hpp"

#include <atomic>
#include <utility>

namespace globus_sdk::inline v0::detail {

namespace {

struct Abandoned {
  std::shared_ptr<const void> inherited;
  Abandoned* next = nullptr;
};

// never taken apart, not even at exit; without a lock, which a fork could leave locked
std::atomic<Abandoned*> all_abandoned{nullptr};

}  // namespace

void abandon(std::shared_ptr<const void> inherited) {
  auto* entry = new Abandoned{std::move(inherited), all_abandoned.load()};
  while (!all_abandoned.compare_exchange_weak(entry->next, entry)) {}
}

}  // namespace globus_sdk::inline v0::detail
