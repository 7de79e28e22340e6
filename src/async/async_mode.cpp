// SPDX-License-Identifier: Apache-2.0
#include "async_mode.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <utility>
#include <vector>

#include "../core/authorization_helper.hpp"

namespace globus_sdk::inline v0 {

namespace detail {

namespace {

namespace asio = boost::asio;

using Executor = asio::any_io_executor;
using Batch = std::vector<std::unique_ptr<Completion>>;

/// A Completion that some coroutine awaits on an executor.
class ExecutorCompletion : public Completion {
 public:
  explicit ExecutorCompletion(const Executor& executor)
      : executor_(executor),
        work_(asio::prefer(executor, asio::execution::outstanding_work.tracked)) {}

  virtual void resume() = 0;

  bool same_executor(const Completion& other) const noexcept override {
    return executor_ == static_cast<const ExecutorCompletion&>(other).executor_;
  }

  void deliver(std::span<std::unique_ptr<Completion>> batch) noexcept override {
    const Executor executor = executor_;
    Batch owned(std::make_move_iterator(batch.begin()), std::make_move_iterator(batch.end()));
    post_batch(executor, std::move(owned));
  }

 private:
  static void post_batch(const Executor& executor, Batch batch) {
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

  Executor executor_;
  Executor work_;  // keeps the executor's context running meanwhile
};

template <class Handler>
class HandlerCompletion final : public ExecutorCompletion {
 public:
  explicit HandlerCompletion(Handler handler)
      : ExecutorCompletion(asio::get_associated_executor(handler)), handler_(std::move(handler)) {}

  void resume() override {
    auto slot = asio::get_associated_cancellation_slot(handler_);
    if (slot.is_connected()) slot.clear();
    Handler handler = std::move(handler_);
    std::move(handler)(std::move(outcome));
  }

 private:
  Handler handler_;
};

/// Starts an operation on a transport's I/O thread for a handler; Asio's own cancellation ends it.
template <class Start>
struct Initiation {
  std::shared_ptr<Transport> transport;
  Start start;

  template <class Handler>
  void operator()(Handler&& handler) {
    using Completion = HandlerCompletion<std::decay_t<Handler>>;
    auto slot = asio::get_associated_cancellation_slot(handler);
    auto completion = std::make_unique<Completion>(std::forward<Handler>(handler));
    const std::uint64_t number = start(transport->asynchronous(), std::move(completion));
    if (!slot.is_connected()) return;
    std::weak_ptr<Transport> weak = transport;
    slot.assign([weak, number](asio::cancellation_type) {
      if (const auto locked = weak.lock()) locked->asynchronous().cancel(number);
    });
  }
};

template <class Start>
asio::awaitable<Outcome> initiate(const Connection& connection, Start start) {
  Initiation<Start> initiation{connection.state->transport, std::move(start)};
  return asio::async_initiate<const asio::use_awaitable_t<>, void(Outcome)>(std::move(initiation),
                                                                            asio::use_awaitable);
}

struct StartSend {
  std::shared_ptr<const OutgoingRequest> request;
  CallLimits limits;
  std::uint64_t operator()(IoThread& thread, std::unique_ptr<Completion> completion) {
    return thread.send(std::move(request), limits, std::move(completion));
  }
};

struct StartSleep {
  std::chrono::milliseconds duration;
  CallLimits limits;
  std::uint64_t operator()(IoThread& thread, std::unique_ptr<Completion> completion) {
    return thread.sleep(duration, limits, std::move(completion));
  }
};

/// What the helper thread found, for the coroutine that waits for it.
struct Authorization {
  std::exception_ptr exception{};
  std::string header{};
};

struct StartAuthorize {
  std::shared_ptr<const ClientState> state;
  CallLimits limits;
  std::shared_ptr<Authorization> result;

  std::uint64_t operator()(IoThread& thread, std::unique_ptr<Completion> completion) {
    const std::uint64_t number = thread.wait(limits, std::move(completion));
    state->authorizer->helper().fetch(
        state->authorizer, [transport = state->transport, result = result, number](
                               std::exception_ptr exception, const std::string& header) {
          result->exception = std::move(exception);
          result->header = header;
          transport->asynchronous().finish(number);
        });
    return number;
  }
};

}  // namespace

asio::awaitable<Outcome> Leaves<Async>::send(const Connection& connection,
                                             std::shared_ptr<const OutgoingRequest> request,
                                             const CallLimits& limits) {
  return initiate(connection, StartSend{std::move(request), limits});
}

asio::awaitable<Outcome> Leaves<Async>::sleep(const Connection& connection,
                                              std::chrono::milliseconds duration,
                                              const CallLimits& limits) {
  return initiate(connection, StartSleep{duration, limits});
}

asio::awaitable<std::string> Leaves<Async>::authorize(Connection connection, CallLimits limits) {
  std::optional<std::string> at_hand =
      connection.state->authorizer->try_get_authorization_header();
  if (at_hand) co_return std::move(*at_hand);
  auto result = std::make_shared<Authorization>();
  StartAuthorize start{connection.state, limits, result};
  auto waiting = initiate(connection, std::move(start));
  const Outcome outcome = co_await std::move(waiting);
  if (std::holds_alternative<NetworkFailure>(outcome)) throw_wait_ended(limits);
  if (result->exception) std::rethrow_exception(result->exception);
  co_return std::move(result->header);
}

}  // namespace detail

boost::asio::awaitable<GlobusHTTPResponse> Async::start(detail::Connection connection,
                                                        Request request) {
  return detail::execute<Async>(std::move(connection), std::move(request));
}

}  // namespace globus_sdk::inline v0
