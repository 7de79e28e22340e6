// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "support/recording_server.hpp"
#include "wire/service_answers.hpp"
#include "wire/wire_request.hpp"

namespace globus_sdk_test {

/// The body of the answer to a request.
using Answers = std::function<std::string(const WireRequest& request)>;

/// What the services of a world answer: what lets a call go on, and one answer of a test's own.
/// Any number of threads may use it.
class WorldAnswers {
 public:
  explicit WorldAnswers(Answers answers) : answers_(std::move(answers)) {}

  /// The answer to the last one of the next `requests` requests.
  void give(std::size_t requests, int status, std::string body) {
    std::lock_guard lock(mutex_);
    before_it_ = requests - 1;
    own_ = RecordedAnswer{status, std::move(body), {}};
  }

  RecordedAnswer to(const WireRequest& request) {
    std::lock_guard lock(mutex_);
    if (!own_ || before_it_-- > 0) return {200, answers_(request), {}};
    return *std::exchange(own_, std::nullopt);
  }

 private:
  const Answers answers_;
  std::mutex mutex_{};
  std::size_t before_it_ = 0;
  std::optional<RecordedAnswer> own_{};
};

}  // namespace globus_sdk_test
