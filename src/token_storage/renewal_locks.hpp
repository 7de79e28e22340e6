// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "globus_sdk/token_storage/token_storage.hpp"

namespace globus_sdk::inline v0::detail {

/// How long a renewal waits for another renewal of the same token, unless a setting says otherwise.
constexpr std::chrono::milliseconds default_renewal_lock_timeout{60'000};

/// The locks of renewals that all happen in this process, one for each namespace and resource
/// server. After a fork the child does not wait for locks that its parent holds.
class RenewalLocks : public std::enable_shared_from_this<RenewalLocks> {
 public:
  /// @param storage what errors call the storage.
  explicit RenewalLocks(std::string storage = "memory") : storage_(std::move(storage)) {}

  /// @throws TokenStorageError when the lock is not free in time.
  TokenStorage::RenewalLock lock(const std::string& namespace_, const std::string& resource_server,
                                 std::chrono::milliseconds timeout);

 private:
  /// A namespace and a resource server.
  using Name = std::pair<std::string, std::string>;

  bool is_held(const Name& name) const;
  void unlock(const Name& name);

  const std::string storage_;
  std::mutex mutex_;
  std::condition_variable unlocked_;
  std::map<Name, std::uint64_t> holders_;  // the process
};

}  // namespace globus_sdk::inline v0::detail
