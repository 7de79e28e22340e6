// SPDX-License-Identifier: Apache-2.0
#include "token_storage/renewal_engine.hpp"

#include <algorithm>
#include <system_error>

#include "authorizers/bearer_header.hpp"
#include "authorizers/grant_failure.hpp"
#include "authorizers/renewal_under_way.hpp"
#include "core/base/now_seconds.hpp"
#include "core/base/wipe.hpp"
#include "core/call/blocking_mode.hpp"
#include "core/process/ending_threads.hpp"
#include "core/process/no_thread.hpp"
#include "core/process/sigpipe.hpp"
#include "globus_sdk/core/errors.hpp"
#include "token_storage/stored_form.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr seconds longest_idle{2};
/// The pauses after failures double, from the first to the longest, with jitter.
constexpr milliseconds first_pause{500};
constexpr milliseconds longest_pause{60'000};
/// Where a service refuses fresh tokens, the pauses between renewals double likewise.
constexpr milliseconds first_pause_after_refusal{1000};
/// A pause that Globus Auth asks for is kept up to this one.
constexpr milliseconds longest_asked_pause = std::chrono::hours(1);
/// How often the storage is looked through for tokens that expire, and how many are read at once.
constexpr milliseconds longest_time_between_looks{60'000};
constexpr milliseconds shortest_time_between_looks{100};
constexpr std::int64_t looked_at_once = 256;
/// When so few of those are left in the queue, the next ones are read.
constexpr std::size_t few_left = 64;
/// How many of those that were used longest ago are looked at for one that can go.
constexpr int most_looked_at_for_room = 16;

milliseconds doubled(milliseconds first, unsigned times) {
  return std::min<milliseconds>(first * (1U << std::min(times, 16U)), longest_pause);
}

/// Between half of it and all of it.
template <class Duration> Duration with_jitter(Duration time) {
  const auto half = time / 2;
  return half + Duration(static_cast<typename Duration::rep>(static_cast<double>(half.count()) *
                                                             random_jitter()));
}

std::size_t fingerprint(const std::string& secret) {
  return std::hash<std::string>()(secret);
}

}  // namespace

enum class Place : std::uint8_t { nowhere, ahead, urgent, under_way };

/// One user's token for one service.
struct RenewalEngine::Token {
  explicit Token(PooledTokenKey name) : key(std::move(name)) {}
  ~Token() { wipe(header); }
  Token(const Token&) = delete;
  Token& operator=(const Token&) = delete;

  bool is_usable(std::int64_t now) const {
    return !header.empty() && !rejected && now < expires_at;
  }
  bool is_busy() const { return place != Place::nowhere; }

  const PooledTokenKey key;
  std::string header{};         // empty until the first was got
  std::int64_t expires_at = 0;  // in seconds since the epoch
  SteadyTime since{};           // when the pool got it
  SteadyTime renew_at{};
  SteadyTime scheduled_for{};  // of what is in times_, the one that counts
  Place place = Place::nowhere;
  bool is_wanted = false;             // used since the last renewal, or to be renewed anyway
  bool rejected = false;              // by a service
  bool in_place_of_rejected = false;  // renewed because a service refused the one before
  bool refusal_is_counted = false;
  std::uint8_t refused_fresh = 0;
  std::uint8_t failures = 0;  // in a row
  SteadyTime no_renewal_before{};
  SteadyTime no_renewal_after_refusal_before{};
  std::exception_ptr failure{};                // of the last try
  std::optional<std::size_t> refused_login{};  // which refresh token Globus Auth refused
  std::shared_ptr<Flight<std::string>> flight{};
  std::unique_ptr<StoredTokenSource> unsaved{};
  std::list<Token*>::iterator by_use{};
};

bool RenewalEngine::ByKey::operator()(const Shared& a, const Shared& b) const {
  return a->key < b->key;
}
bool RenewalEngine::ByKey::operator()(const Shared& a, const PooledTokenKey& b) const {
  return a->key < b;
}
bool RenewalEngine::ByKey::operator()(const PooledTokenKey& a, const Shared& b) const {
  return a < b->key;
}

/// What one try to renew brought.
struct RenewalEngine::Attempt {
  TokenRenewalOutcome outcome = TokenRenewalOutcome::failed;
  RenewedToken renewed{};
  std::exception_ptr failure{};
  std::optional<std::size_t> refused_login{};
  std::unique_ptr<StoredTokenSource> unsaved{};
  microseconds duration{0};

  bool has_token() const { return !renewed.access_token.empty(); }
};

RenewalEngine::RenewalEngine(std::shared_ptr<const TokenPoolSettings> settings)
    : settings_(std::move(settings)) {
  // the work of a pool may go on until the process ends
  const RenewalUnderWay waits_at_exit;
}

RenewalEngine::~RenewalEngine() = default;

void RenewalEngine::start() {
  if (!settings_->renew_stored) return;
  const Lock lock(mutex_);
  ensure_timekeeper();
}

void RenewalEngine::stop() noexcept {
  std::vector<std::thread> ended;
  std::deque<Shared> left;
  std::exception_ptr why;
  try {
    throw GlobusError("the token pool was destroyed before the token was renewed");
  } catch (...) {
    why = std::current_exception();
  }
  {
    Lock lock(mutex_);
    stopping_ = true;
    left.swap(urgent_);
    left.insert(left.end(), ahead_.begin(), ahead_.end());
    ahead_.clear();
    ahead_queued_ = 0;
    times_.clear();
    job_.notify_all();
    time_.notify_all();
    // those that renew end later, by themselves
    thread_ended_.wait(lock, [this] { return threads_.size() <= ended_.size() + busy_; });
    stopped_ = true;
    ended = take_ended();
  }
  for (const Shared& token : left) {
    if (token->flight && token->place != Place::under_way) token->flight->fail(why);
  }
  for (std::thread& thread : ended) thread.join();
}

RenewalEngine::Shared RenewalEngine::find(const PooledTokenKey& key) const {
  const auto found = tokens_.find(key);
  return found == tokens_.end() ? nullptr : *found;
}

/// The token, as the one that was used last.
RenewalEngine::Shared RenewalEngine::find_or_make(const PooledTokenKey& key) {
  if (Shared token = find(key)) {
    by_use_.splice(by_use_.begin(), by_use_, token->by_use);
    return token;
  }
  make_room();
  auto token = std::make_shared<Token>(key);
  by_use_.push_front(token.get());
  token->by_use = by_use_.begin();
  tokens_.insert(token);
  return token;
}

/// What is being renewed, or could not be stored, stays in memory whatever the limit.
void RenewalEngine::make_room() {
  int looked_at = 0;
  auto last = by_use_.end();
  while (tokens_.size() >= settings_->max_cached_tokens && last != by_use_.begin() &&
         looked_at++ < most_looked_at_for_room) {
    --last;
    if ((*last)->is_busy() || (*last)->unsaved) continue;
    const Shared token = find((*last)->key);
    last = std::next(last);
    erase(token);
  }
}

void RenewalEngine::erase(const Shared& token) {
  by_use_.erase(token->by_use);
  tokens_.erase(token);
}

std::optional<std::string> RenewalEngine::try_get(const PooledTokenKey& key) {
  const Lock lock(mutex_);
  const Shared token = find(key);
  if (!token || !token->is_usable(now_seconds())) return std::nullopt;
  by_use_.splice(by_use_.begin(), by_use_, token->by_use);
  token->is_wanted = true;
  request_if_due(token);
  return token->header;
}

std::string RenewalEngine::get(const PooledTokenKey& key, const CallLimits& limits) {
  Lock lock(mutex_);
  const Shared token = find_or_make(key);
  token->is_wanted = true;
  if (token->is_usable(now_seconds())) {
    request_if_due(token);
    return token->header;
  }
  const bool is_put_off = token->failure && steady_clock::now() < token->no_renewal_before;
  if (is_put_off && !token->is_busy()) std::rethrow_exception(token->failure);
  request(token, true);
  return wait_for(token, limits, lock);
}

/// Waits for the renewal, which no limit of a call ends. `lock` is released.
std::string RenewalEngine::wait_for(const Shared& token, const CallLimits& limits, Lock& lock) {
  const auto flight = token->flight;
  ++numbers_.waiting;
  ++numbers_.waits;
  lock.unlock();
  const auto begun = steady_clock::now();
  TokenPoolEvent event{TokenPoolEventKind::wait_ended, token->key.first, token->key.second};
  std::string header;
  try {
    header = flight->wait(limits);
  } catch (...) {
    event.failure = std::current_exception();
  }
  event.duration = duration_cast<microseconds>(steady_clock::now() - begun);
  lock.lock();
  --numbers_.waiting;
  numbers_.waited += event.duration;
  event.queue_length = queue_length();
  lock.unlock();
  tell(event);
  if (event.failure) std::rethrow_exception(event.failure);
  return header;
}

bool RenewalEngine::reject(const PooledTokenKey& key, std::string_view header) {
  const Lock lock(mutex_);
  const Shared token = find_or_make(key);
  if (token->header.empty()) {  // it was forgotten, but the storage may still hold it
    token->header = header;
    token->rejected = true;
    return true;
  }
  if (token->header != header) return true;
  if (steady_clock::now() < token->no_renewal_after_refusal_before) return false;
  token->rejected = true;
  return true;
}

std::string RenewalEngine::explain_refusal(const PooledTokenKey& key, std::string_view header) {
  const Lock lock(mutex_);
  const Shared token = find(key);
  if (!token || token->header != header || !token->in_place_of_rejected) return {};
  if (!std::exchange(token->refusal_is_counted, true)) {
    token->no_renewal_after_refusal_before =
        steady_clock::now() + doubled(first_pause_after_refusal, token->refused_fresh);
    token->refused_fresh = static_cast<std::uint8_t>(std::min(token->refused_fresh + 1, 6));
  }
  return fresh_token_is_refused("it was renewed", "renewal");
}

void RenewalEngine::forget(const std::string& user_namespace) {
  std::vector<Shared> forgotten;  // destroyed without the lock: they may store what they have left
  const Lock lock(mutex_);
  for (auto token = tokens_.lower_bound(PooledTokenKey(user_namespace, ""));
       token != tokens_.end() && (*token)->key.first == user_namespace;) {
    forgotten.push_back(*token++);
    erase(forgotten.back());
  }
}

TokenPoolStatistics RenewalEngine::statistics() const {
  const Lock lock(mutex_);
  TokenPoolStatistics numbers = numbers_;
  numbers.queue_length = queue_length();
  numbers.cached_tokens = tokens_.size();
  numbers.threads = threads_.size() - ended_.size();
  return numbers;
}

std::size_t RenewalEngine::queue_length() const {
  return urgent_.size() + ahead_queued_;
}

/// Puts the token into a queue, or into the one that goes first.
///
/// @throws GlobusError when there is no thread and none can be had.
void RenewalEngine::request(const Shared& token, bool is_urgent) {
  if (token->place == Place::under_way || token->place == Place::urgent) return;
  if (token->place == Place::ahead && !is_urgent) return;
  if (!token->flight) token->flight = std::make_shared<Flight<std::string>>();
  (is_urgent ? urgent_ : ahead_).push_back(token);
  if (token->place == Place::ahead) {
    --ahead_queued_;
  } else if (!is_urgent) {
    ++ahead_queued_;
  }
  token->place = is_urgent ? Place::urgent : Place::ahead;
  try {
    start_worker();
  } catch (...) {  // no thread at all
    (is_urgent ? urgent_ : ahead_).pop_back();
    if (!is_urgent) --ahead_queued_;
    token->place = Place::nowhere;
    token->flight.reset();
    throw;
  }
}

void RenewalEngine::start_worker() {
  job_.notify_one();
  if (idle_ >= queue_length() || workers_ >= settings_->max_renewals) return;
  try {
    start_thread(&RenewalEngine::work);
    ++workers_;
  } catch (const std::system_error& error) {
    if (workers_ == 0) throw no_thread_for("the renewal of a token", error);
  }
}

void RenewalEngine::start_thread(void (RenewalEngine::*duty)()) {
  for (std::thread& thread : take_ended()) thread.join();  // they have nothing left to do
  ended_.reserve(threads_.size() + 1);
  std::thread thread([engine = shared_from_this(), duty]() mutable {
    block_sigpipe();
    (engine.get()->*duty)();
    std::thread self;
    {
      const Lock lock(engine->mutex_);
      if (engine->stopped_) {
        self = std::move(engine->threads_.extract(std::this_thread::get_id()).mapped());
      } else {
        engine->ended_.push_back(std::this_thread::get_id());
      }
      engine->thread_ended_.notify_all();
    }
    engine.reset();
    if (self.joinable()) leave_to_end(std::move(self));
  });
  const auto id = thread.get_id();
  threads_.emplace(id, std::move(thread));
}

std::vector<std::thread> RenewalEngine::take_ended() {
  std::vector<std::thread> taken;
  for (const std::thread::id id : ended_) {
    taken.push_back(std::move(threads_.extract(id).mapped()));
  }
  ended_.clear();
  return taken;
}

void RenewalEngine::schedule(const Shared& token, SteadyTime time) {
  token->scheduled_for = time;
  times_.emplace(time, token);
  ensure_timekeeper();
}

/// Without a thread, what is due is noticed by the next call that uses the token.
void RenewalEngine::ensure_timekeeper() {
  if (stopping_) return;
  time_.notify_one();
  if (has_timekeeper_) return;
  try {
    start_thread(&RenewalEngine::keep_time);
    has_timekeeper_ = true;
  } catch (const std::system_error&) {}
}

/// For a call that has a good token, so that nothing that goes wrong here may reach it.
void RenewalEngine::request_if_due(const Shared& token) {
  const auto now = steady_clock::now();
  if (stopping_ || token->is_busy() || now < token->renew_at || now < token->no_renewal_before)
    return;
  try {
    request(token, false);
  } catch (const GlobusError& error) {
    put_off(*token, std::make_exception_ptr(GlobusError(error.what())));
  }
}

bool RenewalEngine::has_job() const {
  const std::size_t most_ahead = std::max<std::size_t>(1, settings_->max_renewals * 3 / 4);
  return !urgent_.empty() || (ahead_queued_ > 0 && ahead_under_way_ < most_ahead);
}

/// The next token to renew; nothing when there is none.
RenewalEngine::Shared RenewalEngine::take_job() {
  if (!has_job()) return nullptr;
  if (!urgent_.empty()) {
    Shared token = std::move(urgent_.front());
    urgent_.pop_front();
    return token;
  }
  while (true) {
    Shared token = std::move(ahead_.front());
    ahead_.pop_front();
    if (token->place != Place::ahead) continue;  // it became urgent
    --ahead_queued_;
    if (looked_until_ && ahead_queued_ == few_left) {
      next_look_ = {};
      time_.notify_one();
    }
    return token;
  }
}

void RenewalEngine::work() {
  Lock lock(mutex_);
  while (!stopping_) {
    ++idle_;
    job_.wait_for(lock, longest_idle, [this] { return stopping_ || has_job(); });
    --idle_;
    if (stopping_) break;
    const Shared token = take_job();
    if (!token) break;
    run(token, lock);
  }
  --workers_;
}

void RenewalEngine::run(const Shared& token, Lock& lock) {
  const RenewalUnderWay under_way;
  const bool is_ahead = token->place == Place::ahead;
  const auto now = steady_clock::now();
  token->place = Place::under_way;
  ++busy_;
  numbers_.most_under_way = std::max(numbers_.most_under_way, ++numbers_.under_way);
  if (is_ahead) ++ahead_under_way_;
  const auto flight = token->flight;
  std::string in_use = token->header.empty() ? std::string() : access_token_of(token->header);
  const bool only_save = token->unsaved && token->is_usable(now_seconds()) && now < token->renew_at;
  TokenPoolEvent event{TokenPoolEventKind::renewal_begun, token->key.first, token->key.second};
  event.is_ahead_of_need = is_ahead;
  event.queue_length = queue_length();
  if (token->since != SteadyTime()) {
    event.token_age = duration_cast<milliseconds>(now - token->since);
  }
  auto unsaved = std::move(token->unsaved);
  const auto refused = token->refused_login;
  lock.unlock();
  tell(event);
  Attempt done;
  {
    const AtWork at_work(flight->number());
    done = attempt(*token, std::move(unsaved), std::move(in_use), refused, only_save);
  }
  done.duration = duration_cast<microseconds>(steady_clock::now() - now);
  event.kind = TokenPoolEventKind::renewal_ended;
  event.outcome = done.outcome;
  event.duration = done.duration;
  event.failure = done.failure;
  lock.lock();
  --numbers_.under_way;
  if (is_ahead) --ahead_under_way_;
  const bool has_new = done.has_token();
  apply(token, done);
  std::string header;
  if (has_new || token->is_usable(now_seconds())) header = token->header;
  event.queue_length = queue_length();
  // a worker that waits may take what this one could not begin before
  if (has_job()) job_.notify_one();
  lock.unlock();
  if (!header.empty()) {
    flight->land(std::move(header));
  } else {
    flight->fail(done.failure);
  }
  tell(event);
  done = {};  // its source may store something: not under the lock
  lock.lock();
  --busy_;
}

/// One try, without the lock.
RenewalEngine::Attempt RenewalEngine::attempt(const Token& token,
                                              std::unique_ptr<StoredTokenSource> unsaved,
                                              std::string in_use,
                                              std::optional<std::size_t> refused,
                                              bool only_save) const {
  Attempt done;
  done.refused_login = refused;
  std::unique_ptr<StoredTokenSource> source = std::move(unsaved);
  std::shared_ptr<const MultiUserTokenStorage> storage;
  const auto stored_login = [&]() -> std::optional<std::size_t> {
    const auto stored = storage->get_token_data(token.key.second);
    if (!stored || !has_text(stored->refresh_token)) return std::nullopt;
    return fingerprint(*stored->refresh_token);
  };
  try {
    storage = settings_->storage->in_namespace(token.key.first);
    if (refused && !source) {
      const auto stored = storage->get_token_data(token.key.second);
      const bool is_same = stored && has_text(stored->refresh_token) &&
                           fingerprint(*stored->refresh_token) == *refused;
      const bool has_other =
          stored && stored->access_token != in_use && stored->expires_at_seconds > now_seconds();
      if (is_same && !has_other) {
        throw login_required("the refresh token for " + token.key.second);
      }
      done.refused_login.reset();
    }
    if (!source) {
      source = std::make_unique<StoredTokenSource>(storage, token.key.second, settings_->grant,
                                                   settings_->lock_timeout, std::move(in_use));
    }
    if (only_save) {
      source->save();
      done.outcome = TokenRenewalOutcome::stored_later;
      return done;
    }
    done.renewed = source->next();
    done.failure = done.renewed.trouble;
    done.outcome = !done.renewed.response  ? TokenRenewalOutcome::found
                   : source->has_unsaved() ? TokenRenewalOutcome::not_stored
                                           : TokenRenewalOutcome::renewed;
    done.refused_login.reset();
  } catch (const LoginRequiredError&) {
    done.failure = std::current_exception();
    done.outcome = TokenRenewalOutcome::login_required;
  } catch (...) {
    done.failure = std::current_exception();
    if (only_save) done.outcome = TokenRenewalOutcome::not_stored;
  }
  if (source && source->has_unsaved()) done.unsaved = std::move(source);
  if (done.outcome == TokenRenewalOutcome::login_required && !done.refused_login) {
    try {
      done.refused_login = stored_login();
    } catch (const GlobusError&) {  // then the next call asks Globus Auth once more
    }
  }
  return done;
}

/// Puts what a try brought into use.
void RenewalEngine::apply(const Shared& token, Attempt& attempt) {
  token->place = Place::nowhere;
  token->flight.reset();
  token->refused_login = attempt.refused_login;
  token->unsaved = std::move(attempt.unsaved);
  count(attempt);
  const auto now = steady_clock::now();
  if (attempt.has_token()) {
    const std::int64_t now_in_seconds = now_seconds();
    const seconds lifetime(
        std::max<std::int64_t>(attempt.renewed.expires_at_seconds - now_in_seconds, 0));
    const milliseconds ahead =
        with_jitter(std::min<milliseconds>(settings_->renew_ahead, lifetime / 4));
    wipe(token->header);
    token->header = bearer_header(attempt.renewed.access_token);
    wipe(attempt.renewed.access_token);
    token->in_place_of_rejected = token->rejected;
    if (!token->rejected) token->refused_fresh = 0;
    token->rejected = false;
    token->refusal_is_counted = false;
    token->expires_at = attempt.renewed.expires_at_seconds;
    token->since = now;
    token->renew_at = now + lifetime - ahead;
    // whoever asked for it wanted this one; the next is renewed when somebody uses it again
    token->is_wanted = false;
  }
  if (attempt.failure) {
    put_off(*token, attempt.failure);
    // the token is as good as any other, and no call needs to know
    if (attempt.outcome == TokenRenewalOutcome::not_stored) token->failure = nullptr;
  } else {
    token->failure = nullptr;
    token->failures = 0;
    token->no_renewal_before = {};
  }
  if (attempt.outcome == TokenRenewalOutcome::login_required) {
    token->no_renewal_before = {};  // each call looks into the storage, and no further
    if (token->header.empty() || !token->is_usable(now_seconds())) return;
    token->no_renewal_before = now + longest_pause;
  }
  if (stopping_ || !find(token->key)) return;
  schedule(token, token->unsaved ? token->no_renewal_before
                                 : std::max(token->renew_at, token->no_renewal_before));
}

void RenewalEngine::put_off(Token& token, const std::exception_ptr& failure) {
  milliseconds pause = with_jitter(doubled(first_pause, token.failures));
  try {
    std::rethrow_exception(failure);
  } catch (const GlobusAPIError& error) {
    if (const auto asked = error.retry_after()) {
      pause += std::min<milliseconds>(*asked, longest_asked_pause);
    }
  } catch (...) {  // it says nothing of a time
  }
  token.failure = failure;
  token.failures = static_cast<std::uint8_t>(std::min(token.failures + 1, 16));
  token.no_renewal_before = steady_clock::now() + pause;
}

void RenewalEngine::count(const Attempt& attempt) {
  numbers_.renewing += attempt.duration;
  switch (attempt.outcome) {
    case TokenRenewalOutcome::renewed:
      ++numbers_.renewed;
      break;
    case TokenRenewalOutcome::found:
      ++numbers_.found;
      break;
    case TokenRenewalOutcome::not_stored:
      ++numbers_.not_stored;
      if (attempt.has_token()) ++numbers_.renewed;
      break;
    case TokenRenewalOutcome::login_required:
      ++numbers_.login_required;
      break;
    case TokenRenewalOutcome::failed:
      ++numbers_.failed;
      break;
    case TokenRenewalOutcome::stored_later:
      break;
  }
}

void RenewalEngine::keep_time() {
  Lock lock(mutex_);
  while (!stopping_) {
    const auto now = steady_clock::now();
    while (!times_.empty() && times_.begin()->first <= now) {
      const auto time = times_.begin()->first;
      const Shared token = times_.begin()->second.lock();
      times_.erase(times_.begin());
      if (token && token->scheduled_for == time && find(token->key) == token) on_time(token);
    }
    if (settings_->renew_stored && now >= next_look_) {
      request_stored(lock);
      continue;
    }
    auto next = times_.empty() ? now + longest_time_between_looks : times_.begin()->first;
    if (settings_->renew_stored) next = std::min(next, next_look_);
    time_.wait_until(lock, next);
  }
  has_timekeeper_ = false;
}

/// A token that nobody used is forgotten: whoever needs it next will read the storage.
void RenewalEngine::on_time(const Shared& token) {
  if (token->is_busy()) return;
  if (!token->unsaved && !token->is_wanted && !settings_->renew_stored) {
    if (!token->refused_login) erase(token);
    return;
  }
  try {
    request(token, false);
  } catch (const GlobusError& error) {
    put_off(*token, std::make_exception_ptr(GlobusError(error.what())));
    schedule(token, token->no_renewal_before);
  }
}

/// Looks through the storage, a page at a time, for tokens that expire soon. `lock` is released in
/// between.
void RenewalEngine::request_stored(Lock& lock) {
  next_look_ = steady_clock::now() + shortest_time_between_looks;
  if (ahead_queued_ > few_left) return;
  ExpiryPage page;
  page.before = now_seconds() + duration_cast<seconds>(settings_->renew_ahead).count();
  page.after = looked_until_;
  page.limit = looked_at_once;
  std::vector<TokenExpiry> expiring;
  lock.unlock();
  try {
    expiring = settings_->storage->tokens_by_expiry(page);
  } catch (...) {  // the storage is in trouble: the next look may find it well
  }
  lock.lock();
  if (stopping_) return;
  for (const TokenExpiry& expiry : expiring) {
    const PooledTokenKey key(expiry.namespace_, expiry.resource_server);
    if (find(key)) continue;  // it is renewed when its time has come
    try {
      request(find_or_make(key), false);
    } catch (const GlobusError&) {  // no thread: the next look tries again
      return;
    }
  }
  if (static_cast<std::int64_t>(expiring.size()) == *page.limit) {
    looked_until_ = expiring.back();
    return;
  }
  looked_until_.reset();
  next_look_ = steady_clock::now() + std::clamp<milliseconds>(settings_->renew_ahead / 4,
                                                              shortest_time_between_looks,
                                                              longest_time_between_looks);
}

void RenewalEngine::tell(const TokenPoolEvent& event) const noexcept {
  if (!settings_->on_event) return;
  try {
    settings_->on_event(event);
  } catch (...) {  // it is about the callback, and nobody's call
  }
}

}  // namespace globus_sdk::inline v0::detail
