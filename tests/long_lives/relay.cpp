// SPDX-License-Identifier: Apache-2.0
#include "long_lives/relay.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <list>
#include <mutex>
#include <system_error>
#include <thread>

namespace globus_sdk_test {

namespace {

/// A socket that closes with its owner; none when negative.
class Socket {
 public:
  explicit Socket(int descriptor) : descriptor_(descriptor) {}
  ~Socket() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  int get() const { return descriptor_; }
  /// Lets the next close tell the other side with a reset.
  void reset_on_close() const {
    const linger at_once{1, 0};
    setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  }

 private:
  const int descriptor_;
};

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

void send_at_once(int descriptor) {
  const int yes = 1;
  setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

int new_socket() {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "socket");
  return descriptor;
}

struct Connection {
  Connection(int accepted, std::uint16_t server_port) : client(accepted), server(new_socket()) {
    const sockaddr_in address = loopback(server_port);
    connect(server.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
    send_at_once(client.get());
    send_at_once(server.get());
  }
  void end() const {
    shutdown(client.get(), SHUT_RDWR);
    shutdown(server.get(), SHUT_RDWR);
  }

  Socket client;
  Socket server;
  std::thread up{};
  std::thread down{};
};

}  // namespace

struct Relay::State {
  const std::uint16_t server_port;
  Socket acceptor{new_socket()};
  std::uint16_t port = 0;
  std::atomic<int> accepted{0};
  std::atomic<std::int64_t> reset_after{-1};
  std::mutex mutex;
  bool stopping = false;                               // guarded by mutex
  std::list<std::unique_ptr<Connection>> connections;  // guarded by mutex
  std::thread accepting{};

  explicit State(std::uint16_t of_server) : server_port(of_server) {
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (bind(acceptor.get(), generic, size) != 0 || listen(acceptor.get(), 64) != 0 ||
        getsockname(acceptor.get(), generic, &size) != 0) {
      throw std::system_error(errno, std::generic_category(), "no port for the relay");
    }
    port = ntohs(address.sin_port);
  }

  void accept_all() {
    while (true) {
      const int descriptor = accept4(acceptor.get(), nullptr, nullptr, SOCK_CLOEXEC);
      if (descriptor < 0) return;
      ++accepted;
      auto connection = std::make_unique<Connection>(descriptor, server_port);
      Connection& made = *connection;
      const std::lock_guard lock(mutex);
      if (stopping) return;
      made.up = std::thread([this, &made] { pump_up(made); });
      made.down = std::thread([&made] { pump(made.server.get(), made.client.get(), -1); });
      connections.push_back(std::move(connection));
    }
  }

  void pump_up(const Connection& connection) const {
    const bool reset = pump(connection.client.get(), connection.server.get(), reset_after);
    if (!reset) return;
    // dup2 closes the socket under its number, and so sends the reset
    connection.client.reset_on_close();
    const Socket placeholder(new_socket());
    shutdown(connection.server.get(), SHUT_RDWR);
    dup2(placeholder.get(), connection.client.get());
  }

  /// Carries bytes until one side ends (false) or `most` have come (true).
  static bool pump(int from, int to, std::int64_t most) {
    char buffer[16384];
    std::int64_t carried = 0;
    while (true) {
      const ssize_t count = recv(from, buffer, sizeof buffer, 0);
      if (count <= 0) break;
      carried += count;
      if (most >= 0 && carried >= most) return true;
      if (send(to, buffer, static_cast<std::size_t>(count), MSG_NOSIGNAL) != count) break;
    }
    shutdown(to, SHUT_WR);
    return false;
  }
};

Relay::Relay(std::uint16_t port) : state_(std::make_shared<State>(port)) {
  state_->accepting = std::thread([state = state_.get()] { state->accept_all(); });
}

Relay::~Relay() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopping = true;
  }
  shutdown(state_->acceptor.get(), SHUT_RDWR);
  state_->accepting.join();
  close_all();
  for (const auto& connection : state_->connections) {
    connection->up.join();
    connection->down.join();
  }
}

std::uint16_t Relay::port() const {
  return state_->port;
}

std::string Relay::url(std::string server_url) const {
  const std::string theirs = ":" + std::to_string(state_->server_port);
  const std::size_t found = server_url.find(theirs);
  if (found == std::string::npos) throw std::invalid_argument("not of that server: " + server_url);
  return server_url.replace(found, theirs.size(), ":" + std::to_string(state_->port));
}

int Relay::connections() const {
  return state_->accepted;
}

void Relay::reset_after(std::int64_t bytes) {
  state_->reset_after = bytes;
}

void Relay::close_all() {
  const std::lock_guard lock(state_->mutex);
  for (const auto& connection : state_->connections) connection->end();
}

}  // namespace globus_sdk_test
