// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "core/process/fork_count.hpp"
#include "core/process/single_flight.hpp"
#include "globus_sdk/token_storage/token_pool.hpp"
#include "token_storage/stored_token_source.hpp"

namespace globus_sdk::inline v0::detail {

/// What a pool was made of, checked and complete.
struct TokenPoolSettings {
  std::shared_ptr<const MultiUserTokenStorage> storage;
  TokenGrant grant;
  std::chrono::milliseconds renew_ahead{};
  std::size_t max_renewals = 1;
  std::size_t max_cached_tokens = 1;
  bool renew_stored = false;
  std::chrono::milliseconds lock_timeout{};
  std::function<void(const TokenPoolEvent&)> on_event;
};

/// A user's namespace, and a resource server.
using PooledTokenKey = std::pair<std::string, std::string>;

/// The tokens of all users in memory, and the threads that renew them.
///
/// A token that is to be renewed is in one of two queues: those that calls wait for go first.
/// Workers take tokens from there, renew them without holding the lock, and end the flight that
/// calls wait for. The timekeeper puts tokens into the queue of those that nobody waits for yet,
/// when their time has come.
class RenewalEngine : public std::enable_shared_from_this<RenewalEngine> {
 public:
  explicit RenewalEngine(std::shared_ptr<const TokenPoolSettings> settings);
  ~RenewalEngine();
  RenewalEngine(const RenewalEngine&) = delete;
  RenewalEngine& operator=(const RenewalEngine&) = delete;

  /// False in the child of a fork, which has none of the threads.
  bool is_of_this_process() const noexcept { return process_ == fork_count(); }
  /// Begins to keep the time when stored tokens are to be renewed.
  void start();
  /// Lets what is under way come to its end, and ends everything else.
  void stop() noexcept;

  // for authorizers, which have functions of the same names
  std::optional<std::string> try_get(const PooledTokenKey& key);
  std::string get(const PooledTokenKey& key, const CallLimits& limits);
  bool reject(const PooledTokenKey& key, std::string_view header);
  std::string explain_refusal(const PooledTokenKey& key, std::string_view header);

  /// Forgets a user's tokens, so that they are read again.
  void forget(const std::string& user_namespace);
  TokenPoolStatistics statistics() const;

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;
  struct Token;
  using Shared = std::shared_ptr<Token>;
  struct ByKey {
    using is_transparent = void;
    bool operator()(const Shared& a, const Shared& b) const;
    bool operator()(const Shared& a, const PooledTokenKey& b) const;
    bool operator()(const PooledTokenKey& a, const Shared& b) const;
  };
  struct Attempt;
  using Lock = std::unique_lock<std::mutex>;

  // these must be called with the lock
  Shared find(const PooledTokenKey& key) const;
  Shared find_or_make(const PooledTokenKey& key);
  void make_room();
  void erase(const Shared& token);
  void request(const Shared& token, bool is_urgent);
  void start_worker();
  void start_thread(void (RenewalEngine::*duty)());
  std::vector<std::thread> take_ended();
  void schedule(const Shared& token, SteadyTime time);
  void ensure_timekeeper();
  void request_if_due(const Shared& token);
  Shared take_job();
  bool has_job() const;
  void apply(const Shared& token, Attempt& attempt);
  void put_off(Token& token, const std::exception_ptr& failure);
  std::size_t queue_length() const;
  void count(const Attempt& attempt);

  std::string wait_for(const Shared& token, const CallLimits& limits, Lock& lock);
  void work();
  void run(const Shared& token, Lock& lock);
  Attempt attempt(const Token& token, std::unique_ptr<StoredTokenSource> unsaved,
                  std::string in_use, std::optional<std::size_t> refused, bool only_save) const;
  void keep_time();
  void on_time(const Shared& token);
  void request_stored(Lock& lock);
  void tell(const TokenPoolEvent& event) const noexcept;

  const std::shared_ptr<const TokenPoolSettings> settings_;
  const std::uint64_t process_ = fork_count();

  mutable std::mutex mutex_;
  std::condition_variable job_;
  std::condition_variable time_;
  std::condition_variable thread_ended_;
  // guarded by mutex_
  std::set<Shared, ByKey> tokens_;
  std::list<Token*> by_use_;  // the last used one first
  std::deque<Shared> urgent_;
  std::deque<Shared> ahead_;
  std::size_t ahead_queued_ = 0;  // of ahead_, those that have not become urgent
  std::multimap<SteadyTime, std::weak_ptr<Token>> times_;
  std::map<std::thread::id, std::thread> threads_;
  std::vector<std::thread::id> ended_;
  std::size_t workers_ = 0;
  std::size_t idle_ = 0;
  std::size_t busy_ = 0;  // of the workers, those that renew, or tell of it
  std::size_t ahead_under_way_ = 0;
  bool has_timekeeper_ = false;
  bool stopping_ = false;
  bool stopped_ = false;
  SteadyTime next_look_{};
  std::optional<TokenExpiry> looked_until_{};
  TokenPoolStatistics numbers_{};
};

}  // namespace globus_sdk::inline v0::detail
