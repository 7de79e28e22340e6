// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "core/process/abandoned.hpp"
#include "core/process/fork_count.hpp"
#include "core/process/work_in_flight.hpp"
#include "globus_sdk/core/limits.hpp"

namespace globus_sdk::inline v0::detail {

/// Work in progress, and its result: a value or an exception, for all callers that wait for it.
template <class T> class Flight {
 public:
  /// Called once when the flight has ended; must not throw.
  using Watcher = std::function<void(const Flight&)>;

  /// False in the child of a fork, where no thread does the work.
  bool is_of_this_process() const noexcept { return process_ == fork_count(); }
  /// Whether this code is a part of the work.
  bool is_mine() const noexcept { return is_within(number_); }
  WorkNumber number() const noexcept { return number_; }

  void land(T value) noexcept { end(std::move(value), nullptr); }
  void fail(std::exception_ptr failure) noexcept { end(std::nullopt, std::move(failure)); }

  /// The result of the work. The limits end only this wait; the work goes on.
  ///
  /// @throws what the work threw; GlobusTimeoutError, CancelledError when the limits end the wait;
  ///   GlobusSDKUsageError when it would wait for itself.
  T wait(const CallLimits& limits) const {
    wait_for_end(limits);
    return result();
  }
  /// The same without the result.
  void wait_for_end(const CallLimits& limits) const {
    if (!await_end(limits)) throw_wait_ended(limits);
  }
  /// The same, where the caller says what the end of the limits means: false when they ended the
  /// wait.
  bool await_end(const CallLimits& limits) const {
    std::unique_lock lock(mutex_);
    if (has_ended_) return true;
    lock.unlock();
    const WaitForWork waiting(number_);
    lock.lock();
    const auto has_ended = [this] { return has_ended_; };
    if (limits.deadline) {
      ended_.wait_until(lock, limits.stop, *limits.deadline, has_ended);
    } else {
      ended_.wait(lock, limits.stop, has_ended);
    }
    return has_ended_;
  }
  /// Tells a listener that cannot wait; at once, if the flight has ended.
  ///
  /// @throws GlobusSDKUsageError when the flight would wait for itself in that way.
  void watch(Watcher watcher) {
    {
      const std::lock_guard lock(mutex_);
      if (!has_ended_) {
        const WaitForWork would_wait(number_);
        watchers_.push_back(std::move(watcher));
        return;
      }
    }
    watcher(*this);
  }

  /// The result of a flight that has ended.
  T result() const {
    const std::lock_guard lock(mutex_);
    if (failure_) std::rethrow_exception(failure_);
    return *value_;
  }

 private:
  void end(std::optional<T> value, std::exception_ptr failure) noexcept {
    std::vector<Watcher> watchers;
    {
      const std::lock_guard lock(mutex_);
      value_ = std::move(value);
      failure_ = std::move(failure);
      has_ended_ = true;
      watchers.swap(watchers_);
      ended_.notify_all();
    }
    for (const Watcher& watcher : watchers) watcher(*this);
  }

  const std::uint64_t process_ = fork_count();
  const WorkNumber number_ = next_work_number();
  mutable std::mutex mutex_;
  // here, so that a child of a fork has none with waiters
  mutable std::condition_variable_any ended_;
  bool has_ended_ = false;
  std::optional<T> value_{};
  std::exception_ptr failure_{};
  std::vector<Watcher> watchers_{};
};

/// One piece of work at a time, for all callers that need its result. A caller that comes while the
/// work is in progress waits for it. No lock is held during the work, and however the work ends,
/// the next one may begin.
template <class T> class SingleFlight {
 public:
  using Shared = std::shared_ptr<Flight<T>>;

  SingleFlight() = default;
  ~SingleFlight() { leave_to_parent(); }
  SingleFlight(const SingleFlight&) = delete;
  SingleFlight& operator=(const SingleFlight&) = delete;

  /// The flight that is in progress in this process.
  Shared under_way() const {
    const std::lock_guard lock(mutex_);
    return current_ && current_->is_of_this_process() ? current_ : nullptr;
  }
  /// Whether this code is a part of the work that is under way.
  bool is_mine() const {
    const Shared flight = under_way();
    return flight && flight->is_mine();
  }

  /// That flight, or a new one. The caller that began a new one must `fly` it.
  struct Boarded {
    Shared flight;
    bool begun;
  };
  Boarded board() {
    Shared fresh = std::make_shared<Flight<T>>();
    const std::lock_guard lock(mutex_);
    if (current_ && current_->is_of_this_process()) return {current_, false};
    leave_to_parent();
    current_ = fresh;
    return {std::move(fresh), true};
  }

  /// Does the work of a flight that was begun. Whatever it throws is the flight's failure.
  template <class Work> void fly(const Shared& begun, Work&& work) noexcept {
    std::optional<T> value;
    std::exception_ptr failure;
    try {
      const AtWork at_work(begun->number());
      value.emplace(std::forward<Work>(work)());
    } catch (...) {
      failure = std::current_exception();
    }
    end(begun, std::move(value), std::move(failure));
  }
  /// Ends a flight that was begun and is not flown in one piece, as by a coroutine.
  void land(const Shared& begun, T value) noexcept { end(begun, std::move(value), nullptr); }
  /// Ends a flight that was begun and cannot be flown.
  void fail(const Shared& begun, std::exception_ptr failure) noexcept {
    end(begun, std::nullopt, std::move(failure));
  }

  /// Does the work, or waits within limits for the result of the work that another caller does.
  ///
  /// @throws what the work throws, whichever caller did it, and what Flight::wait does.
  template <class Work> T join_or_run(const CallLimits& limits, Work&& work) {
    const Boarded boarded = board();
    if (!boarded.begun) return boarded.flight->wait(limits);
    fly(boarded.flight, std::forward<Work>(work));
    return boarded.flight->result();
  }

  /// Does the work when no other is under way, whatever became of that.
  ///
  /// @throws what the work throws, and what Flight::wait does.
  template <class Work> T run_in_turn(Work&& work) {
    while (true) {
      const Boarded boarded = board();
      if (boarded.begun) {
        fly(boarded.flight, std::forward<Work>(work));
        return boarded.flight->result();
      }
      boarded.flight->wait_for_end({});
    }
  }

 private:
  void end(const Shared& begun, std::optional<T> value, std::exception_ptr failure) noexcept {
    {
      const std::lock_guard lock(mutex_);
      if (current_ == begun) current_.reset();
    }
    if (value) {
      begun->land(std::move(*value));
    } else {
      begun->fail(std::move(failure));
    }
  }
  /// A flight that a child of a fork has inherited is kept as it is: threads that the child does
  /// not have wait on it.
  void leave_to_parent() {
    if (current_ && !current_->is_of_this_process()) abandon(std::move(current_));
  }

  mutable std::mutex mutex_;
  Shared current_;
};

}  // namespace globus_sdk::inline v0::detail
