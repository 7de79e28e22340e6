// SPDX-License-Identifier: Apache-2.0
#include "long_lives/relay.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <mutex>
#include <set>
#include <system_error>
#include <thread>

#include "support/socket_server.hpp"

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

 private:
  const int descriptor_;
};

int new_socket() {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "socket");
  return descriptor;
}

int connect_to(std::uint16_t port) {
  const int descriptor = new_socket();
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  const int yes = 1;
  setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  return descriptor;
}

struct Connection {
  void end() const {
    shutdown(client, SHUT_RDWR);
    shutdown(server.get(), SHUT_RDWR);
  }

  int client;  // the listening server's own
  Socket server;
};

}  // namespace

struct Relay::State {
  explicit State(std::uint16_t of_server) : server_port(of_server) {}

  void carry(int client) {
    const Connection connection{client, Socket(connect_to(server_port))};
    {
      const std::lock_guard lock(mutex);
      open.insert(&connection);
    }
    std::thread down([&connection] { pump(connection.server.get(), connection.client, -1); });
    pump_up(connection);
    down.join();
    const std::lock_guard lock(mutex);
    open.erase(&connection);
  }

  void pump_up(const Connection& connection) const {
    const bool reset = pump(connection.client, connection.server.get(), reset_after);
    if (!reset) return;
    // dup2 closes the socket under its number, and so sends the reset
    const linger at_once{1, 0};
    setsockopt(connection.client, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    const Socket placeholder(new_socket());
    shutdown(connection.server.get(), SHUT_RDWR);
    dup2(placeholder.get(), connection.client);
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

  const std::uint16_t server_port;
  std::atomic<std::int64_t> reset_after{-1};
  std::mutex mutex;
  std::set<const Connection*> open;  // guarded by mutex
  // last: its threads use all of the above
  SocketServer listening{[this](int client) { carry(client); }};
};

Relay::Relay(std::uint16_t port) : state_(std::make_shared<State>(port)) {}

Relay::~Relay() {
  close_all();
}

std::uint16_t Relay::port() const {
  return state_->listening.port();
}

std::string Relay::url(std::string server_url) const {
  const std::string theirs = ":" + std::to_string(state_->server_port);
  const std::size_t found = server_url.find(theirs);
  if (found == std::string::npos) throw std::invalid_argument("not of that server: " + server_url);
  return server_url.replace(found, theirs.size(), ":" + std::to_string(port()));
}

int Relay::connections() const {
  return state_->listening.connections();
}

void Relay::reset_after(std::int64_t bytes) {
  state_->reset_after = bytes;
}

void Relay::close_all() {
  const std::lock_guard lock(state_->mutex);
  for (const Connection* connection : state_->open) connection->end();
}

}  // namespace globus_sdk_test
