// SPDX-License-Identifier: Apache-2.0
#include "login_turn.hpp"

#include <cstdint>
#include <exception>
#include <thread>

#include "../core/fork_count.hpp"

namespace globus_sdk::inline v0::detail {

struct LoginTurn::Flight {
  const std::uint64_t process = fork_count();
  const std::thread::id thread = std::this_thread::get_id();
  std::condition_variable changed{};  // here, so that a child of a fork has none with waiters
  bool done = false;
  std::exception_ptr failure{};
};

bool LoginTurn::is_mine() const {
  const std::lock_guard lock(mutex_);
  return flight_ && flight_->process == fork_count() &&
         flight_->thread == std::this_thread::get_id();
}

std::shared_ptr<LoginTurn::Flight> LoginTurn::flight_of_another() const {
  return flight_ && flight_->process == fork_count() ? flight_ : nullptr;
}

void LoginTurn::fly(const Action& action, std::unique_lock<std::mutex>& lock) {
  const auto mine = flight_ = std::make_shared<Flight>();
  lock.unlock();
  try {
    action();
  } catch (...) {
    mine->failure = std::current_exception();  // read by others only when it is done
  }
  lock.lock();
  mine->done = true;
  flight_.reset();
  mine->changed.notify_all();
  if (mine->failure) std::rethrow_exception(mine->failure);
}

bool LoginTurn::run_or_wait(const Action& action) {
  std::unique_lock lock(mutex_);
  const auto other = flight_of_another();
  if (!other) {
    fly(action, lock);
    return true;
  }
  other->changed.wait(lock, [&other] { return other->done; });
  if (other->failure) std::rethrow_exception(other->failure);
  return false;
}

void LoginTurn::run(const Action& action) {
  if (is_mine()) {
    action();
    return;
  }
  std::unique_lock lock(mutex_);
  while (const auto other = flight_of_another()) {
    other->changed.wait(lock, [&other] { return other->done; });
  }
  fly(action, lock);
}

}  // namespace globus_sdk::inline v0::detail
