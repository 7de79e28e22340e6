// SPDX-License-Identifier: Apache-2.0
#include "core/http/io_thread.hpp"

#include <algorithm>
#include <list>
#include <map>
#include <mutex>
#include <stop_token>
#include <system_error>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/http/body_queues.hpp"
#include "core/http/curl_handles.hpp"
#include "core/http/exchange.hpp"
#include "core/http/fair_queue.hpp"
#include "core/http/resolved_transport_settings.hpp"
#include "core/process/abandoned.hpp"
#include "core/process/ending_threads.hpp"
#include "core/process/fork_count.hpp"
#include "core/process/no_thread.hpp"
#include "core/process/sigpipe.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

using Clock = std::chrono::steady_clock;

// newer libcurl can consume a wake-up inside curl_multi_perform, so no poll is ever without an end
constexpr std::chrono::milliseconds longest_poll{1000};
constexpr std::size_t largest_batch = 16;

}  // namespace

struct IoThread::State : std::enable_shared_from_this<State> {
  enum class Kind { transfer, sleep, wait };

  struct Stop {
    State* state;
    std::uint64_t operation;
    void operator()() const noexcept { state->command(Command::Kind::stop, operation); }
  };

  struct Operation {
    std::uint64_t number = 0;
    Kind kind = Kind::transfer;
    std::shared_ptr<const OutgoingRequest> request{};
    CallLimits limits{};
    std::optional<Clock::time_point> wakes_at{};  ///< of a sleep
    std::unique_ptr<Completion> completion{};
    std::optional<std::stop_callback<Stop>> on_stop{};
    std::optional<std::multimap<Clock::time_point, Operation*>::iterator> timer{};
    std::optional<EasyHandle> handle{};
    std::shared_ptr<SinkQueue> sink{};
    std::shared_ptr<SourceQueue> source{};
    std::optional<Exchange> exchange{};
    std::optional<Outcome> outcome{};  ///< there already, while a sink or a source is still at work
    bool waiting_for_place = false;
    bool is_counted = false;  ///< among those of its client that are under way

    /// Ends what is between the network and the bodies. True when nothing uses them any more.
    bool close_bodies(Rest rest) const {
      const bool is_sink_at_rest = !sink || sink->close(rest);
      return (!source || source->close()) && is_sink_at_rest;
    }
    std::exception_ptr body_failure() const {
      std::exception_ptr failure = sink ? sink->failure() : nullptr;
      return failure || !source ? failure : source->failure();
    }
  };

  struct Command {
    enum class Kind { start, stop, finish, look_at_bodies } kind{};
    std::uint64_t number = 0;
    std::unique_ptr<Operation> operation{};
  };
  using Commands = std::list<Command>;
  /// How many an operation may get besides its start: that it has ended, two that stop it, and for
  /// each of its bodies one that it is ready for more and one that it has come to its end.
  static constexpr std::size_t further_commands = 7;

  State(const ResolvedTransportSettings& transport_settings, std::size_t most,
        std::shared_ptr<std::atomic<std::size_t>> shared_load)
      : settings(transport_settings), most_transfers(most), load(std::move(shared_load)) {}

  const ResolvedTransportSettings
      settings;  // its own: the thread may outlive the transport by a moment
  const std::size_t most_transfers;
  const std::shared_ptr<std::atomic<std::size_t>> load;
  Multi multi = make_multi();

  std::mutex mutex;
  Commands commands;          // guarded by mutex
  Commands spare;             // guarded by mutex; so that nobody needs memory to end an operation
  std::size_t under_way = 0;  // guarded by mutex; operations that have begun and not ended
  bool ending = false;        // guarded by mutex
  std::thread thread{};       // guarded by mutex

  // the thread's own
  std::unordered_map<std::uint64_t, std::unique_ptr<Operation>> operations;
  std::multimap<Clock::time_point, Operation*> timers;
  FairQueue queue;  // transfers that wait for a place
  std::vector<Operation*> active;
  std::vector<EasyHandle> idle_handles;
  std::vector<std::unique_ptr<Completion>> ended;
  std::size_t ended_since = 0;                    // operations, since commands were taken
  std::optional<Clock::time_point> next_silence;  // the first time at which a server is too silent

  /// Any thread may command. To begin an operation may need memory, to end one does not.
  void begin(std::unique_ptr<Operation> operation);
  void command(Command::Kind kind, std::uint64_t number) noexcept;
  /// Needs the lock, and room. True when the thread has to be woken.
  bool add(Command command) noexcept;

