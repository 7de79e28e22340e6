// SPDX-License-Identifier: Apache-2.0
#include "async/async_mode.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/intrusive/list.hpp>
#include <exception>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "core/call/authorization_helper.hpp"
#include "core/process/helper_threads.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0 {

namespace detail {

namespace {

namespace asio = boost::asio;

using Executor = asio::any_io_executor;
using Batch = std::vector<std::unique_ptr<Completion>>;

/// What an execution context takes with it when it goes before an operation has ended.
class PendingOperation : public boost::intrusive::list_base_hook<> {
 public:
  virtual ~PendingOperation() = default;
  /// Moves out everything that belongs to the execution context.
  virtual std::shared_ptr<void> give_up() = 0;
};

using Pending =
    boost::intrusive::list<PendingOperation, boost::intrusive::constant_time_size<false>>;

/// The operations of one execution context that are under way, so that they can be given up when
/// the context is destroyed before they end.
struct PendingOperations {
  std::mutex mutex;
  Pending pending;      // guarded by mutex
  bool closed = false;  // guarded by mutex
};

/// A Completion that some coroutine awaits on an executor.
class ExecutorCompletion : public Completion, public PendingOperation {
 public:
  explicit ExecutorCompletion(const Executor& executor);
  ~ExecutorCompletion() override;

  /// Runs the handler: on its executor, and once.
  virtual void resume() = 0;

  bool same_executor(const Completion& other) const noexcept override {
    return executor_ == static_cast<const ExecutorCompletion&>(other).executor_;
  }
  void deliver(std::span<std::unique_ptr<Completion>> batch) noexcept override;

 protected:
  Executor work_;  // keeps the executor's context running meanwhile

 private:
  static void post_batch(const Executor& executor, Batch batch);

  const Executor executor_;
  std::shared_ptr<PendingOperations> operations_;
};

/// Asio tells a service of a context when the context goes.
class PendingService : public asio::execution_context::service {
 public:
  using key_type = PendingService;
  inline static asio::execution_context::id id;

  explicit PendingService(asio::execution_context& context) : service(context) {}

  const std::shared_ptr<PendingOperations>& operations() const noexcept { return operations_; }

 private:
  void shutdown() noexcept override {
    // coroutines go with their handlers, and perhaps the last handle of a client: not under the
    // lock
    std::vector<std::shared_ptr<void>> given_up;
    std::lock_guard lock(operations_->mutex);
    operations_->closed = true;
    while (!operations_->pending.empty()) {
      given_up.push_back(operations_->pending.front().give_up());
      operations_->pending.pop_front();
    }
  }

