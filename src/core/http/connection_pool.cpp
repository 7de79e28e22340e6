// SPDX-License-Identifier: Apache-2.0
#include "core/http/connection_pool.hpp"

#include <algorithm>
#include <optional>
#include <stop_token>
#include <utility>

#include "core/http/body_doors.hpp"
#include "core/process/abandoned.hpp"
#include "core/process/sigpipe.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t most_idle_pairs = 64;
constexpr std::chrono::milliseconds longest_poll{1000};

/// Milliseconds to wait for what comes first, rounded up so that it has come then.
int poll_time(Clock::time_point now, const std::optional<Clock::time_point>& deadline,
              const std::optional<Clock::time_point>& silence_ends) {
  Clock::time_point until = now + longest_poll;
  if (deadline) until = std::min(until, *deadline);
  if (silence_ends) until = std::min(until, *silence_ends);
  const auto wait = std::chrono::ceil<std::chrono::milliseconds>(until - now);
  return static_cast<int>(std::max(wait, std::chrono::milliseconds(0)).count());
}

/// Runs the transfer that was added to `multi` until it ends or has to be broken off.
Outcome drive(CURLM* multi, Exchange& exchange, const CallLimits& limits) {
  int running = 1;
  while (true) {
    const CURLMcode status = curl_multi_perform(multi, &running);
    if (status != CURLM_OK) {
      return NetworkFailure{NetworkFailure::Kind::connection, curl_multi_strerror(status), false};
    }
    if (running == 0) break;
    if (limits.stop.stop_requested()) return cancelled_failure();
    const Clock::time_point now = Clock::now();
    if (limits.deadline && now >= *limits.deadline) return deadline_failure(false);
    const auto silence_ends = exchange.silence_ends(now);
    if (silence_ends && now >= *silence_ends && exchange.is_silent(now)) {
      return exchange.timed_out();
    }
    curl_multi_poll(multi, nullptr, 0, poll_time(now, limits.deadline, exchange.silence_ends(now)),
                    nullptr);
  }
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
    if (message->msg == CURLMSG_DONE) return exchange.finish(message->data.result);
  }
  return NetworkFailure{NetworkFailure::Kind::connection, "libcurl lost the transfer", false};
}

/// An easy handle added to a multi handle, for as long as a call takes.
class Attached {
 public:
  Attached(CURLM* multi, CURL* easy) : multi_(multi), easy_(easy) {
    curl_multi_add_handle(multi_, easy_);
  }
  ~Attached() { curl_multi_remove_handle(multi_, easy_); }
  Attached(const Attached&) = delete;
  Attached& operator=(const Attached&) = delete;

 private:
  CURLM* multi_;
  CURL* easy_;
};

}  // namespace

/// A pair out of the pool, given back whatever happens.
class ConnectionPool::Lease {
 public:
  explicit Lease(ConnectionPool& pool) : pool_(pool), pair_(pool.take()) {}
  ~Lease() { pool_.give_back(std::move(pair_)); }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  CURLM* multi() const { return pair_->multi.get(); }
  EasyHandle& handle() const { return pair_->handle; }

 private:
  ConnectionPool& pool_;
  std::unique_ptr<Pair> pair_;
};

ConnectionPool::~ConnectionPool() {
  abandon_if_forked();
}

Outcome ConnectionPool::send(const OutgoingRequest& request, const CallLimits& limits) {
  if (limits.stop.stop_requested()) return cancelled_failure();
  if (limits.deadline && Clock::now() >= *limits.deadline) return deadline_failure(true);
  Lease lease(*this);
  std::optional<SigpipeGuard> sigpipe;
  if (uses_tls(settings_, request.destination)) sigpipe.emplace();
  std::optional<DirectSink> sink;
  if (request.sink) sink.emplace(*request.sink);
  std::optional<DirectSource> source;
  if (request.source) source.emplace(*request.source);
  Exchange exchange(lease.handle(), settings_, request,
                    {sink ? &*sink : nullptr, source ? &*source : nullptr});
  Attached attached(lease.multi(), lease.handle().easy.get());
  if (!limits.stop.stop_possible()) return drive(lease.multi(), exchange, limits);
  CURLM* multi = lease.multi();
  std::stop_callback wake(limits.stop, [multi] { curl_multi_wakeup(multi); });
  return drive(multi, exchange, limits);
}

std::unique_ptr<ConnectionPool::Pair> ConnectionPool::take() {
  {
    std::lock_guard lock(mutex_);
    abandon_if_forked();
    if (!idle_.empty()) {
      // the one that this thread used last is in its processor's caches
      const auto here = std::this_thread::get_id();
      const auto own = std::ranges::find(idle_.rbegin(), idle_.rend(), here,
                                         [](const auto& pair) { return pair->last_user; });
      auto& chosen = own != idle_.rend() ? *own : idle_.back();
      std::swap(chosen, idle_.back());
      std::unique_ptr<Pair> pair = std::move(idle_.back());
      idle_.pop_back();
      pair->last_user = here;
      return pair;
    }
  }
  auto pair = std::make_unique<Pair>();
  pair->multi = make_multi();
  return pair;
}

void ConnectionPool::give_back(std::unique_ptr<Pair> pair) noexcept {
  std::lock_guard lock(mutex_);
  if (idle_.size() >= most_idle_pairs) return;
  try {
    idle_.push_back(std::move(pair));
  } catch (...) {  // no memory for one more: this one is closed
  }
}

void ConnectionPool::abandon_if_forked() {
  const std::uint64_t here = fork_count();
  if (owner_ == here) return;
  // the child of a fork: closing the parent's TLS connections would end them for the parent too
  if (!idle_.empty()) {
    const auto inherited = std::make_shared<std::vector<std::unique_ptr<Pair>>>();
    inherited->swap(idle_);
    abandon(inherited);
  }
  owner_ = here;
}

}  // namespace globus_sdk::inline v0::detail