  void run();
  bool take_commands(Commands& taken);
  void start(std::unique_ptr<Operation> operation);
  void obey(Command& command);
  void start_transfers();
  void queue_transfer(Operation& operation);
  void add_to_multi(Operation& operation);
  void open_bodies(Operation& operation);
  Wake wake_for(std::uint64_t number);
  void look_at_bodies(Operation& operation);
  void end_transfer(Operation& operation);
  void read_finished_transfers();
  void run_timers(Clock::time_point now);
  void watch_silence(Exchange& exchange, Clock::time_point now);
  void end_silent_transfers(Clock::time_point now);
  void end(Operation& operation, Outcome outcome);
  void deliver();
  int poll_time(Clock::time_point now) const;
};

void IoThread::State::begin(std::unique_ptr<Operation> operation) {
  bool is_first = false;
  {
    const std::lock_guard lock(mutex);
    while (spare.size() < further_commands * (under_way + 1) + 1) spare.emplace_back();
    ++under_way;
    const std::uint64_t number = operation->number;
    is_first = add({Command::Kind::start, number, std::move(operation)});
  }
  if (is_first) curl_multi_wakeup(multi.get());
}

void IoThread::State::command(Command::Kind kind, std::uint64_t number) noexcept {
  bool is_first = false;
  {
    const std::lock_guard lock(mutex);
    if (spare.empty()) return;  // it was told more often than anything can end it
    is_first = add({kind, number, nullptr});
  }
  if (is_first) curl_multi_wakeup(multi.get());
}

bool IoThread::State::add(Command command) noexcept {
  const bool is_first = commands.empty();
  commands.splice(commands.end(), spare, spare.begin());
  commands.back() = std::move(command);
  return is_first;
}

bool IoThread::State::take_commands(Commands& taken) {
  const std::lock_guard lock(mutex);
  spare.splice(spare.end(), taken);
  taken.splice(taken.end(), commands);
  under_way -= std::exchange(ended_since, 0);
  return !ending;
}

void IoThread::State::run() {
  block_sigpipe();
  Commands taken;
  while (take_commands(taken)) {
    for (Command& command : taken) obey(command);
    start_transfers();
    int running = 0;
    curl_multi_perform(multi.get(), &running);
    read_finished_transfers();
    const Clock::time_point now = Clock::now();
    run_timers(now);
    end_silent_transfers(now);
    start_transfers();
    deliver();
    curl_multi_poll(multi.get(), nullptr, 0, poll_time(now), nullptr);
  }
  for (Operation* operation : active) {
    curl_multi_remove_handle(multi.get(), operation->handle->easy.get());
  }
}

void IoThread::State::obey(Command& command) {
  if (command.kind == Command::Kind::start) return start(std::move(command.operation));
  const auto found = operations.find(command.number);
  if (found == operations.end()) return;  // it ended meanwhile
  Operation& operation = *found->second;
  if (command.kind == Command::Kind::look_at_bodies) return look_at_bodies(operation);
  end(operation, command.kind == Command::Kind::stop ? Outcome(cancelled_failure()) : Outcome());
}

void IoThread::State::start(std::unique_ptr<Operation> operation) {
  Operation& started = *operation;
  operations.emplace(started.number, std::move(operation));
  if (started.limits.stop.stop_requested()) return end(started, cancelled_failure());
  const Clock::time_point now = Clock::now();
  if (started.limits.deadline && *started.limits.deadline <= now) {
    return end(started, deadline_failure(true));
  }
  std::optional<Clock::time_point> wakes_at = started.limits.deadline;
  if (started.wakes_at)
    wakes_at = std::min(wakes_at.value_or(*started.wakes_at), *started.wakes_at);
  if (wakes_at) started.timer = timers.emplace(*wakes_at, &started);
  if (started.limits.stop.stop_possible()) {
    started.on_stop.emplace(started.limits.stop, Stop{this, started.number});
  }
  if (started.kind == Kind::transfer) queue_transfer(started);
}

/// Begins at once where nobody waits.
void IoThread::State::queue_transfer(Operation& operation) {
  const OutgoingRequest& request = *operation.request;
  const bool is_limited = request.most_at_once > 0;
  if (!is_limited && queue.empty() && active.size() < most_transfers)
    return add_to_multi(operation);
  operation.waiting_for_place = true;
  queue.push(request.client, request.most_at_once, operation.number);
}

void IoThread::State::start_transfers() {
  while (active.size() < most_transfers) {
    const auto turn = queue.pop();
    if (!turn) return;
    Operation& operation = *operations.at(turn->number);
    operation.is_counted = turn->is_counted;
    add_to_multi(operation);
  }
}

