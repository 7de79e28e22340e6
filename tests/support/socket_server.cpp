// SPDX-License-Identifier: Apache-2.0
#include "support/socket_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <list>
#include <mutex>
#include <set>
#include <system_error>
#include <thread>
#include <utility>

namespace globus_sdk_test {

namespace {

void check(bool good, const char* doing) {
  if (!good) throw std::system_error(errno, std::generic_category(), doing);
}

int listen_on_loopback() {
  const int listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  check(listening >= 0, "socket");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  check(bind(listening, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0, "bind");
  check(listen(listening, 512) == 0, "listen");
  return listening;
}

}  // namespace

struct SocketServer::State {
  Serve serve;
  int listening = listen_on_loopback();
  mutable std::mutex mutex;
  std::set<int> open;
  std::list<std::thread> threads;
  int connections = 0;
  bool stopping = false;
  std::thread accepting;

  void accept_all() {
    while (true) {
      const int descriptor = accept4(listening, nullptr, nullptr, SOCK_CLOEXEC);
      const std::lock_guard lock(mutex);
      if (descriptor < 0 || stopping) {
        if (descriptor >= 0) close(descriptor);
        return;
      }
      const int yes = 1;
      setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
      ++connections;
      open.insert(descriptor);
      threads.emplace_back([this, descriptor] { serve_one(descriptor); });
    }
  }
  void serve_one(int descriptor) {
    serve(descriptor);
    const std::lock_guard lock(mutex);
    open.erase(descriptor);
    close(descriptor);
  }
};

SocketServer::SocketServer(Serve serve) : state_(std::make_unique<State>()) {
  state_->serve = std::move(serve);
  state_->accepting = std::thread([state = state_.get()] { state->accept_all(); });
}

SocketServer::~SocketServer() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopping = true;
    for (const int descriptor : state_->open) shutdown(descriptor, SHUT_RDWR);
  }
  shutdown(state_->listening, SHUT_RDWR);
  state_->accepting.join();
  for (std::thread& thread : state_->threads) thread.join();
  close(state_->listening);
}

std::uint16_t SocketServer::port() const {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  check(getsockname(state_->listening, reinterpret_cast<sockaddr*>(&address), &size) == 0,
        "getsockname");
  return ntohs(address.sin_port);
}

int SocketServer::connections() const {
  const std::lock_guard lock(state_->mutex);
  return state_->connections;
}

}  // namespace globus_sdk_test
