// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <vector>

#include "sandbox/sandbox.hpp"

namespace globus_sandbox {

/// What the sandbox received, in the order in which it came. Holds the last 200,000 requests.
class RequestLog {
 public:
  /// Notes a request when it has come; its status is 0 until it is answered.
  std::uint64_t add(ReceivedRequest request);
  /// Notes what a request was answered with; one that was cleared meanwhile stays cleared.
  void set_status(std::uint64_t number, int status);
  std::vector<ReceivedRequest> all() const;
  void clear();

 private:
  static constexpr std::size_t capacity = 200000;
  mutable std::mutex mutex_;
  std::deque<ReceivedRequest> requests_;
  std::uint64_t first_ = 0;  // number of the oldest request that is held
};

}  // namespace globus_sandbox