void IoThread::State::add_to_multi(Operation& operation) {
  operation.waiting_for_place = false;
  try {
    if (idle_handles.empty()) idle_handles.emplace_back();
    operation.handle = std::move(idle_handles.back());
    idle_handles.pop_back();
    open_bodies(operation);
    operation.exchange.emplace(*operation.handle, settings, *operation.request,
                               BodyDoors{operation.sink.get(), operation.source.get()});
    CURL* easy = operation.handle->easy.get();
    curl_easy_setopt(easy, CURLOPT_PRIVATE, static_cast<void*>(&operation));
    curl_multi_add_handle(multi.get(), easy);
    active.push_back(&operation);
    watch_silence(*operation.exchange, Clock::now());
  } catch (const std::exception& error) {
    end(operation, NetworkFailure{NetworkFailure::Kind::connection, error.what(), true});
  }
}

void IoThread::State::open_bodies(Operation& operation) {
  const OutgoingRequest& request = *operation.request;
  if (request.sink) {
    operation.sink = std::make_shared<SinkQueue>(request.sink, wake_for(operation.number));
  }
  if (request.source) {
    operation.source = std::make_shared<SourceQueue>(request.source, wake_for(operation.number));
  }
}

/// What tells the thread that a body has news: once, until it has looked.
Wake IoThread::State::wake_for(std::uint64_t number) {
  return [weak = weak_from_this(), number] {
    if (const auto state = weak.lock()) state->command(Command::Kind::look_at_bodies, number);
  };
}

void IoThread::State::look_at_bodies(Operation& operation) {
  if (operation.outcome) {  // nothing is missing but that the bodies come to rest
    return end(operation, std::move(*operation.outcome));
  }
  if (auto failure = operation.body_failure()) return end(operation, failed_body(failure));
  if (operation.exchange) operation.exchange->resume();
}

void IoThread::State::read_finished_transfers() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    void* pointer = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &pointer);
    auto& operation = *static_cast<Operation*>(pointer);
    Outcome outcome = operation.exchange->finish(message->data.result);
    end(operation, std::move(outcome));
  }
}

void IoThread::State::run_timers(Clock::time_point now) {
  while (!timers.empty() && timers.begin()->first <= now) {
    Operation& operation = *timers.begin()->second;
    const bool slept = operation.wakes_at && *operation.wakes_at <= now;
    end(operation, slept ? Outcome() : Outcome(deadline_failure(operation.waiting_for_place)));
  }
}

void IoThread::State::watch_silence(Exchange& exchange, Clock::time_point now) {
  const auto ends = exchange.silence_ends(now);
  if (ends && (!next_silence || *ends < *next_silence)) next_silence = ends;
}

void IoThread::State::end_silent_transfers(Clock::time_point now) {
  next_silence.reset();
  for (std::size_t index = active.size(); index-- > 0;) {
    Exchange& exchange = *active[index]->exchange;
    const auto silence_ends = exchange.silence_ends(now);
    if (!silence_ends) continue;
    if (now >= *silence_ends && exchange.is_silent(now)) {
      end(*active[index], exchange.timed_out());
      continue;
    }
    watch_silence(exchange, now);
  }
}

void IoThread::State::end_transfer(Operation& operation) {
  if (!operation.exchange) return;
  curl_multi_remove_handle(multi.get(), operation.handle->easy.get());
  std::erase(active, &operation);
  operation.exchange.reset();
  idle_handles.push_back(std::move(*operation.handle));
}

/// Whether a sink gets all that came: of an answer that broke off too, so that a later request can
/// ask for the rest.
static bool goes_to_sink_to_its_end(const Outcome& outcome) {
  const auto* failure = std::get_if<NetworkFailure>(&outcome);
  return failure != nullptr ? failure->sink_has_begun : std::holds_alternative<Answer>(outcome);
}

/// Ends an operation, at the latest when nothing uses its bodies any more: they are the caller's.
void IoThread::State::end(Operation& operation, Outcome outcome) {
  end_transfer(operation);
  if (std::exchange(operation.waiting_for_place, false))
    queue.remove(operation.request->client, operation.number);
  if (std::exchange(operation.is_counted, false)) queue.end(operation.request->client);
  // the end of the limits is no news once they, or a failure, have ended the operation
  const bool passes_rest_on = goes_to_sink_to_its_end(outcome);
  if (!passes_rest_on) {
    operation.on_stop.reset();
    if (operation.timer) timers.erase(*operation.timer);
    operation.timer.reset();
  }
  if (!operation.close_bodies(passes_rest_on ? Rest::is_passed_on : Rest::is_dropped)) {
    operation.outcome = std::move(outcome);
    return;
  }
  if (auto failure = operation.body_failure(); failure && passes_rest_on) {
    outcome = failed_body(failure);
  }
  operation.on_stop.reset();
  if (operation.timer) timers.erase(*operation.timer);
  operation.completion->outcome = std::move(outcome);
  ended.push_back(std::move(operation.completion));
  if (operation.kind == Kind::transfer) load->fetch_sub(1, std::memory_order_relaxed);
  operations.erase(operation.number);
  ++ended_since;
}

