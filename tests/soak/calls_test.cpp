// SPDX-License-Identifier: Apache-2.0
// Calls of every kind, blocking and asynchronous, of which every tenth meets something that goes
// wrong on a real socket. Each ends once, within its deadline, in its right answer or in its right
// exception; and the process holds no more in the end than at the beginning.
//
// All that goes wrong is drawn from SOAK_SEED, which is printed, for each call by itself: SOAK_CALL
// repeats one call. SOAK_CALLS says how many there are (3000), and SOAK_SECONDS how long to go on
// at most. A figure that is not judged: how soon a call ends that is stopped.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/parse.hpp>
#include <condition_variable>
#include <fstream>
#include <iostream>
#include <map>
#include <mutex>
#include <random>
#include <thread>

#include "soak/calls.hpp"
#include "soak/judge.hpp"
#include "soak/jumping_clock.hpp"
#include "soak/report.hpp"
#include "support/curl_version.hpp"
#include "support/sanitized.hpp"
#include "support/scoped_folder.hpp"
#include "support/slow_look_up.hpp"

namespace soak {
namespace {

using globus_sdk_test::ScopedFolder;
using globus_sdk_test::ServedSandbox;
using Clock = std::chrono::steady_clock;

constexpr int blocking_threads = 8;
constexpr int asynchronous_calls = 64;
/// Beyond its deadline no call goes on for longer, on whatever machine.
constexpr auto grace = std::chrono::seconds(20);
/// Between two jumps of the clock.
constexpr auto pause_between_jumps = std::chrono::milliseconds(300);
/// Between two ends of the token that many calls share. No call meets two of them: the second 401
/// of a call is its end.
constexpr auto pause_between_expiries = std::chrono::seconds(8);
constexpr std::array<std::int64_t, 8> jumps{0, 3600, 0, -3600, 90, 40 * 86400, 0, -86400};

/// Stops calls when it is time.
class Stopper {
 public:
  ~Stopper() {
    thread_.request_stop();
    changed_.notify_all();
  }
  void stop_at(Clock::time_point time, std::shared_ptr<Call> call) {
    const std::lock_guard lock(mutex_);
    due_.emplace(time, std::move(call));
    changed_.notify_all();
  }

 private:
  void run(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
      if (due_.empty()) {
        changed_.wait_for(lock, std::chrono::seconds(1));
      } else if (due_.begin()->first > Clock::now()) {
        changed_.wait_until(lock, due_.begin()->first);
      } else {
        const auto call = std::move(due_.begin()->second);
        due_.erase(due_.begin());
        lock.unlock();
        call->stopped_at = Clock::now();
        call->stop.request_stop();
        lock.lock();
      }
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::multimap<Clock::time_point, std::shared_ptr<Call>> due_;
  std::jthread thread_{[this](const std::stop_token& stop) { run(stop); }};
};

class Soak {
 public:
  Soak(const World& world, std::uint64_t calls, std::chrono::seconds most, const Mischief& mischief)
      : world_(world), calls_(calls), until_(Clock::now() + most), mischief_(mischief) {}

  void run() {
    std::vector<std::thread> threads;
    for (int thread = 0; thread < blocking_threads; ++thread) {
      threads.emplace_back([this] { make_blocking_calls(); });
    }
    boost::asio::io_context context{1};
    for (int worker = 0; worker < asynchronous_calls; ++worker) {
      boost::asio::co_spawn(context, make_asynchronous_calls(this), boost::asio::detached);
    }
    std::jthread watching([this](const std::stop_token& stop) { watch(stop); });
    context.run();
    for (std::thread& thread : threads) thread.join();
    watching.request_stop();
    watching.join();
    add_holdings();
  }
  /// Makes one call alone.
  void repeat(std::uint64_t number) {
    const auto call = begin(number, number % 2 == 1);
    const Kind& kind = kind_of(call->plan);
    std::cout << "call " << number << ": " << kind.name << ", "
              << name_of(call->plan.first_trouble()) << std::endl;
    make_blocking_call(call);
  }

  const Report& report() const { return report_; }
  const std::vector<std::string>& wrong() const { return wrong_; }
  std::uint64_t wrong_calls() const { return wrong_calls_; }

 private:
  /// Numbers from 1 on: odd ones are of asynchronous calls.
  std::optional<std::uint64_t> next(std::atomic<std::uint64_t>& numbers) {
    const std::uint64_t number = numbers.fetch_add(2);
    if (number > calls_ || Clock::now() > until_) return std::nullopt;
    return number;
  }

