// SPDX-License-Identifier: Apache-2.0
#include "core/call/blocking_mode.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <random>
#include <system_error>
#include <thread>

#include "core/call/first_failure.hpp"
#include "core/process/sigpipe.hpp"
#include "core/process/work_in_flight.hpp"

namespace globus_sdk::inline v0 {

namespace detail {

Outcome sleep_blocking(std::chrono::milliseconds duration, const CallLimits& limits) {
  const auto wakes_at = std::chrono::steady_clock::now() + duration;
  const auto until = limits.deadline ? std::min(wakes_at, *limits.deadline) : wakes_at;
  std::mutex mutex;
  std::condition_variable_any condition;
  std::unique_lock lock(mutex);
  condition.wait_until(lock, limits.stop, until, [] { return false; });
  if (limits.stop.stop_requested()) return cancelled_failure();
  if (until < wakes_at) return deadline_failure(true);
  return {};
}

namespace {

/// Runs one of several parts.
void run_part(const std::function<void()>& part, FirstFailure& failure) noexcept {
  try {
    part();
  } catch (...) {
    failure.note();
  }
}

}  // namespace

void run_together(const std::vector<std::function<void()>>& parts) {
  FirstFailure failure;
  {
    std::vector<std::jthread> threads;
    threads.reserve(parts.size());
    const WorkPath path = current_work();
    for (std::size_t index = 1; index < parts.size(); ++index) {
      const auto run = [&failure, &path, &part = parts[index]] {
        block_sigpipe();
        const AtWork at_work{WorkPath(path)};
        run_part(part, failure);
      };
      try {
        threads.emplace_back(run);
      } catch (const std::system_error&) {  // no more threads: one after another, then
        run_part(parts[index], failure);
      }
    }
    if (!parts.empty()) run_part(parts.front(), failure);
  }
  failure.rethrow();
}

double random_jitter() {
  thread_local std::minstd_rand engine{std::random_device{}()};
  return std::uniform_real_distribution<double>(0.0, 1.0)(engine);
}

}  // namespace detail

GlobusHTTPResponse Blocking::start(detail::Connection connection, Request request) {
  return detail::execute<Blocking>(std::move(connection), std::move(request)).get();
}

}  // namespace globus_sdk::inline v0
