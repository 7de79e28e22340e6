// SPDX-License-Identifier: Apache-2.0
#include "data_service/readiness.hpp"

#include <exception>
#include <iostream>
#include <utility>

namespace data_service {

using namespace std::chrono_literals;

Readiness::Readiness(std::function<void(const std::stop_token&)> check)
    : check_(std::move(check)),
      thread_([this](const std::stop_token& stop) { check_until(stop); }) {}

std::optional<std::string> Readiness::problem() const {
  const std::lock_guard lock(mutex_);
  if (stopping_) return "this instance is being stopped";
  if (std::chrono::steady_clock::now() - checked_ > 60s) return "the last check does not end";
  return problem_;
}

void Readiness::begin_to_stop() {
  const std::lock_guard lock(mutex_);
  stopping_ = true;
  thread_.request_stop();
}

void Readiness::check_until(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    std::optional<std::string> problem;
    try {
      check_(stop);
    } catch (const std::exception& error) {
      problem = error.what();
    }
    std::unique_lock lock(mutex_);
    if (problem != problem_ && !stopping_)
      std::clog << (problem ? "not ready: " + *problem + '\n' : "ready\n");
    problem_ = problem;
    checked_ = std::chrono::steady_clock::now();
    wake_.wait_for(lock, stop, problem ? 1s : 5s, [] { return false; });
  }
}

}  // namespace data_service
