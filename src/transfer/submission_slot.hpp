// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace globus_sdk::inline v0::detail {

/// The submission id of one task that is to be submitted. The data that the caller holds and the
/// operations that submit it share the id, from any number of threads.
class SubmissionSlot {
 public:
  std::optional<std::string> id() const {
    std::lock_guard lock(mutex_);
    return id_;
  }
  /// Stores an id, unless there is one already; returns the id that is stored.
  std::string keep(std::string id) {
    std::lock_guard lock(mutex_);
    if (!id_) id_ = std::move(id);
    return *id_;
  }

 private:
  mutable std::mutex mutex_;
  std::optional<std::string> id_{};
};

}  // namespace globus_sdk::inline v0::detail
