// SPDX-License-Identifier: Apache-2.0
#include "core/process/ending_threads.hpp"

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "core/process/abandoned.hpp"
#include "core/process/fork_count.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

class EndingThreads {
 public:
  EndingThreads() = default;
  ~EndingThreads() { join(take_all()); }
  EndingThreads(const EndingThreads&) = delete;
  EndingThreads& operator=(const EndingThreads&) = delete;

  void add(std::thread thread) {
    // those that came before have ended by now, or all but
    join(take_all());
    const std::lock_guard lock(mutex_);
    threads_.push_back(std::move(thread));
  }

 private:
  std::vector<std::thread> take_all() {
    const std::lock_guard lock(mutex_);
    if (owner_ == fork_count()) return std::exchange(threads_, {});
    // a child of a fork has none of its parent's threads
    const auto inherited = std::make_shared<std::vector<std::thread>>();
    inherited->swap(threads_);
    abandon(inherited);
    owner_ = fork_count();
    return {};
  }
  static void join(std::vector<std::thread> threads) {
    for (std::thread& thread : threads) thread.join();
  }

  std::mutex mutex_;
  std::uint64_t owner_ = fork_count();
  std::vector<std::thread> threads_;
};

}  // namespace

void leave_to_end(std::thread thread) {
  static EndingThreads all;
  all.add(std::move(thread));
}

}  // namespace globus_sdk::inline v0::detail