void IoThread::State::deliver() {
  std::size_t begin = 0;
  while (begin < ended.size()) {
    std::size_t end = begin + 1;
    while (end < ended.size() && end - begin < largest_batch &&
           ended[begin]->same_executor(*ended[end])) {
      ++end;
    }
    ended[begin]->deliver(std::span(ended).subspan(begin, end - begin));
    begin = end;
  }
  ended.clear();
}

int IoThread::State::poll_time(Clock::time_point now) const {
  Clock::time_point until = now + longest_poll;
  if (!timers.empty()) until = std::min(until, timers.begin()->first);
  if (next_silence) until = std::min(until, *next_silence);
  const auto wait = std::chrono::ceil<std::chrono::milliseconds>(until - now);
  return static_cast<int>(std::max(wait, std::chrono::milliseconds(0)).count());
}

IoThread::IoThread(const ResolvedTransportSettings& settings, std::size_t most_transfers)
    : settings_(settings), most_transfers_(most_transfers), owner_(fork_count()) {}

IoThread::~IoThread() {
  if (!state_) return;
  if (owner_ != fork_count()) {
    abandon(std::move(state_));
    return;
  }
  std::thread thread;
  {
    std::lock_guard lock(state_->mutex);
    state_->ending = true;
    thread = std::move(state_->thread);
  }
  curl_multi_wakeup(state_->multi.get());
  // the last owner may have been an operation that ended on that thread itself
  if (thread.get_id() == std::this_thread::get_id()) {
    leave_to_end(std::move(thread));
  } else {
    thread.join();
  }
}

std::shared_ptr<IoThread::State> IoThread::running() {
  const std::lock_guard lock(mutex_);
  // the child of a fork has no such thread, and must not touch the parent's connections
  if (state_ && owner_ != fork_count()) abandon(std::move(state_));
  if (!state_) {
    load_->store(0, std::memory_order_relaxed);  // what a parent had to do is not the child's
    auto state = std::make_shared<State>(settings_, most_transfers_, load_);
    try {
      state->thread = std::thread([state] { state->run(); });
    } catch (const std::system_error& error) {
      throw no_thread_for("asynchronous calls", error);
    }
    owner_ = fork_count();
    state_ = std::move(state);
  }
  return state_;
}

std::shared_ptr<IoThread::State> IoThread::at_work() const noexcept {
  const std::lock_guard lock(mutex_);
  return state_ && owner_ == fork_count() ? state_ : nullptr;
}

void IoThread::prepare() {
  running();
}

/// What distinguishes the kinds of operations.
struct IoThread::Plan {
  State::Kind kind;
  std::shared_ptr<const OutgoingRequest> request{};
  std::optional<Clock::time_point> wakes_at{};
};

void IoThread::start(std::uint64_t number, Plan plan, const CallLimits& limits,
                     std::unique_ptr<Completion> completion) {
  const std::shared_ptr<State> state = running();
  auto operation = std::make_unique<State::Operation>();
  operation->number = number;
  operation->kind = plan.kind;
  operation->request = std::move(plan.request);
  operation->wakes_at = plan.wakes_at;
  operation->limits = limits;
  operation->completion = std::move(completion);
  const std::size_t load = operation->kind == State::Kind::transfer ? 1 : 0;
  load_->fetch_add(load, std::memory_order_relaxed);
  try {
    state->begin(std::move(operation));
  } catch (...) {
    load_->fetch_sub(load, std::memory_order_relaxed);
    throw;
  }
}

void IoThread::send(std::uint64_t number, std::shared_ptr<const OutgoingRequest> request,
                    const CallLimits& limits, std::unique_ptr<Completion> completion) {
  start(number, {State::Kind::transfer, std::move(request), {}}, limits, std::move(completion));
}

void IoThread::sleep(std::uint64_t number, std::chrono::milliseconds duration,
                     const CallLimits& limits, std::unique_ptr<Completion> completion) {
  start(number, {State::Kind::sleep, nullptr, Clock::now() + duration}, limits,
        std::move(completion));
}

void IoThread::wait(std::uint64_t number, const CallLimits& limits,
                    std::unique_ptr<Completion> completion) {
  start(number, {State::Kind::wait, nullptr, {}}, limits, std::move(completion));
}

void IoThread::finish(std::uint64_t number) noexcept {
  if (const auto state = at_work()) state->command(State::Command::Kind::finish, number);
}

void IoThread::cancel(std::uint64_t number) noexcept {
  if (const auto state = at_work()) state->command(State::Command::Kind::stop, number);
}

}  // namespace globus_sdk::inline v0::detail
