// SPDX-License-Identifier: Apache-2.0
// The bench's server: one thread, fixed answers by path, connections that stay open. It does as
// little as a server can, so that the clients are what is measured. It prints its port, and ends
// when its standard input does.
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <unordered_map>

#include "documents.hpp"

namespace {

constexpr int listing_entries = 100'000;
// what bench/collection_files.py makes
constexpr int small_files = 10'000;
constexpr std::int64_t small_size = 4096;

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

std::string answer(std::string_view status, const std::string& body) {
  std::string text = "HTTP/1.1 ";
  text += status;
  text +=
      "\r\nServer: bench\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\n"
      "Content-Type: application/json\r\nContent-Length: ";
  text += std::to_string(body.size());
  text +=
      "\r\nX-Transfer-API-KIND: HTTP\r\nX-Transfer-API-Request-Id: Kx3vQz0aB\r\n"
      "Cache-Control: no-store\r\n\r\n";
  return text + body;
}

/// What is sent for each path.
struct Answers {
  std::string short_task = answer("200 OK", globus_bench::short_task_document());
  std::string whole_task = answer("200 OK", globus_bench::task_document());
  std::string listing = answer("200 OK", globus_bench::listing_document(listing_entries));
  std::string small_listing =
      answer("200 OK", globus_bench::listing_document(small_files, small_size));
  std::string nothing_more = answer("200 OK", globus_bench::listing_document(0));
  std::string unauthorized = answer("401 Unauthorized", R"({"code": "AuthenticationFailed"})");
  std::string unknown = answer("404 Not Found", R"({"code": "ClientError.NotFound"})");

  const std::string& of(std::string_view head) const {
    if (head.find("\r\nAuthorization: Bearer ") == std::string_view::npos) return unauthorized;
    const std::string_view target = head.substr(0, head.find('\r'));
    if (target.starts_with("GET /v0.10/task/short")) return short_task;
    if (target.starts_with("GET /v0.10/task/whole")) return whole_task;
    if (target.starts_with("GET /v0.10/operation/endpoint/f11e5")) {
      // all of them are in the first page
      return target.find("offset=") == std::string_view::npos ? small_listing : nothing_more;
    }
    if (target.starts_with("GET /v0.10/operation/endpoint/")) return listing;
    return unknown;
  }
};

/// One client's connection: what of its requests has come, and what of an answer has yet to go.
class Connection {
 public:
  Connection(int socket, const Answers& answers) : socket_(socket), answers_(answers) {}
  ~Connection() { close(socket_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Reads, answers and writes until the socket has or takes no more. False when it has ended.
  bool run() {
    if (!flush() || !answer_all()) return false;
    std::array<char, 16384> buffer;
    while (left_.empty()) {
      const ssize_t count = recv(socket_, buffer.data(), buffer.size(), 0);
      if (count == 0) return false;
      if (count < 0) return errno == EAGAIN || errno == EINTR;
      received_.append(buffer.data(), static_cast<std::size_t>(count));
      if (!answer_all()) return false;
      // a short read took everything: asking once more would cost a system call
      if (static_cast<std::size_t>(count) < buffer.size()) return true;
    }
    return true;
  }

 private:
  bool answer_all() {
    while (left_.empty()) {
      const std::size_t end = received_.find("\r\n\r\n");
      if (end == std::string::npos) return true;
      left_ = answers_.of(std::string_view(received_).substr(0, end));
      received_.erase(0, end + 4);
      if (!flush()) return false;
    }
    return true;
  }

  bool flush() {
    while (!left_.empty()) {
      const ssize_t count = send(socket_, left_.data(), left_.size(), MSG_NOSIGNAL);
      if (count < 0) return errno == EAGAIN || errno == EINTR;
      left_.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }

  int socket_;
  const Answers& answers_;
  std::string received_{};
  std::string_view left_{};
};

class Server {
 public:
  Server() {
    if (listener_ < 0 || poller_ < 0) fail("socket");
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* any = reinterpret_cast<sockaddr*>(&address);
    if (bind(listener_, any, sizeof address) != 0) fail("bind");
    if (listen(listener_, SOMAXCONN) != 0) fail("listen");
    socklen_t size = sizeof address;
    if (getsockname(listener_, any, &size) != 0) fail("getsockname");
    port_ = ntohs(address.sin_port);
    watch(listener_, EPOLLIN);
    watch(STDIN_FILENO, EPOLLIN);
  }

  int port() const { return port_; }

  void run() {
    std::array<epoll_event, 128> events;
    while (true) {
      const int count = epoll_wait(poller_, events.data(), static_cast<int>(events.size()), -1);
      if (count < 0 && errno != EINTR) fail("epoll_wait");
      for (int index = 0; index < count; ++index) {
        const int socket = events[static_cast<std::size_t>(index)].data.fd;
        if (socket == STDIN_FILENO) return;
        if (socket == listener_) {
          accept_all();
        } else if (!connections_.at(socket)->run()) {
          connections_.erase(socket);
        }
      }
    }
  }

 private:
  void watch(int file, std::uint32_t what) {
    epoll_event event{};
    event.events = what;
    event.data.fd = file;
    if (epoll_ctl(poller_, EPOLL_CTL_ADD, file, &event) != 0) fail("epoll_ctl");
  }

  void accept_all() {
    while (true) {
      const int socket = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
      if (socket < 0) return;
      const int on = 1;
      setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      connections_[socket] = std::make_unique<Connection>(socket, answers_);
      watch(socket, EPOLLIN | EPOLLOUT | EPOLLET);
    }
  }

  Answers answers_{};
  int listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  int poller_ = epoll_create1(EPOLL_CLOEXEC);
  int port_ = 0;
  std::unordered_map<int, std::unique_ptr<Connection>> connections_{};
};

}  // namespace

int main() {
  Server server;
  std::printf("%d\n", server.port());
  std::fflush(stdout);
  server.run();
  return 0;
}
