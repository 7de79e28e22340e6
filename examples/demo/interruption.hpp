// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <exception>
#include <stop_token>
#include <thread>

namespace demo {

/// Thrown out of whatever the demo is doing when the user interrupts it.
class Interrupted : public std::exception {
 public:
  const char* what() const noexcept override { return "interrupted"; }
};

/// Turns Ctrl-C (and SIGTERM, SIGHUP) into a stop token, so that the demo leaves its functions as
/// it always does, and their objects clean up. Make it before any thread is started, since threads
/// inherit which signals are blocked.
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  std::stop_token token() const { return source_.get_token(); }
  /// Throws Interrupted once there was a signal.
  void check() const;
  /// Sleeps; throws Interrupted as soon as there is a signal.
  void sleep(std::chrono::milliseconds time) const;

 private:
  std::stop_source source_{};
  std::jthread watcher_{};
};

}  // namespace demo
