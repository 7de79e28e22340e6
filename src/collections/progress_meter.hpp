// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>

#include "globus_sdk/collections/file_progress.hpp"

namespace globus_sdk::inline v0::detail {

/// Tells a caller how far a file has come, at most ten times a second. Not for two threads at once.
class ProgressMeter {
 public:
  using Clock = std::chrono::steady_clock;

  /// @param on_progress may be empty.
  /// @param start what is known at the beginning: `bytes` are those of an earlier try.
  ProgressMeter(OnProgress on_progress, FileProgress start);

  /// So many bytes are done. Tells the caller unless it was told a moment ago.
  void advance_to(std::int64_t bytes, Clock::time_point now = Clock::now());
  /// Begins anew with so many bytes.
  void restart_at(std::int64_t bytes, Clock::time_point now = Clock::now());
  /// All bytes are done: tells the caller in any case.
  void end(Clock::time_point now = Clock::now());

 private:
  void tell(Clock::time_point now);

  OnProgress on_progress_;
  FileProgress progress_;
  std::int64_t bytes_at_start_;
  Clock::time_point started_ = Clock::now();
  Clock::time_point told_ = started_;
};

}  // namespace globus_sdk::inline v0::detail