  std::shared_ptr<PendingOperations> operations_ = std::make_shared<PendingOperations>();
};

ExecutorCompletion::ExecutorCompletion(const Executor& executor)
    : work_(asio::prefer(executor, asio::execution::outstanding_work.tracked)),
      executor_(executor),
      operations_(asio::use_service<PendingService>(asio::query(executor, asio::execution::context))
                      .operations()) {
  std::lock_guard lock(operations_->mutex);
  operations_->pending.push_back(*this);
}

ExecutorCompletion::~ExecutorCompletion() {
  std::lock_guard lock(operations_->mutex);
  if (is_linked()) operations_->pending.erase(Pending::s_iterator_to(*this));
}

void ExecutorCompletion::deliver(std::span<std::unique_ptr<Completion>> batch) noexcept {
  const std::shared_ptr<PendingOperations> operations = operations_;
  const std::lock_guard lock(operations->mutex);
  if (operations->closed) return;
  for (const std::unique_ptr<Completion>& completion : batch) {
    operations->pending.erase(
        Pending::s_iterator_to(static_cast<ExecutorCompletion&>(*completion)));
  }
  const Executor executor = executor_;
  post_batch(executor,
             Batch(std::make_move_iterator(batch.begin()), std::make_move_iterator(batch.end())));
}

void ExecutorCompletion::post_batch(const Executor& executor, Batch batch) {
  asio::post(executor, [executor, batch = std::move(batch)]() mutable {
    for (auto next = batch.begin(); next != batch.end(); ++next) {
      try {
        static_cast<ExecutorCompletion&>(**next).resume();
      } catch (...) {
        // whoever runs the executor gets the exception; the others are still to be resumed
        post_batch(executor, Batch(std::make_move_iterator(std::next(next)),
                                   std::make_move_iterator(batch.end())));
        throw;
      }
    }
  });
}

template <class Handler> class HandlerCompletion final : public ExecutorCompletion {
 public:
  explicit HandlerCompletion(Handler handler)
      : ExecutorCompletion(asio::get_associated_executor(handler)), handler_(std::move(handler)) {}

  void resume() override {
    auto slot = asio::get_associated_cancellation_slot(*handler_);
    if (slot.is_connected()) slot.clear();
    Handler handler = std::move(*handler_);
    handler_.reset();
    std::move(handler)(std::move(outcome));
  }

  std::shared_ptr<void> give_up() override {
    auto all =
        std::make_shared<std::pair<Handler, Executor>>(std::move(*handler_), std::move(work_));
    handler_.reset();
    return all;
  }

 private:
  std::optional<Handler> handler_;
};

/// Starts an operation on a transport's I/O thread for a handler; Asio's own cancellation ends it.
template <class Start> struct Initiation {
  std::shared_ptr<Transport> transport;
  IoThread* thread;  // of the transport
  Start start;

  /// Where it throws nothing was begun: nobody will run the handler later.
  template <class Handler> void operator()(Handler&& handler) {
    using Completion = HandlerCompletion<std::decay_t<Handler>>;
    const std::uint64_t number = thread->next_number();
    auto slot = asio::get_associated_cancellation_slot(handler);
    auto completion = std::make_unique<Completion>(std::forward<Handler>(handler));
    if (slot.is_connected()) {
      std::weak_ptr<Transport> weak = transport;
      slot.assign([weak, thread = thread, number](asio::cancellation_type) {
        if (const auto locked = weak.lock()) thread->cancel(number);
      });
    }
    start(transport, *thread, number, std::move(completion));
  }
};

template <class Start>
asio::awaitable<Outcome> initiate(const Connection& connection, Start start) {
  // here, and not in the initiation, what goes wrong is thrown where the operation is awaited
  const ClientState& state = *connection.state;
  IoThread& thread = state.transport->asynchronous(state.number, state.max_concurrent_requests > 0);
  thread.prepare();
  Initiation<Start> initiation{state.transport, &thread, std::move(start)};
  return asio::async_initiate<const asio::use_awaitable_t<>, void(Outcome)>(std::move(initiation),
                                                                            asio::use_awaitable);
}

struct StartSend {
  std::shared_ptr<const OutgoingRequest> request;
  CallLimits limits;
  void operator()(const std::shared_ptr<Transport>& /*transport*/, IoThread& thread,
                  std::uint64_t number, std::unique_ptr<Completion> completion) {
    thread.send(number, std::move(request), limits, std::move(completion));
  }
};

struct StartSleep {
  std::chrono::milliseconds duration;
  CallLimits limits;
  void operator()(const std::shared_ptr<Transport>& /*transport*/, IoThread& thread,
                  std::uint64_t number, std::unique_ptr<Completion> completion) {
    thread.sleep(number, duration, limits, std::move(completion));
  }
};

/// What the helper thread found, for the coroutine that waits for it.
struct Authorization {
  std::exception_ptr exception{};
  std::string header{};
};

struct StartWait {
  CallLimits limits;
  std::function<void(const std::function<void()>& notify)> watch;
  std::shared_ptr<std::exception_ptr> failure;

  /// Since the wait has begun by then, that nothing can be watched has to end it.
  void operator()(const std::shared_ptr<Transport>& transport, IoThread& thread,
                  std::uint64_t number, std::unique_ptr<Completion> completion) {
    thread.wait(number, limits, std::move(completion));
    try {
      watch([transport, thread = &thread, number] { thread->finish(number); });
    } catch (...) {
      *failure = std::current_exception();
      thread.finish(number);
    }
  }
};

/// Operations that run at the same time on one executor.
class Together : public std::enable_shared_from_this<Together> {
 public:
  explicit Together(Operations<Async> operations)
      : operations_(std::move(operations)), signals_(operations_.size()) {}

