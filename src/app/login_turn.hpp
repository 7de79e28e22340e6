// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>

namespace globus_sdk::inline v0::detail {

/// One login at a time: who comes while another thread's is under way waits for it. In a child of a
/// fork nobody else is at it.
class LoginTurn {
 public:
  using Action = std::function<void()>;

  /// Runs the action, or waits for another thread's to end.
  ///
  /// @return true when it was run; false when another's has ended well.
  /// @throws what the action throws, whoever ran it.
  bool run_or_wait(const Action& action);

  /// Runs the action when no other thread's is under way, whatever became of that. Within a turn of
  /// this thread's own it runs at once.
  void run(const Action& action);

  /// Whether this thread's turn it is.
  bool is_mine() const;

 private:
  struct Flight;

  /// Runs the action as the one that others wait for. Needs the lock.
  void fly(const Action& action, std::unique_lock<std::mutex>& lock);
  /// That of another thread of this process, if there is one. Needs the lock.
  std::shared_ptr<Flight> flight_of_another() const;

  mutable std::mutex mutex_;
  std::shared_ptr<Flight> flight_;
};

}  // namespace globus_sdk::inline v0::detail
