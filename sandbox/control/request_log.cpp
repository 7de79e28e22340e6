// SPDX-License-Identifier: Apache-2.0
#include "sandbox/control/request_log.hpp"

#include <utility>

namespace globus_sandbox {

std::uint64_t RequestLog::add(ReceivedRequest request) {
  const std::lock_guard lock(mutex_);
  if (requests_.size() == capacity) {
    requests_.pop_front();
    ++first_;
  }
  requests_.push_back(std::move(request));
  return first_ + requests_.size() - 1;
}

void RequestLog::set_status(std::uint64_t number, int status) {
  const std::lock_guard lock(mutex_);
  if (number >= first_ && number - first_ < requests_.size())
    requests_[static_cast<std::size_t>(number - first_)].status = status;
}

std::vector<ReceivedRequest> RequestLog::all() const {
  const std::lock_guard lock(mutex_);
  return {requests_.begin(), requests_.end()};
}

void RequestLog::clear() {
  const std::lock_guard lock(mutex_);
  first_ += requests_.size();
  requests_.clear();
}

}  // namespace globus_sandbox