  std::shared_ptr<Call> begin(std::uint64_t number, bool in_async_mode) {
    auto call =
        std::make_shared<Call>(world_, make_plan(world_.seed, number, mischief_), in_async_mode);
    call->begun_at = Clock::now();
    {
      const std::lock_guard lock(mutex_);
      running_[number] = call->begun_at;
    }
    if (call->plan.stopped_in) {
      const auto wait = std::chrono::milliseconds(30 + call->plan.kind % 70);
      stopper_.stop_at(call->begun_at + wait, call);
    }
    return call;
  }

  void make_blocking_call(const std::shared_ptr<Call>& call) {
    const Kind& kind = kind_of(call->plan);
    std::exception_ptr thrown;
    try {
      kind.block(call);
    } catch (...) {
      thrown = std::current_exception();
    }
    end(*call, kind, thrown);
  }
  void make_blocking_calls() {
    while (const auto number = next(blocking_)) make_blocking_call(begin(*number, false));
  }
  static boost::asio::awaitable<void> make_asynchronous_calls(Soak* soak) {
    while (const auto number = soak->next(soak->asynchronous_)) {
      const auto call = soak->begin(*number, true);
      const Kind& kind = kind_of(call->plan);
      std::exception_ptr thrown;
      try {
        auto running = kind.begin(call);
        co_await std::move(running);
      } catch (...) {
        thrown = std::current_exception();
      }
      soak->end(*call, kind, thrown);
    }
  }

  void end(const Call& call, const Kind& kind, const std::exception_ptr& thrown) {
    const Clock::time_point now = Clock::now();
    const Ending ending = ending_of(thrown);
    const std::vector<Entry> journal = world_.server.end(call.plan.call);
    std::string wrong = judge(call, kind, ending, journal);
    const std::chrono::milliseconds deadline =
        call.settings().deadline.has_value() ? *call.settings().deadline : call.deadline;
    if (wrong.empty() && now - call.begun_at > deadline + grace) wrong = "ended far too late";
    const std::lock_guard lock(mutex_);
    if (running_.erase(call.plan.call) != 1) wrong = "ended twice";
    report_.count(
        call.plan.stopped_in ? "stopped" : std::string(name_of(call.plan.first_trouble())),
        kind.name, ending);
    if (call.plan.stopped_in && ending.name == "CancelledError") {
      report_.add_stop(*call.plan.stopped_in, now - call.stopped_at);
      if (now - call.stopped_at > std::chrono::milliseconds(100)) {
        std::cout << "took longer than 100 ms to stop ("
                  << std::chrono::duration<double, std::milli>(now - call.stopped_at).count()
                  << "): SOAK_SEED=" << world_.seed << " SOAK_CALL=" << call.plan.call << ' '
                  << name_of(*call.plan.stopped_in) << ", " << kind.name << std::endl;
      }
    }
    if (!wrong.empty()) keep(call, kind, ending, journal, wrong);
    ended_at_ = now;
  }

  void keep(const Call& call, const Kind& kind, const Ending& ending,
            const std::vector<Entry>& journal, const std::string& wrong) {
    ++wrong_calls_;
    if (wrong_.size() >= 20) return;
    std::string text = "SOAK_SEED=" + std::to_string(world_.seed) +
                       " SOAK_CALL=" + std::to_string(call.plan.call) +
                       (call.is_async ? " (async) " : " (blocking) ") + kind.name + ": " + wrong +
                       "\n  ended in " + ending.label() + ": " + ending.message + "\n  planned:";
    for (const Fault& fault : call.plan.faults)
      text += " [" + std::string(name_of(fault.trouble)) + "]";
    for (const Entry& entry : journal) {
      text += "\n  " + entry.method + " " + entry.target + ": " +
              std::string(name_of(entry.fault.trouble)) + ", " + std::to_string(entry.status) +
              (entry.had_effect ? ", done" : ", not done");
    }
    wrong_.push_back(std::move(text));
  }

  void add_holdings() {
    Holdings now = holdings();
    const std::lock_guard lock(mutex_);
    now.calls = report_.calls();
    report_.add(now);
  }
  /// Without the threads of look-ups, which are silent for longer than calls wait for them.
  static Holdings holdings() {
    Holdings now = Holdings::now();
    auto& look_ups = globus_sdk_test::SlowLookUps::all();
    const std::lock_guard lock(look_ups.mutex);
    now.threads -= look_ups.under_way;
    return now;
  }

