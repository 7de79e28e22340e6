// SPDX-License-Identifier: Apache-2.0
#include "core/process/helper_threads.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "core/process/abandoned.hpp"
#include "core/process/no_thread.hpp"
#include "core/process/process_wide.hpp"
#include "core/process/sigpipe.hpp"
#include "core/process/work_in_flight.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

constexpr std::chrono::seconds longest_idle{2};
constexpr std::size_t most_threads = 32;
/// For those that are still at work then: a login may go on for many minutes.
constexpr std::chrono::seconds longest_wait_at_exit{1};

class HelperThreads {
 public:
  void run(std::function<void()> job, bool within_work) {
    std::vector<std::jthread> ended;  // joined here: nothing else would
    {
      const std::lock_guard lock(mutex_);
      ended = take_ended();
      // what may be waited for by work in flight goes first, and never waits for a thread
      const auto place = jobs_.insert(within_work ? jobs_.begin() : jobs_.end(), std::move(job));
      if (idle_ < jobs_.size() && (within_work || threads_.size() < most_threads)) {
        start_thread_for(place, within_work);
      }
    }
    changed_.notify_one();
  }

  /// Ends the threads, but for one that is at work for longer than the bound: it ends after that.
  void close() {
    std::vector<std::jthread> ended;
    {
      std::unique_lock lock(mutex_);
      closing_ = true;
      changed_.notify_all();
      one_ended_.wait_for(lock, longest_wait_at_exit,
                          [this] { return ended_.size() == threads_.size(); });
      closing_ = false;
      ended = take_ended();
      ended_.shrink_to_fit();
      if (threads_.empty()) threads_.shrink_to_fit();
    }
  }

 private:
  using Jobs = std::list<std::function<void()>>;

  /// Without one the job waits for a thread that there is, unless that may be waiting for the job.
  /// Needs the lock.
  void start_thread_for(Jobs::iterator place, bool within_work) {
    try {
      threads_.reserve(threads_.size() + 1);
      ended_.reserve(threads_.size() + 1);
      threads_.emplace_back([this] { work(); });
    } catch (const std::system_error& error) {
      if (!within_work && threads_.size() > ended_.size()) return;
      jobs_.erase(place);
      throw no_thread_for("a renewal, a login or a file", error);
    } catch (...) {
      jobs_.erase(place);
      throw;
    }
  }

  /// Needs the lock.
  std::vector<std::jthread> take_ended() {
    std::vector<std::jthread> taken;
    taken.reserve(ended_.size());
    for (const std::thread::id id : ended_) {
      const auto thread = std::ranges::find(threads_, id, &std::jthread::get_id);
      taken.push_back(std::move(*thread));
      threads_.erase(thread);
    }
    ended_.clear();
    return taken;
  }

  void work() noexcept {
    block_sigpipe();
    std::unique_lock lock(mutex_);
    while (true) {
      ++idle_;
      changed_.wait_for(lock, longest_idle, [this] { return closing_ || !jobs_.empty(); });
      --idle_;
      if (jobs_.empty()) break;
      Jobs job;
      job.splice(job.begin(), jobs_, jobs_.begin());
      lock.unlock();
      job.front()();
      job.clear();  // what it holds may be the last of something: not under the lock
      lock.lock();
    }
    ended_.push_back(std::this_thread::get_id());  // there is room
    one_ended_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::condition_variable one_ended_;
  Jobs jobs_;
  std::size_t idle_ = 0;
  bool closing_ = false;
  std::vector<std::jthread> threads_;
  std::vector<std::thread::id> ended_;  // of those in threads_
};

// Two sets of threads: a token server that hangs may keep all threads of the one at work for as
// long as its callers' patience lasts, and then no file is to wait for it.
struct ThreadsForLogins : HelperThreads {};
struct ThreadsForBodies : HelperThreads {};

struct CloseAtExit {
  CloseAtExit() = default;
  ~CloseAtExit() {
    process_wide<ThreadsForBodies>().close();
    process_wide<ThreadsForLogins>().close();
  }
  CloseAtExit(const CloseAtExit&) = delete;
  CloseAtExit& operator=(const CloseAtExit&) = delete;
};

}  // namespace

void outlive_with_helper_threads() {
  static_cast<void>(process_wide<ThreadsForBodies>());
  static_cast<void>(process_wide<ThreadsForLogins>());
  static const CloseAtExit close_at_exit;
}

namespace {

template <class Threads> void run_on(std::function<void()> job) {
  outlive_with_helper_threads();
  const WorkPath path = current_work();
  auto part = [path, run = std::move(job)] {
    const AtWork at_work{WorkPath(path)};
    run();
  };
  process_wide<Threads>().run(std::move(part), !path.empty());
}

}  // namespace

void run_on_helper_thread(std::function<void()> job) {
  run_on<ThreadsForLogins>(std::move(job));
}

void run_on_body_thread(std::function<void()> job) {
  run_on<ThreadsForBodies>(std::move(job));
}

}  // namespace globus_sdk::inline v0::detail
