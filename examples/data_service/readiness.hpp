// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

namespace data_service {

/// Whether this instance can serve users. A thread of its own checks that every few seconds, so
/// that asking costs nothing, and an answer comes even while a check hangs.
class Readiness {
 public:
  /// @param check throws what is wrong.
  explicit Readiness(std::function<void(const std::stop_token&)> check);

  /// Why no requests should come to this instance; nothing when it is ready.
  std::optional<std::string> problem() const;

  /// From now on it is not ready.
  void begin_to_stop();

 private:
  void check_until(const std::stop_token& stop);

  std::function<void(const std::stop_token&)> check_;
  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  bool stopping_ = false;
  std::optional<std::string> problem_ = "this instance is starting";
  std::chrono::steady_clock::time_point checked_ = std::chrono::steady_clock::now();
  std::jthread thread_;
};

}  // namespace data_service
