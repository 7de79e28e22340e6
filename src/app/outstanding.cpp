// SPDX-License-Identifier: Apache-2.0
#include "outstanding.hpp"

#include <cstddef>

#include "auth_parameters.hpp"

namespace globus_sdk::inline v0::detail {

bool Outstanding::is_empty() const {
  const std::lock_guard lock(mutex_);
  return !login_ && collections_.collection_ids.empty();
}

void Outstanding::call_for_login(const GlobusAuthorizationParameters& parameters) {
  const std::lock_guard lock(mutex_);
  login_ = merged(login_.value_or(GlobusAuthorizationParameters()), parameters);
}

std::optional<GlobusAuthorizationParameters> Outstanding::login() const {
  const std::lock_guard lock(mutex_);
  return login_;
}

void Outstanding::end_login(const GlobusAuthorizationParameters& parameters, bool well) noexcept {
  const std::lock_guard lock(mutex_);
  if (!well || login_ == parameters) login_.reset();
}

void Outstanding::look_up(const Strings& collection_ids, const Connection& transfer) {
  const std::lock_guard lock(mutex_);
  auto& ids = collections_.collection_ids;
  ids.insert(ids.end(), collection_ids.begin(), collection_ids.end());
  collections_.transfer = transfer;
}

CollectionsToLookUp Outstanding::collections() const {
  const std::lock_guard lock(mutex_);
  return collections_;
}

void Outstanding::end_look_up(const CollectionsToLookUp& done) noexcept {
  const std::lock_guard lock(mutex_);
  auto& ids = collections_.collection_ids;
  ids.erase(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(done.collection_ids.size()));
  if (ids.empty()) collections_.transfer.reset();
}

}  // namespace globus_sdk::inline v0::detail
