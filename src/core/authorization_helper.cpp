// SPDX-License-Identifier: Apache-2.0
#include "authorization_helper.hpp"

#include <chrono>
#include <optional>
#include <utility>

#include "abandoned.hpp"
#include "curl_handles.hpp"
#include "ending_threads.hpp"
#include "fork_count.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

constexpr std::chrono::seconds longest_idle{2};

struct Result {
  std::exception_ptr exception{};
  std::string header{};
};

Result ask(const GlobusAuthorizer& authorizer) {
  try {
    return {nullptr, authorizer.get_authorization_header({})};
  } catch (...) {
    return {std::current_exception(), {}};
  }
}

/// What those get who waited while somebody else's fetching failed.
Result ask_after_failure(const GlobusAuthorizer& authorizer, const std::exception_ptr& failure) {
  try {
    if (auto header = authorizer.try_get_authorization_header()) return {nullptr, *header};
  } catch (...) {  // then the failure itself says more
  }
  return {failure, {}};
}

}  // namespace

struct AuthorizationHelper::State {
  struct Job {
    std::shared_ptr<const GlobusAuthorizer> authorizer;
    Done done;
  };

  std::mutex mutex;
  std::condition_variable changed;
  std::vector<Job> jobs;
  bool ending = false;
  bool running = false;
  std::thread thread;
  // the child of a fork has no such thread, and makes a state anew
  const std::uint64_t owner = fork_count();

  /// Waits for the first job; nothing when the thread is to end.
  std::shared_ptr<const GlobusAuthorizer> next_authorizer() {
    std::unique_lock lock(mutex);
    changed.wait_for(lock, longest_idle, [this] { return ending || !jobs.empty(); });
    if (jobs.empty()) {
      running = false;
      return nullptr;
    }
    return jobs.front().authorizer;
  }

  std::vector<Job> take_jobs() {
    std::lock_guard lock(mutex);
    return std::exchange(jobs, {});
  }

  void run() {
    block_sigpipe();
    while (std::shared_ptr<const GlobusAuthorizer> authorizer = next_authorizer()) {
      const Result first = ask(*authorizer);
      std::vector<Job> waiting = take_jobs();
      const Result others =
          first.exception ? ask_after_failure(*authorizer, first.exception) : first;
      // who waits may be done with the authorizer as soon as it is told: then its destructor joins
      // this thread, which it could not if the last copy were here
      authorizer.reset();
      for (Job& job : waiting) job.authorizer.reset();
      for (std::size_t index = 0; index < waiting.size(); ++index) {
        const Result& result = index == 0 ? first : others;
        waiting[index].done(result.exception, result.header);
      }
    }
  }
};

AuthorizationHelper::~AuthorizationHelper() {
  if (!state_) return;
  if (state_->owner != fork_count()) {
    abandon(std::move(state_));
    return;
  }
  std::thread thread;
  {
    std::lock_guard lock(state_->mutex);
    state_->ending = true;
    thread = std::move(state_->thread);
  }
  state_->changed.notify_all();
  if (!thread.joinable()) return;
  // the last copy of the authorizer may go with a job, on the helper's own thread
  if (thread.get_id() == std::this_thread::get_id()) {
    leave_to_end(std::move(thread));
  } else {
    thread.join();
  }
}

void AuthorizationHelper::fetch(std::shared_ptr<const GlobusAuthorizer> authorizer, Done done) {
  std::shared_ptr<State> state;
  {
    std::lock_guard lock(mutex_);
    if (state_ && state_->owner != fork_count()) abandon(std::move(state_));
    if (!state_) state_ = std::make_shared<State>();
    state = state_;
  }
  std::lock_guard lock(state->mutex);
  state->jobs.push_back({std::move(authorizer), std::move(done)});
  if (!state->running) {
    if (state->thread.joinable()) state->thread.join();  // it has ended, or is about to
    state->running = true;
    state->thread = std::thread([state] { state->run(); });
  }
  state->changed.notify_one();
}

void throw_wait_ended(const CallLimits& limits) {
  if (limits.stop.stop_requested()) {
    throw CancelledError("stop was requested while the call waited for its authorization");
  }
  throw GlobusTimeoutError("the call's deadline passed while it waited for its authorization", "",
                           "");
}

std::string fetch_within(const std::shared_ptr<const GlobusAuthorizer>& authorizer,
                         const CallLimits& limits) {
  struct Waiter {
    std::mutex mutex;
    std::condition_variable_any changed;
    std::optional<Result> result;
  };
  auto waiter = std::make_shared<Waiter>();
  authorizer->helper().fetch(authorizer,
                             [waiter](std::exception_ptr exception, const std::string& header) {
                               {
                                 std::lock_guard lock(waiter->mutex);
                                 waiter->result = Result{std::move(exception), header};
                               }
                               waiter->changed.notify_all();
                             });
  const auto is_there = [&waiter] { return waiter->result.has_value(); };
  std::unique_lock lock(waiter->mutex);
  if (limits.deadline) {
    waiter->changed.wait_until(lock, limits.stop, *limits.deadline, is_there);
  } else {
    waiter->changed.wait(lock, limits.stop, is_there);
  }
  if (!waiter->result) throw_wait_ended(limits);
  if (waiter->result->exception) std::rethrow_exception(waiter->result->exception);
  return waiter->result->header;
}

}  // namespace globus_sdk::inline v0::detail

namespace globus_sdk::inline v0 {

GlobusAuthorizer::GlobusAuthorizer() : helper_(std::make_shared<detail::AuthorizationHelper>()) {}
GlobusAuthorizer::~GlobusAuthorizer() = default;
GlobusAuthorizer::GlobusAuthorizer(const GlobusAuthorizer&) = default;
// a moved-from authorizer may still be asked, so a move leaves it what it had
GlobusAuthorizer::GlobusAuthorizer(GlobusAuthorizer&& other) noexcept : helper_(other.helper_) {}
GlobusAuthorizer& GlobusAuthorizer::operator=(const GlobusAuthorizer&) = default;
GlobusAuthorizer& GlobusAuthorizer::operator=(GlobusAuthorizer&& other) noexcept {
  helper_ = other.helper_;
  return *this;
}

std::optional<std::string> GlobusAuthorizer::try_get_authorization_header() const {
  return std::nullopt;
}

bool GlobusAuthorizer::handle_missing_authorization(std::string_view) const {
  return false;
}

bool GlobusAuthorizer::handle_insufficient_authorization(std::string_view, const Answer&) const {
  return false;
}

detail::AuthorizationHelper& GlobusAuthorizer::helper() const noexcept {
  return *helper_;
}

}  // namespace globus_sdk::inline v0
