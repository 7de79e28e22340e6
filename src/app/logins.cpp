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

void Logins::call_for(const GlobusAuthorizationParameters& parameters) {
  const std::lock_guard lock(mutex_);
  if (!called_for_) {
    called_for_ = CalledFor{parameters, 0};
    return;
  }
  auto joined = merged(called_for_->parameters, parameters);
  if (joined == called_for_->parameters) return;
  called_for_ = CalledFor{std::move(joined), called_for_->additions + 1};
}

bool Logins::is_called_for() const {
  const std::lock_guard lock(mutex_);
  return called_for_.has_value();
}

void Logins::run_called_for(const Flow& flow) {
  const auto called_for = this->called_for();
  if (!called_for) return;
  try {
    flow(called_for->parameters);
  } catch (...) {
    end_called_for(std::nullopt);
    throw;
  }
  end_called_for(called_for->additions);
}

std::optional<Logins::CalledFor> Logins::called_for() const {
  const std::lock_guard lock(mutex_);
  return called_for_;
}

void Logins::end_called_for(std::optional<std::uint64_t> additions) noexcept {
  const std::lock_guard lock(mutex_);
  if (!additions || (called_for_ && called_for_->additions == *additions)) called_for_.reset();
}

}  // namespace globus_sdk::inline v0::detail
