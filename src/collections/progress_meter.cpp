// SPDX-License-Identifier: Apache-2.0
#include "collections/progress_meter.hpp"

#include <utility>

namespace globus_sdk::inline v0::detail {

namespace {

constexpr std::chrono::milliseconds shortest_interval{100};

}  // namespace

ProgressMeter::ProgressMeter(OnProgress on_progress, FileProgress start)
    : on_progress_(std::move(on_progress)),
      progress_(std::move(start)),
      bytes_at_start_(progress_.bytes) {}

void ProgressMeter::advance_to(std::int64_t bytes, Clock::time_point now) {
  progress_.bytes = bytes;
  if (now - told_ >= shortest_interval) tell(now);
}

void ProgressMeter::restart_at(std::int64_t bytes, Clock::time_point now) {
  progress_.bytes = bytes;
  bytes_at_start_ = bytes;
  started_ = now;
}

void ProgressMeter::end(Clock::time_point now) {
  tell(now);
}

void ProgressMeter::tell(Clock::time_point now) {
  told_ = now;
  if (!on_progress_) return;
  const double seconds = std::chrono::duration<double>(now - started_).count();
  const auto moved = static_cast<double>(progress_.bytes - bytes_at_start_);
  progress_.bytes_per_second = seconds > 0 ? moved / seconds : 0;
  on_progress_(progress_);
}

}  // namespace globus_sdk::inline v0::detail
