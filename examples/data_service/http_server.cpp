// SPDX-License-Identifier: Apache-2.0
#include "data_service/http_server.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <iostream>
#include <string_view>
#include <utility>

namespace data_service {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t max_connections = 1000;
constexpr std::size_t max_running = 256;
constexpr std::size_t max_header_bytes = std::size_t{16} * 1024;
constexpr std::size_t max_body_bytes = std::size_t{64} * 1024;
/// A client has this long to send a whole request, and as long to read the whole answer.
constexpr auto patience = 15s;

using Parser = http::request_parser<http::string_body>;

/// Counts one more for as long as it lives.
class Counted {
 public:
  explicit Counted(std::size_t& count) : count_(count) { ++count_; }
  ~Counted() { --count_; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;

 private:
  std::size_t& count_;
};

UserRequest request_of(const Parser& parser) {
  const auto& message = parser.get();
  const std::string_view target(message.target().data(), message.target().size());
  UserRequest request{.method = std::string(message.method_string()),
                      .path = std::string(target.substr(0, target.find('?'))),
                      .body = message.body()};
  const auto field = message[http::field::authorization];
  const std::string_view value(field.data(), field.size());
  constexpr std::string_view scheme = "bearer ";
  if (beast::iequals(value.substr(0, scheme.size()), scheme))
    request.token = value.substr(scheme.size());
  return request;
}

UserAnswer refusal(unsigned status, const char* message) {
  return {status, globus_sdk::Json::object({{"error", message}}), {}};
}

/// What is answered to bytes that are no request, or none that is accepted; nothing where the
/// client has gone or was too slow.
std::optional<UserAnswer> answer_to_broken(const error_code& error) {
  if (error == http::error::body_limit) return refusal(413, "the body is too long");
  if (error == http::error::header_limit) return refusal(431, "the header is too long");
  if (error == http::error::end_of_stream || error == http::error::partial_message)
    return std::nullopt;
  if (error.category() == make_error_code(http::error::bad_method).category())
    return refusal(400, "this is no HTTP request");
  return std::nullopt;
}

http::response<http::string_body> message_of(const UserAnswer& answer, bool keep_alive) {
  http::response<http::string_body> message(static_cast<http::status>(answer.status), 11);
  message.set(http::field::content_type, "application/json");
  message.set(http::field::cache_control, "no-store");
  for (const auto& [name, value] : answer.headers) message.set(name, value);
  message.body() = answer.document.dump() + '\n';
  message.keep_alive(keep_alive);
  message.prepare_payload();
  return message;
}

void log(const UserRequest& request, unsigned status, std::chrono::steady_clock::time_point begin) {
  if (status == 200 && request.path.ends_with('z')) return;  // probes
  const auto time = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - begin);
  // A path comes from outside: what could look like another line of the log is left out.
  std::string path;
  for (const char c : request.path.substr(0, 200)) path += c > ' ' && c < '\x7f' ? c : '?';
  std::clog << request.method + ' ' + path + ' ' + std::to_string(status) + ' ' +
                   std::to_string(time.count()) + " ms\n";
}

}  // namespace

struct ServerState {
  ServerState(asio::io_context& context, asio::thread_pool& workers, Handlers what)
      : io(context), acceptor(context), ended(context), pool(workers), handlers(std::move(what)) {}

  asio::io_context& io;
  asio::ip::tcp::acceptor acceptor;
  /// Woken when a connection has ended.
  asio::steady_timer ended;
  asio::thread_pool& pool;
  Handlers handlers;
  std::size_t connections = 0;
  std::size_t running = 0;
};

