// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "globus_sdk/core/language.hpp"

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

/// A slot that copies do not share, because a copy of the data is another task. A move takes the
/// slot along and throws nothing, so that a vector of data keeps the ids when it grows.
class OwnSubmissionSlot {
 public:
  OwnSubmissionSlot() : slot_(std::make_shared<SubmissionSlot>()) {}
  OwnSubmissionSlot(const OwnSubmissionSlot&) : OwnSubmissionSlot() {}
  OwnSubmissionSlot(OwnSubmissionSlot&& other) noexcept = default;
  OwnSubmissionSlot& operator=(const OwnSubmissionSlot& other) {
    if (this != &other) slot_ = std::make_shared<SubmissionSlot>();
    return *this;
  }
  OwnSubmissionSlot& operator=(OwnSubmissionSlot&& other) noexcept = default;
  ~OwnSubmissionSlot() = default;

  const std::shared_ptr<SubmissionSlot>& get() const noexcept { return slot_; }

 private:
  std::shared_ptr<SubmissionSlot> slot_;
};

}  // namespace globus_sdk::inline v0::detail
