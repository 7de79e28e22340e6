// SPDX-License-Identifier: Apache-2.0
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <exception>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>
#include <variant>

#include "async/async_mode.hpp"
#include "core/process/single_flight.hpp"
#include "globus_sdk/async.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

namespace asio = boost::asio;

/// Lands with nothing when the request went with its executor.
using AnswerFlight = Flight<std::optional<GlobusHTTPResponse>>;

/// Ends a flight once, whatever becomes of the coroutine that should.
class Landing {
 public:
  explicit Landing(std::shared_ptr<AnswerFlight> flight) : flight_(std::move(flight)) {}
  Landing(const Landing&) = delete;
  Landing& operator=(const Landing&) = delete;
  ~Landing() {
    if (flight_) flight_->land(std::nullopt);
  }

  void land(GlobusHTTPResponse answer) noexcept {
    std::exchange(flight_, nullptr)->land(std::move(answer));
  }
  void fail(std::exception_ptr failure) noexcept {
    std::exchange(flight_, nullptr)->fail(std::move(failure));
  }

 private:
  std::shared_ptr<AnswerFlight> flight_;
};

asio::awaitable<void> fly(Connection connection, Request request,
                          std::shared_ptr<Landing> landing) {
  try {
    auto sending = Async::start(std::move(connection), std::move(request));
    GlobusHTTPResponse answer = co_await std::move(sending);
    landing->land(std::move(answer));
  } catch (...) {
    landing->fail(std::current_exception());
  }
}

Connection with_stop(const Connection& connection, std::stop_token stop) {
  CallSettings settings;
  settings.stop = std::move(stop);
  return with_settings(connection, settings);
}

}  // namespace

/// The request itself runs by itself, and knows nothing of this object, which can stop it.
class RequestAhead {
 public:
  explicit RequestAhead(const Connection& connection)
      : connection_(with_stop(connection, stop_.get_token())),
        callers_stop_(connection.settings->stop ? *connection.settings->stop : std::stop_token(),
                      Stop{stop_}) {}
  RequestAhead(const RequestAhead&) = delete;
  RequestAhead& operator=(const RequestAhead&) = delete;
  ~RequestAhead() { stop_.request_stop(); }

  const Connection& connection() const noexcept { return connection_; }
  const std::shared_ptr<AnswerFlight>& flight() const noexcept { return flight_; }

 private:
  struct Stop {
    std::stop_source source;
    void operator()() noexcept { source.request_stop(); }
  };

  std::stop_source stop_;
  Connection connection_;
  std::shared_ptr<AnswerFlight> flight_ = std::make_shared<AnswerFlight>();
  std::stop_callback<Stop> callers_stop_;
};

std::shared_ptr<RequestAhead> send_ahead(const asio::any_io_executor& executor,
                                         const Connection& connection, Request request) {
  auto ahead = std::make_shared<RequestAhead>(connection);
  auto landing = std::make_shared<Landing>(ahead->flight());
  // it begins at once, and not only when the coroutine that runs now awaits something
  asio::co_spawn(executor, fly(ahead->connection(), std::move(request), std::move(landing)),
                 asio::detached);
  return ahead;
}

asio::awaitable<std::optional<GlobusHTTPResponse>> answer_to(
    std::shared_ptr<RequestAhead> request) {
  if (!request->flight()->is_of_this_process()) co_return std::nullopt;
  const CallLimits none;
  auto waiting = ModeRuntime<Async>::wait(request->connection(), request->flight(), none);
  const Outcome outcome = co_await std::move(waiting);
  if (std::holds_alternative<NetworkFailure>(outcome)) {
    throw CancelledError("the operation was cancelled while it waited for the next page");
  }
  co_return request->flight()->result();
}

}  // namespace globus_sdk::inline v0::detail
