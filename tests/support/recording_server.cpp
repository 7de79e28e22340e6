// SPDX-License-Identifier: Apache-2.0
#include "support/recording_server.hpp"

#include <sys/socket.h>
#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <cctype>
#include <list>
#include <mutex>
#include <set>
#include <thread>

namespace globus_sdk_test {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return result;
}

RecordedRequest record(const http::request<http::string_body>& request) {
  RecordedRequest recorded;
  recorded.method = std::string(request.method_string());
  recorded.target = std::string(request.target());
  recorded.body = request.body();
  for (const auto& field : request) {
    recorded.headers.emplace_back(lower(field.name_string()), std::string(field.value()));
  }
  return recorded;
}

}  // namespace

std::string RecordedRequest::header(const std::string& name) const {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return {};
}

struct RecordingServer::State {
  Respond respond;
  asio::io_context context;
  asio::ip::tcp::acceptor acceptor{context, {asio::ip::make_address("127.0.0.1"), 0}};
  mutable std::mutex mutex;
  std::vector<RecordedRequest> requests;
  std::set<int> open;
  bool stopping = false;
  int connections = 0;
  std::list<std::thread> threads;
  std::thread accepting;

  void serve(asio::ip::tcp::socket socket) {
    const int descriptor = socket.native_handle();
    {
      std::lock_guard lock(mutex);
      if (stopping) return;
      open.insert(descriptor);
    }
    socket.set_option(asio::ip::tcp::no_delay(true));
    beast::flat_buffer buffer;
    while (exchange(socket, buffer)) {}
    std::lock_guard lock(mutex);
    open.erase(descriptor);
    boost::system::error_code ignored;
    socket.close(ignored);
  }

  bool exchange(asio::ip::tcp::socket& socket, beast::flat_buffer& buffer) {
    boost::system::error_code error;
    http::request_parser<http::string_body> parser;
    parser.body_limit(std::uint64_t{1} << 30);
    http::read(socket, buffer, parser, error);
    if (error) return false;
    const http::request<http::string_body> request = parser.release();
    const RecordedRequest recorded = record(request);
    {
      std::lock_guard lock(mutex);
      requests.push_back(recorded);
    }
    const RecordedAnswer answer = respond(recorded);
    if (answer.status == 0) return false;
    http::response<http::string_body> response(static_cast<http::status>(answer.status), 11,
                                               answer.body);
    response.set(http::field::content_type, "application/json");
    for (const auto& [name, value] : answer.headers) response.set(name, value);
    response.prepare_payload();
    response.keep_alive(request.keep_alive());
    if (request.method() == http::verb::head) response.body().clear();
    http::write(socket, response, error);
    return !error && request.keep_alive();
  }

  void accept() {
    while (true) {
      boost::system::error_code error;
      asio::ip::tcp::socket socket = acceptor.accept(error);
      std::lock_guard lock(mutex);
      if (error || stopping) return;
      ++connections;
      threads.emplace_back([this, owned = std::make_shared<asio::ip::tcp::socket>(
                                      std::move(socket))] { serve(std::move(*owned)); });
    }
  }
};

RecordingServer::RecordingServer(Respond respond) : state_(std::make_shared<State>()) {
  state_->respond = std::move(respond);
  state_->accepting = std::thread([state = state_.get()] { state->accept(); });
}

RecordingServer::~RecordingServer() {
  {
    std::lock_guard lock(state_->mutex);
    state_->stopping = true;
    for (const int descriptor : state_->open) ::shutdown(descriptor, SHUT_RDWR);
  }
  ::shutdown(state_->acceptor.native_handle(), SHUT_RDWR);
  state_->accepting.join();
  for (std::thread& thread : state_->threads) thread.join();
}

std::string RecordingServer::url() const {
  return "http://127.0.0.1:" + std::to_string(state_->acceptor.local_endpoint().port());
}

std::vector<RecordedRequest> RecordingServer::requests() const {
  std::lock_guard lock(state_->mutex);
  return state_->requests;
}

void RecordingServer::clear() {
  std::lock_guard lock(state_->mutex);
  state_->requests.clear();
}

int RecordingServer::connections() const {
  std::lock_guard lock(state_->mutex);
  return state_->connections;
}

}  // namespace globus_sdk_test
