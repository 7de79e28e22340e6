// SPDX-License-Identifier: Apache-2.0
#include "app/collection_look_ups.hpp"

#include <cstddef>
#include <utility>

namespace globus_sdk::inline v0::detail {

void CollectionLookUps::add(const Strings& collection_ids, const Connection& transfer) {
  Connection without_authorizer = with_authorizer(transfer, nullptr);
  const std::lock_guard lock(mutex_);
  auto& ids = due_.collection_ids;
  ids.insert(ids.end(), collection_ids.begin(), collection_ids.end());
  due_.transfer = std::move(without_authorizer);
}

bool CollectionLookUps::are_due() const {
  const std::lock_guard lock(mutex_);
  return !due_.collection_ids.empty();
}

CollectionLookUps::Due CollectionLookUps::due() const {
  const std::lock_guard lock(mutex_);
  return due_;
}

void CollectionLookUps::end(const Due& looked_up) noexcept {
  const std::lock_guard lock(mutex_);
  auto& ids = due_.collection_ids;
  const auto count = static_cast<std::ptrdiff_t>(looked_up.collection_ids.size());
  ids.erase(ids.begin(), ids.begin() + count);
  if (ids.empty()) due_.transfer.reset();
}

}  // namespace globus_sdk::inline v0::detail