  void begin(const asio::any_io_executor& executor) {
    for (std::size_t index = 0; index < operations_.size(); ++index) {
      auto completion = [self = shared_from_this()](const std::exception_ptr& failure,
                                                    std::monostate) { self->end_one(failure); };
      asio::co_spawn(executor, operations_[index],
                     asio::bind_cancellation_slot(signals_[index].slot(), std::move(completion)));
    }
  }
  void cancel() {
    for (asio::cancellation_signal& signal : signals_) signal.emit(asio::cancellation_type::all);
  }
  /// Has a function called when all have ended: at once, if they have.
  void watch(const std::function<void()>& notify) {
    {
      const std::lock_guard lock(mutex_);
      if (ended_ < operations_.size()) {
        watchers_.push_back(notify);
        return;
      }
    }
    notify();
  }
  void rethrow() const {
    const std::lock_guard lock(mutex_);
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  void end_one(const std::exception_ptr& failure) {
    std::vector<std::function<void()>> told;
    {
      const std::lock_guard lock(mutex_);
      if (failure && !failure_) failure_ = failure;
      if (++ended_ == operations_.size()) told.swap(watchers_);
    }
    for (const auto& notify : told) notify();
  }

  const Operations<Async> operations_;
  std::vector<asio::cancellation_signal> signals_;
  mutable std::mutex mutex_;
  std::size_t ended_ = 0;                 // guarded by mutex_, as what follows
  std::exception_ptr failure_ = nullptr;  // that came first
  std::vector<std::function<void()>> watchers_{};
};

}  // namespace

asio::awaitable<Outcome> ModeRuntime<Async>::send(const Connection& connection,
                                                  std::shared_ptr<const OutgoingRequest> request,
                                                  const CallLimits& limits) {
  return initiate(connection, StartSend{std::move(request), limits});
}

asio::awaitable<Outcome> ModeRuntime<Async>::sleep(const Connection& connection,
                                                   std::chrono::milliseconds duration,
                                                   const CallLimits& limits) {
  return initiate(connection, StartSleep{duration, limits});
}

asio::awaitable<Outcome> ModeRuntime<Async>::wait_for_notice(
    Connection connection, std::function<void(const Notify&)> watch, CallLimits limits) {
  auto failure = std::make_shared<std::exception_ptr>();
  StartWait start{std::move(limits), std::move(watch), failure};
  auto waiting = initiate(connection, std::move(start));
  Outcome outcome = co_await std::move(waiting);
  if (*failure) std::rethrow_exception(*failure);
  co_return outcome;
}

asio::awaitable<std::monostate> ModeRuntime<Async>::off_executor(Connection connection,
                                                                 std::function<void()> work) {
  auto failure = std::make_shared<std::exception_ptr>();
  auto shared_work = std::make_shared<std::function<void()>>(std::move(work));
  std::function<void(const Notify&)> watch = [shared_work, failure](const Notify& notify) {
    run_on_body_thread([shared_work, failure, notify]() mutable {
      try {
        (*shared_work)();
      } catch (...) {
        *failure = std::current_exception();
      }
      shared_work.reset();  // who waits may be done with what it uses then
      notify();
    });
  };
  auto waiting = wait_for_notice(connection, std::move(watch), CallLimits());
  const Outcome outcome = co_await std::move(waiting);
  if (std::holds_alternative<NetworkFailure>(outcome)) {
    throw CancelledError("the operation was cancelled while it waited for local files");
  }
  if (*failure) std::rethrow_exception(*failure);
  co_return std::monostate();
}

/// Whoever cancels it waits for the operations to end all the same: they may use what is the
/// caller's.
asio::awaitable<std::monostate> ModeRuntime<Async>::all(Connection connection,
                                                        Operations<Async> operations) {
  const auto together = std::make_shared<Together>(std::move(operations));
  const auto executor = co_await asio::this_coro::executor;
  together->begin(executor);
  std::function<void(const Notify&)> watch = [together](const Notify& notify) {
    together->watch(notify);
  };
  auto waiting = wait_for_notice(connection, watch, CallLimits());
  const Outcome outcome = co_await std::move(waiting);
  if (std::holds_alternative<NetworkFailure>(outcome)) {
    together->cancel();
    co_await asio::this_coro::throw_if_cancelled(false);
    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    auto ending = wait_for_notice(connection, watch, CallLimits());
    co_await std::move(ending);
    throw CancelledError("the operation was cancelled");
  }
  together->rethrow();
  co_return std::monostate();
}

asio::awaitable<std::string> ModeRuntime<Async>::authorize(Connection connection,
                                                           CallLimits limits) {
  std::optional<std::string> at_hand = connection.state->authorizer->try_get_authorization_header();
  if (at_hand) co_return std::move(*at_hand);
  auto result = std::make_shared<Authorization>();
  std::function<void(const Notify&)> watch = [authorizer = connection.state->authorizer,
                                              result](const Notify& notify) {
    authorizer->helper().fetch(authorizer, [notify, result](const std::exception_ptr& exception,
                                                            const std::string& header) {
      try {
        result->exception = exception;
        result->header = header;
      } catch (...) {  // no memory; who waits is to be told that, too
        result->exception = std::current_exception();
      }
      notify();
    });
  };
  auto waiting = wait_for_notice(connection, std::move(watch), limits);
  const Outcome outcome = co_await std::move(waiting);
  if (const auto* ended = std::get_if<NetworkFailure>(&outcome)) {
    if (ended->kind == NetworkFailure::Kind::deadline || limits.stop.stop_requested()) {
      throw_wait_ended(limits);
    }
    throw CancelledError("the operation was cancelled while it waited for its authorization");
  }
  if (result->exception) std::rethrow_exception(result->exception);
  co_return std::move(result->header);
}

}  // namespace detail

boost::asio::awaitable<GlobusHTTPResponse> Async::start(detail::Connection connection,
                                                        Request request) {
  return detail::execute<Async>(std::move(connection), std::move(request));
}

}  // namespace globus_sdk::inline v0
