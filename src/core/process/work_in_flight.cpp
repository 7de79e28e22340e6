// SPDX-License-Identifier: Apache-2.0
#include "core/process/work_in_flight.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <utility>

#include "core/process/process_wide.hpp"
#include "globus_sdk/core/globus_error.hpp"
#include "globus_sdk/core/network_error.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

// a plain pointer: a thread-local with a destructor would keep a plugin from being unloaded
thread_local const AtWork* innermost = nullptr;

/// Who waits for whom. Only waits that begin within other work are in it: nobody can wait for the
/// others.
struct Waits {
  std::mutex mutex;
  std::multimap<WorkNumber, WorkNumber> awaited_by;

  /// Whether `work`, or what it waits for, is among `goals`. Needs the lock.
  bool leads_to(WorkNumber work, const WorkPath& goals) const {
    std::vector<WorkNumber> open{work};
    std::set<WorkNumber> seen;
    while (!open.empty()) {
      const WorkNumber next = open.back();
      open.pop_back();
      if (std::ranges::find(goals, next) != goals.end()) return true;
      if (!seen.insert(next).second) continue;
      const auto [begin, end] = awaited_by.equal_range(next);
      for (auto wait = begin; wait != end; ++wait) open.push_back(wait->second);
    }
    return false;
  }

  /// Needs the lock.
  void remove(WorkNumber waiting, WorkNumber awaited) noexcept {
    const auto [begin, end] = awaited_by.equal_range(waiting);
    const auto found =
        std::find_if(begin, end, [awaited](const auto& wait) { return wait.second == awaited; });
    if (found != end) awaited_by.erase(found);
  }
};

[[noreturn]] void refuse_to_wait_for_itself() {
  throw GlobusSDKUsageError(
      "this call is part of a login, or of the renewal of a token, and needs the token that only "
      "that login or renewal will bring: make the call afterwards, or with another authorizer");
}

}  // namespace

WorkNumber next_work_number() noexcept {
  static std::atomic<WorkNumber> last{0};
  return ++last;
}

AtWork::AtWork(WorkNumber work) : path_{work}, outer_(std::exchange(innermost, this)) {}
AtWork::AtWork(WorkPath path) noexcept
    : path_(std::move(path)), outer_(std::exchange(innermost, this)) {}
AtWork::~AtWork() {
  innermost = outer_;
}

WorkPath current_work() {
  WorkPath all;
  for (const AtWork* at = innermost; at != nullptr; at = at->outer_) {
    all.insert(all.begin(), at->path_.begin(), at->path_.end());
  }
  return all;
}

bool is_within_work() noexcept {
  return innermost != nullptr;
}

bool is_within(WorkNumber work) noexcept {
  for (const AtWork* at = innermost; at != nullptr; at = at->outer_) {
    if (std::ranges::find(at->path_, work) != at->path_.end()) return true;
  }
  return false;
}

WaitForWork::WaitForWork(WorkNumber awaited) : waiting_(current_work()), awaited_(awaited) {
  if (waiting_.empty()) return;
  Waits& waits = process_wide<Waits>();
  const std::lock_guard lock(waits.mutex);
  if (waits.leads_to(awaited_, waiting_)) refuse_to_wait_for_itself();
  std::size_t added = 0;
  try {
    for (; added < waiting_.size(); ++added) waits.awaited_by.emplace(waiting_[added], awaited_);
  } catch (...) {
    while (added > 0) waits.remove(waiting_[--added], awaited_);
    throw;
  }
}

WaitForWork::~WaitForWork() {
  if (waiting_.empty()) return;
  Waits& waits = process_wide<Waits>();
  const std::lock_guard lock(waits.mutex);
  for (const WorkNumber waiting : waiting_) waits.remove(waiting, awaited_);
}

void throw_wait_ended(const CallLimits& limits) {
  if (limits.stop.stop_requested()) {
    throw CancelledError(
        "stop was requested while the call waited for a login, a renewal or a look-up");
  }
  throw GlobusTimeoutError(
      "the call's deadline passed while it waited for a login, a renewal or a look-up", "", "");
}

}  // namespace globus_sdk::inline v0::detail