namespace {

using SharedState = std::shared_ptr<ServerState>;

asio::awaitable<UserAnswer> answer_on_pool(SharedState state, UserRequest request) {
  co_return state->handlers.answer(request);
}

/// Sends an answer.
///
/// @return whether the client has it.
asio::awaitable<bool> send(std::shared_ptr<beast::tcp_stream> stream, UserAnswer answer,
                           bool keep_alive) {
  const auto message = message_of(answer, keep_alive);
  error_code error;
  stream->expires_after(patience);
  co_await http::async_write(*stream, message, asio::redirect_error(asio::use_awaitable, error));
  co_return !error;
}

/// Works for one request, and counts it as running until its answer is sent.
asio::awaitable<bool> work(SharedState state, std::shared_ptr<beast::tcp_stream> stream,
                           UserRequest request, bool keep_alive) {
  const auto begin = std::chrono::steady_clock::now();
  const Counted counted(state->running);
  auto answer = state->running > max_running ? refusal(503, "too many requests; try again later")
                                             : UserAnswer{};
  if (answer.status == 503) answer.headers["Retry-After"] = "5";
  if (answer.status == 0) {
    auto answering =
        asio::co_spawn(state->pool, answer_on_pool(state, request), asio::use_awaitable);
    answer = co_await std::move(answering);
  }
  auto sending = send(std::move(stream), answer, keep_alive);
  const bool sent = co_await std::move(sending);
  log(request, answer.status, begin);
  co_return sent;
}

/// Answers the requests of one connection, one after the other.
asio::awaitable<void> converse(SharedState state, std::shared_ptr<beast::tcp_stream> stream) {
  beast::flat_buffer buffer;
  for (bool goes_on = true; goes_on;) {
    Parser parser;
    parser.header_limit(max_header_bytes);
    parser.body_limit(max_body_bytes);
    stream->expires_after(patience);
    error_code error;
    co_await http::async_read(*stream, buffer, parser,
                              asio::redirect_error(asio::use_awaitable, error));
    if (error) {
      if (auto broken = answer_to_broken(error)) {
        auto sending = send(stream, std::move(*broken), false);
        co_await std::move(sending);
      }
      break;
    }
    UserRequest request = request_of(parser);
    bool keep_alive = parser.get().keep_alive();
    if (auto quick = state->handlers.answer_at_once(request)) {
      log(request, quick->status, std::chrono::steady_clock::now());
      if (quick->headers.contains("Connection")) keep_alive = false;
      auto sending = send(stream, std::move(*quick), keep_alive);
      goes_on = co_await std::move(sending) && keep_alive;
    } else {
      auto working = work(state, stream, std::move(request), keep_alive);
      goes_on = co_await std::move(working) && keep_alive;
    }
  }
  error_code ignored;
  stream->socket().shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
}

asio::awaitable<void> count_and_converse(SharedState state, asio::ip::tcp::socket socket) {
  const Counted counted(state->connections);
  auto stream = std::make_shared<beast::tcp_stream>(std::move(socket));
  auto conversing = converse(state, std::move(stream));
  co_await std::move(conversing);
  state->ended.cancel();
}

/// Takes connections. Where there are too many, the next ones wait in the system's queue.
asio::awaitable<void> accept(SharedState state) {
  for (;;) {
    error_code error;
    if (state->connections >= max_connections) {
      state->ended.expires_after(1s);
      co_await state->ended.async_wait(asio::redirect_error(asio::use_awaitable, error));
      continue;
    }
    auto accepting = state->acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
    auto socket = co_await std::move(accepting);
    if (error) {
      // out of descriptors, for example
      state->ended.expires_after(100ms);
      co_await state->ended.async_wait(asio::redirect_error(asio::use_awaitable, error));
      continue;
    }
    asio::co_spawn(state->io, count_and_converse(state, std::move(socket)), asio::detached);
  }
}

}  // namespace

HttpServer::HttpServer(asio::io_context& io, asio::thread_pool& pool, const std::string& address,
                       std::uint16_t port, Handlers handlers)
    : state_(std::make_shared<ServerState>(io, pool, std::move(handlers))) {
  const asio::ip::tcp::endpoint endpoint(asio::ip::make_address(address), port);
  auto& acceptor = state_->acceptor;
  acceptor.open(endpoint.protocol());
  acceptor.set_option(asio::socket_base::reuse_address(true));
  acceptor.bind(endpoint);
  acceptor.listen();
  asio::co_spawn(io, accept(state_), asio::detached);
}

std::uint16_t HttpServer::port() const {
  return state_->acceptor.local_endpoint().port();
}

std::size_t HttpServer::running() const noexcept {
  return state_->running;
}

}  // namespace data_service
