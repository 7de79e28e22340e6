// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "globus_sdk/core/limits.hpp"

namespace globus_sdk::inline v0::detail {

/// The number of a piece of work that other code may wait for; no two pieces have the same number.
using WorkNumber = std::uint64_t;
WorkNumber next_work_number() noexcept;

/// Work that this code is a part of, the outermost first: a renewal, say, and the call in it.
using WorkPath = std::vector<WorkNumber>;
WorkPath current_work();
bool is_within_work() noexcept;
bool is_within(WorkNumber work) noexcept;

/// While it lives, what this thread does is a part of that work.
class AtWork {
 public:
  explicit AtWork(WorkNumber work);
  /// On behalf of other work, which may have been begun by another thread.
  explicit AtWork(WorkPath path) noexcept;
  ~AtWork();
  AtWork(const AtWork&) = delete;
  AtWork& operator=(const AtWork&) = delete;

 private:
  friend WorkPath current_work();
  friend bool is_within(WorkNumber work) noexcept;

  const WorkPath path_;
  const AtWork* const outer_;
};

/// While it lives, the work that this code is a part of waits for other work.
class WaitForWork {
 public:
  /// @throws GlobusSDKUsageError when the other work is, or waits for, work that this code is a
  ///   part of: it would wait for ever.
  explicit WaitForWork(WorkNumber awaited);
  ~WaitForWork();
  WaitForWork(const WaitForWork&) = delete;
  WaitForWork& operator=(const WaitForWork&) = delete;

 private:
  const WorkPath waiting_;
  const WorkNumber awaited_;
};

/// Throws the reason that ended a wait for work in flight: the stop, or else the deadline.
[[noreturn]] void throw_wait_ended(const CallLimits& limits);

}  // namespace globus_sdk::inline v0::detail