  /// Lets the clock jump, notes what the process holds, and sees to it that calls end.
  void watch(const std::stop_token& stop) {
    auto expires_at = Clock::now() + pause_between_expiries / 8;
    std::uint64_t noted_tenths = 0;
    for (std::size_t jump = 0; !stop.stop_requested(); ++jump) {
      clock_is_ahead = jumps[jump % jumps.size()];
      if (Clock::now() > expires_at) {
        expire_shared_token();
        expires_at = Clock::now() + pause_between_expiries;
      }
      if (const std::uint64_t tenths = require_progress(); tenths > noted_tenths) {
        noted_tenths = tenths;
        add_holdings();
      }
      std::this_thread::sleep_for(pause_between_jumps);
    }
  }
  void expire_shared_token() const {
    if (const auto token = world_.shared_authorizer.access_token()) world_.sandbox.expire(*token);
  }
  /// Ends the program when no call ends any more.
  /// @return how many tenths of all calls are done.
  std::uint64_t require_progress() {
    const std::lock_guard lock(mutex_);
    if (Clock::now() - ended_at_ > std::chrono::seconds(120)) {
      std::cerr << "SOAK_SEED=" << world_.seed << ": these calls hang:";
      for (const auto& [number, begun_at] : running_) std::cerr << ' ' << number;
      std::cerr << std::endl;
      std::abort();
    }
    return report_.calls() * 10 / calls_;
  }

  const World& world_;
  const std::uint64_t calls_;
  const Clock::time_point until_;
  const Mischief mischief_;
  std::atomic<std::uint64_t> blocking_ = 2;
  std::atomic<std::uint64_t> asynchronous_ = 1;
  std::mutex mutex_;
  // guarded by mutex_
  std::map<std::uint64_t, Clock::time_point> running_;
  Report report_;
  std::vector<std::string> wrong_;
  std::uint64_t wrong_calls_ = 0;
  Clock::time_point ended_at_ = Clock::now();
  // last: it uses all of the above
  Stopper stopper_;
};

std::uint64_t new_seed() {
  std::random_device device;
  return device();
}

void make_files(const std::filesystem::path& folder) {
  for (const char* name : {"listed", "made", "files"}) {
    std::filesystem::create_directories(folder / name);
  }
  for (const char* name : {"a", "b", "c"}) std::ofstream(folder / "listed" / name) << name;
}

/// What a process holds does not grow with the calls that it makes.
void expect_flat(const std::vector<Holdings>& holdings) {
  // after a fifth of the calls all pools are as large as they become
  const auto& warm = holdings.at(holdings.size() / 5);
  const auto& last = holdings.back();
  EXPECT_LE(last.descriptors, warm.descriptors + 100);
  EXPECT_LE(last.threads, warm.threads + 40);
  if (globus_sdk_test::is_sanitized) return;
  EXPECT_LE(last.resident_megabytes, warm.resident_megabytes + 60);
  EXPECT_LE(last.allocated_megabytes, warm.allocated_megabytes + 20);
}

TEST(Soak, EveryCallEndsInItsRightAnswerOrItsRightException) {
  const std::uint64_t seed = number_of("SOAK_SEED", new_seed());
  const std::uint64_t calls = number_of("SOAK_CALLS", 3000);
  const std::chrono::seconds most(number_of("SOAK_SECONDS", 600));
  std::cout << "SOAK_SEED=" << seed << std::endl;
  Mischief mischief;
  mischief.silent_names = globus_sdk_test::why_look_ups_are_waited_for().empty();
  const ScopedFolder folder;
  make_files(folder.path);
  const ServedSandbox sandbox({"--auto-consent", "--collection", "SOURCE=" + folder.path.string()});
  TroubleServer server(sandbox.port(), [seed, mischief](std::uint64_t call) {
    return make_plan(seed, call, mischief);
  });
  const World world(seed, server, sandbox);
  const auto begun_at = Clock::now();
  Soak soak(world, calls, most, mischief);
  if (const std::uint64_t call = number_of("SOAK_CALL", 0); call != 0) {
    soak.repeat(call);
  } else {
    soak.run();
  }
  const std::chrono::duration<double> took = Clock::now() - begun_at;
  clock_is_ahead = 0;
  globus_sdk_test::SlowLookUps::all().end();
  soak.report().print();
  std::cout << server.requests() << " requests in " << took.count() << " s" << std::endl;
  boost::json::object document = soak.report().json();
  document["seed"] = seed;
  document["seconds"] = took.count();
  document["requests"] = server.requests();
  document["wrong"] = soak.wrong_calls();
  keep_report("calls", document);
  for (const std::string& wrong : soak.wrong()) ADD_FAILURE() << wrong;
  EXPECT_EQ(soak.wrong_calls(), 0u);
  if (soak.report().calls() >= 1000) {
    EXPECT_GT(soak.report().calls() - soak.report().calls_with("none"), soak.report().calls() / 20)
        << "too little went wrong";
    expect_flat(soak.report().holdings());
  }
  EXPECT_LT(soak.report().longest_stop_milliseconds(), 10'000);
}

}  // namespace
}  // namespace soak
