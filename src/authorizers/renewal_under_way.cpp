// SPDX-License-Identifier: Apache-2.0
#include "authorizers/renewal_under_way.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <mutex>

#include "core/process/fork_count.hpp"
#include "core/process/helper_threads.hpp"
#include "core/process/process_wide.hpp"
#include "core/process/work_in_flight.hpp"
#include "globus_sdk/authorizers/finish_renewals.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0 {

namespace detail {

namespace {

/// A token request that is answered at all is answered in that time.
constexpr std::chrono::milliseconds longest_wait_at_exit{10'000};
/// A deadline further away could not be reckoned with.
constexpr std::chrono::milliseconds longest_wait = std::chrono::hours(24 * 7);

struct Renewals {
  std::mutex mutex;
  std::condition_variable none_left;
  std::size_t under_way = 0;
};

struct WaitAtExit {
  WaitAtExit() = default;
  ~WaitAtExit() {
    // a renewal that ends the process would wait for itself
    if (!is_within_work()) await_renewals(longest_wait_at_exit);
  }
  WaitAtExit(const WaitAtExit&) = delete;
  WaitAtExit& operator=(const WaitAtExit&) = delete;
};

}  // namespace

RenewalUnderWay::RenewalUnderWay() : process_(fork_count()) {
  outlive_with_helper_threads();
  Renewals& renewals = process_wide<Renewals>();
  static const WaitAtExit wait_at_exit;
  const std::lock_guard lock(renewals.mutex);
  ++renewals.under_way;
}

RenewalUnderWay::~RenewalUnderWay() {
  if (process_ != fork_count()) return;  // its parent's
  Renewals& renewals = process_wide<Renewals>();
  const std::lock_guard lock(renewals.mutex);
  if (--renewals.under_way == 0) renewals.none_left.notify_all();
}

bool await_renewals(std::chrono::milliseconds timeout) {
  Renewals& renewals = process_wide<Renewals>();
  std::unique_lock lock(renewals.mutex);
  return renewals.none_left.wait_for(lock, std::min(timeout, longest_wait),
                                     [&renewals] { return renewals.under_way == 0; });
}

}  // namespace detail

bool finish_renewals(std::chrono::milliseconds timeout) {
  if (timeout.count() < 0) throw GlobusSDKUsageError("timeout must not be negative");
  if (detail::is_within_work()) {
    throw GlobusSDKUsageError(
        "finish_renewals is called within a renewal or a login, and would wait for itself: call it "
        "afterwards");
  }
  return detail::await_renewals(timeout);
}

}  // namespace globus_sdk::inline v0
