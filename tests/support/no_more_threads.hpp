// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pthread.h>

#include <cstddef>
#include <stdexcept>

namespace globus_sdk_test {

/// While it lives no thread can be started: each would need a larger stack than there is room for.
class NoMoreThreads {
 public:
  NoMoreThreads() {
    pthread_getattr_default_np(&before_);
    pthread_attr_t attributes = before_;
    if (pthread_attr_setstacksize(&attributes, std::size_t{1} << 46) != 0 ||
        pthread_setattr_default_np(&attributes) != 0) {
      throw std::runtime_error("the size of stacks cannot be set");
    }
  }
  ~NoMoreThreads() { pthread_setattr_default_np(&before_); }
  NoMoreThreads(const NoMoreThreads&) = delete;
  NoMoreThreads& operator=(const NoMoreThreads&) = delete;

 private:
  pthread_attr_t before_{};
};

}  // namespace globus_sdk_test
