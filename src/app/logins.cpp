// SPDX-License-Identifier: Apache-2.0
#include "app/logins.hpp"

#include <utility>

#include "app/auth_parameters.hpp"

namespace globus_sdk::inline v0::detail {

void Logins::join_or_run(const Work& work) {
  flights_.join_or_run({}, [&work] {
    work();
    return Ended();
  });
}

void Logins::run_in_turn(const Work& work) {
  if (is_mine()) return work();
  flights_.run_in_turn([&work] {
    work();
    return Ended();
  });
}

void Logins::add_pending(const GlobusAuthorizationParameters& parameters) {
  const std::lock_guard lock(mutex_);
  if (!pending_) {
    pending_ = PendingLogin{parameters, 0};
    return;
  }
  auto joined = merged(pending_->parameters, parameters);
  if (joined == pending_->parameters) return;
  pending_ = PendingLogin{std::move(joined), pending_->additions + 1};
}

bool Logins::has_pending() const {
  const std::lock_guard lock(mutex_);
  return pending_.has_value();
}

void Logins::run_pending(const Flow& flow) {
  const auto login = pending();
  if (!login) return;
  try {
    flow(login->parameters);
  } catch (...) {
    drop_pending();
    throw;
  }
  end_pending(login->additions);
}

std::optional<Logins::PendingLogin> Logins::pending() const {
  const std::lock_guard lock(mutex_);
  return pending_;
}

void Logins::drop_pending() noexcept {
  const std::lock_guard lock(mutex_);
  pending_.reset();
}

void Logins::end_pending(std::uint64_t additions) noexcept {
  const std::lock_guard lock(mutex_);
  if (pending_ && pending_->additions == additions) pending_.reset();
}

}  // namespace globus_sdk::inline v0::detail
