// SPDX-License-Identifier: Apache-2.0
#include "support/relay.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <set>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "support/socket_server.hpp"

namespace globus_sdk_test {

namespace {

using std::chrono::steady_clock;

/// A descriptor that closes with its owner.
class Descriptor {
 public:
  Descriptor(int descriptor, const char* what) : descriptor_(descriptor) {
    if (descriptor < 0) throw std::system_error(errno, std::generic_category(), what);
  }
  ~Descriptor() { close(descriptor_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int get() const { return descriptor_; }

 private:
  const int descriptor_;
};

void connect_to(std::uint16_t port, const Descriptor& descriptor) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  connect(descriptor.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
  const int yes = 1;
  setsockopt(descriptor.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

/// What is done to connections.
struct Treatment {
  bool is_frozen = false;
  std::chrono::milliseconds delay{0};
  Relay::From counted = Relay::From::client;
  std::int64_t most_bytes = -1;  ///< of the side that is counted; any number when negative
  int times = -1;                ///< how often; always when negative
  int number = 0;                ///< of such a limit, from whose beginning bytes are counted
};

enum class End { none, close, reset };

/// One way through a connection.
struct Way {
  Way(int of_source, int of_target, Relay::From of_side)
      : source(of_source), target(of_target), side(of_side) {}

  bool is_done() const { return has_ended && held.empty(); }
  bool is_due(steady_clock::time_point now) const { return !held.empty() && now >= due; }
  bool is_used_up(const Treatment& treatment) const {
    return treatment.most_bytes >= 0 && treatment.counted == side && held.empty() &&
           carried >= treatment.most_bytes;
  }

  /// Counts from the beginning of a limit that is new.
  void begin(const Treatment& treatment) {
    if (std::exchange(limit_number, treatment.number) != treatment.number) carried = 0;
  }

  /// @return whether the source was not reset.
  bool read(const Treatment& treatment) {
    std::array<char, 16384> buffer;  // NOLINT: filled by recv
    std::size_t most = buffer.size();
    if (treatment.most_bytes >= 0 && treatment.counted == side) {
      most = std::min(most, static_cast<std::size_t>(treatment.most_bytes - carried));
    }
    const ssize_t count = recv(source, buffer.data(), most, MSG_DONTWAIT);
    if (count < 0) return errno == EAGAIN || errno == EINTR;
    carried += count;
    held.assign(buffer.data(), static_cast<std::size_t>(count));
    due = steady_clock::now() + treatment.delay;
    has_ended = count == 0;
    if (has_ended) shutdown(target, SHUT_WR);
    return true;
  }
  /// @return whether the target was not reset.
  bool write() {
    const ssize_t count = send(target, held.data(), held.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count < 0) return errno == EAGAIN || errno == EINTR;
    held.erase(0, static_cast<std::size_t>(count));
    return true;
  }

  const int source;
  const int target;
  const Relay::From side;
  std::string held{};
  steady_clock::time_point due{};
  std::int64_t carried = 0;
  int limit_number = 0;
  bool has_ended = false;
};

}  // namespace

struct Relay::State {
  /// A connection, which has a thread of its own.
  struct Connection {
    explicit Connection(int of_client) : client(of_client) {}

    void wake() const {
      const std::uint64_t one = 1;
      static_cast<void>(!::write(woken.get(), &one, sizeof one));
    }

    const int client;  ///< the listening server's own
    const Descriptor server{socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"};
    const Descriptor woken{eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd"};
    End end = End::none;  // guarded by the relay's mutex
  };

  explicit State(std::uint16_t of_server) : server_port(of_server) {}

  void carry(int client) {
    Connection connection(client);
    {
      const std::lock_guard lock(mutex);
      if (is_over) return;
      open.insert(&connection);
    }
    if (pass_all(connection) == End::reset) {
      const linger at_once{1, 0};  // so that closing them resets them
      setsockopt(client, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
      setsockopt(connection.server.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    }
    const std::lock_guard lock(mutex);
    open.erase(&connection);
  }

  /// Carries bytes both ways until both sides have ended, or somebody ends the connection.
  End pass_all(const Connection& connection) {
    Way up(connection.client, connection.server.get(), From::client);
    Way down(connection.server.get(), connection.client, From::server);
    bool is_connected = false;
    while (!up.is_done() || !down.is_done()) {
      const auto [now, end] = look(connection);
      if (end != End::none) return end;
      up.begin(now);
      down.begin(now);
      if (!is_connected && !now.is_frozen) {
        connect_to(server_port, connection.server);
        is_connected = true;
      }
      if (!pass_some(connection, now, up, down)) return End::reset;
      if ((up.is_used_up(now) || down.is_used_up(now)) && may_reset(now)) return End::reset;
    }
    return End::close;
  }

  /// Waits until something can be passed on, and does so.
  ///
  /// @return whether no side was reset.
  static bool pass_some(const Connection& connection, const Treatment& treatment, Way& up,
                        Way& down) {
    std::array<pollfd, 3> waits{pollfd{connection.woken.get(), POLLIN, 0}, pollfd{-1, 0, 0},
                                pollfd{-1, 0, 0}};
    auto wait = std::chrono::milliseconds(-1);
    if (!treatment.is_frozen) {
      wait = std::min(add_wait(up, waits[1], waits[2]), add_wait(down, waits[2], waits[1]));
      if (wait == longest_wait) wait = std::chrono::milliseconds(-1);
    }
    poll(waits.data(), waits.size(), static_cast<int>(wait.count()));
    if (waits[0].revents != 0) {
      std::uint64_t count = 0;
      static_cast<void>(!::read(connection.woken.get(), &count, sizeof count));
      return true;
    }
    for (Way* const way : {&up, &down}) {
      if (treatment.is_frozen) continue;
      const auto readable = way == &up ? waits[1].revents : waits[2].revents;
      if (way->is_due(steady_clock::now()) && !way->write()) return false;
      if (way->held.empty() && !way->has_ended && readable != 0 && !way->read(treatment)) {
        return false;
      }
    }
    return true;
  }

  /// What a way waits for; and how long, where it holds something back for a time.
  static std::chrono::milliseconds add_wait(const Way& way, pollfd& source, pollfd& target) {
    const auto now = steady_clock::now();
    if (way.is_due(now)) {
      target.fd = way.target;
      target.events = static_cast<short>(target.events | POLLOUT);
    } else if (!way.held.empty()) {
      return std::chrono::ceil<std::chrono::milliseconds>(way.due - now);
    } else if (!way.has_ended) {
      source.fd = way.source;
      source.events = static_cast<short>(source.events | POLLIN);
    }
    return longest_wait;
  }

  std::pair<Treatment, End> look(const Connection& connection) {
    const std::lock_guard lock(mutex);
    return {treatment, connection.end};
  }

  /// Whether the limit still holds, which another connection may have used up.
  bool may_reset(const Treatment& used) {
    const std::lock_guard lock(mutex);
    if (treatment.number != used.number || treatment.times == 0) return false;
    if (treatment.times > 0) --treatment.times;
    if (treatment.times == 0) treatment.most_bytes = -1;
    ++resets;
    return true;
  }

  void end_all(End end) {
    const std::lock_guard lock(mutex);
    for (Connection* const connection : open) {
      connection->end = end;
      connection->wake();
    }
  }
  template <class Change> void treat(Change change) {
    const std::lock_guard lock(mutex);
    change(treatment);
    for (const Connection* const connection : open) connection->wake();
  }

  static constexpr auto longest_wait = std::chrono::milliseconds(60'000);

  const std::uint16_t server_port;
  std::mutex mutex{};
  std::set<Connection*> open{};  // guarded by mutex, as what follows
  Treatment treatment{};
  bool is_over = false;
  int resets = 0;
  // last: its threads use all of the above
  SocketServer listening{[this](int client) { carry(client); }};
};

Relay::Relay(std::uint16_t port) : state_(std::make_shared<State>(port)) {}

Relay::~Relay() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->is_over = true;
  }
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

int Relay::resets() const {
  const std::lock_guard lock(state_->mutex);
  return state_->resets;
}

void Relay::reset_after(From side, std::int64_t bytes, int times) {
  state_->treat([&](Treatment& treatment) {
    treatment.times = times;
    ++treatment.number;
    treatment.counted = side;
    treatment.most_bytes = bytes;
  });
}

void Relay::reset_all() {
  state_->end_all(End::reset);
}

void Relay::close_all() {
  state_->end_all(End::close);
}

void Relay::freeze() {
  state_->treat([](Treatment& treatment) { treatment.is_frozen = true; });
}

void Relay::slow_down(std::chrono::milliseconds delay) {
  state_->treat([&](Treatment& treatment) { treatment.delay = delay; });
}

void Relay::heal() {
  state_->treat(
      [](Treatment& treatment) { treatment = Treatment{.number = treatment.number + 1}; });
}

}  // namespace globus_sdk_test
