// SPDX-License-Identifier: Apache-2.0
#include "token_storage/renewal_locks.hpp"

#include <algorithm>

#include "core/process/fork_count.hpp"
#include "globus_sdk/token_storage/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// A deadline further away could not be reckoned with.
constexpr std::chrono::milliseconds longest_wait = std::chrono::hours(24 * 7);

}  // namespace

bool RenewalLocks::is_held(const Name& name) const {
  const auto holder = holders_.find(name);
  return holder != holders_.end() && holder->second == fork_count();
}

TokenStorage::RenewalLock RenewalLocks::lock(const std::string& namespace_,
                                             const std::string& resource_server,
                                             std::chrono::milliseconds timeout) {
  // whole before anything is locked, so that nothing stays locked when there is no memory for it
  struct Held {
    std::shared_ptr<RenewalLocks> locks{};
    Name name{};
    ~Held() {
      if (locks) locks->unlock(name);
    }
  };
  const auto held = std::make_shared<Held>();
  held->name = {namespace_, resource_server};
  std::unique_lock lock(mutex_);
  const bool in_time = unlocked_.wait_for(lock, std::min(timeout, longest_wait),
                                          [&] { return !is_held(held->name); });
  if (!in_time) {
    throw TokenStorageError(storage_, "another thread has been renewing the tokens of " +
                                          resource_server + " for more than " +
                                          std::to_string(timeout.count()) +
                                          " ms; see what it waits for");
  }
  holders_[held->name] = fork_count();
  held->locks = shared_from_this();
  return held;
}

void RenewalLocks::unlock(const Name& name) {
  {
    const std::lock_guard lock(mutex_);
    if (is_held(name)) holders_.erase(name);
  }
  unlocked_.notify_all();
}

}  // namespace globus_sdk::inline v0::detail
