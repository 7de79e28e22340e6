// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <mutex>

namespace globus_sdk::inline v0::detail {

/// The first exception of several threads.
class FirstFailure {
 public:
  /// Keeps the exception that is being handled, if it is the first.
  void note() noexcept {
    const std::lock_guard lock(mutex_);
    if (!failure_) failure_ = std::current_exception();
  }
  /// Throws it again. To be called when the threads have ended.
  void rethrow() const {
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  std::mutex mutex_;
  std::exception_ptr failure_ = nullptr;
};

}  // namespace globus_sdk::inline v0::detail
