// SPDX-License-Identifier: Apache-2.0
#include "app/scope_look_ups.hpp"

#include <cstddef>
#include <utility>

namespace globus_sdk::inline v0::detail {

void ScopeLookUps::add(ScopeLookUp look_up) {
  const std::lock_guard lock(mutex_);
  due_.push_back(std::move(look_up));
}

bool ScopeLookUps::are_due() const {
  const std::lock_guard lock(mutex_);
  return !due_.empty();
}

ScopeLookUps::Due ScopeLookUps::due() const {
  const std::lock_guard lock(mutex_);
  return due_;
}

void ScopeLookUps::end(const Due& made) noexcept {
  const std::lock_guard lock(mutex_);
  due_.erase(due_.begin(), due_.begin() + static_cast<std::ptrdiff_t>(made.size()));
}

}  // namespace globus_sdk::inline v0::detail
