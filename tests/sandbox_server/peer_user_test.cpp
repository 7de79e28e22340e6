// SPDX-License-Identifier: Apache-2.0
// Who is at the other end of a connection.
#include "sandbox/server/peer_user.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "support/loopback_socket.hpp"
#include "support/other_user.hpp"

namespace {

using globus_sandbox::user_at_other_end;
using globus_sdk_test::LoopbackSocket;

/// A socket that listens on 127.0.0.1, and what it accepts.
class Listener {
 public:
  Listener() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (bind(handle_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        listen(handle_, 16) != 0 ||
        getsockname(handle_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
      throw std::system_error(errno, std::generic_category(), "cannot listen");
    port_ = ntohs(address.sin_port);
  }
  ~Listener() { close(handle_); }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  std::uint16_t port() const { return port_; }
  int take() const { return accept4(handle_, nullptr, nullptr, SOCK_CLOEXEC); }

 private:
  int handle_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::uint16_t port_ = 0;
};

std::uint16_t port_of(const LoopbackSocket& socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  getsockname(socket.handle(), reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

}  // namespace

TEST(PeerUser, IsWhoHoldsTheOtherEnd) {
  const Listener listener;
  for (const auto address : {LoopbackSocket::Address::plain, LoopbackSocket::Address::mapped}) {
    const LoopbackSocket client(listener.port(), address);
    const int accepted = listener.take();
    EXPECT_EQ(user_at_other_end(accepted), geteuid());
    shutdown(client.handle(), SHUT_WR);
    EXPECT_EQ(user_at_other_end(accepted), geteuid()) << "it still waits for an answer";
    close(accepted);
  }
}

TEST(PeerUser, IsAnotherUserWhereThatOneConnects) {
  if (!globus_sdk_test::may_become_another_user())
    GTEST_SKIP() << "only root can become another user";
  const Listener listener;
  int told[2];
  ASSERT_EQ(pipe(told), 0);
  const pid_t child = globus_sdk_test::start_child([&] {
    close(told[1]);
    globus_sdk_test::become_other_user();
    const LoopbackSocket socket(listener.port());
    char byte = 0;
    static_cast<void>(!read(told[0], &byte, 1));  // until we have looked
  });
  close(told[0]);
  const int accepted = listener.take();
  EXPECT_EQ(user_at_other_end(accepted), globus_sdk_test::other_user);
  close(told[1]);
  EXPECT_EQ(globus_sdk_test::status_of(child), 0);
  EXPECT_EQ(user_at_other_end(accepted), std::nullopt);
  close(accepted);
}

TEST(PeerUser, IsNobodyOnceTheOtherEndIsClosed) {
  const Listener listener;
  for (const bool orderly : {true, false}) {
    LoopbackSocket client(listener.port());
    client.write("what was sent before that");
    const int accepted = listener.take();
    orderly ? client.close() : client.reset();
    EXPECT_EQ(user_at_other_end(accepted), std::nullopt);
    close(accepted);
  }
}

namespace {

/// A connection whose client has gone, and a socket that has the client's port.
struct TakenPort {
  int accepted = -1;
  int socket = -1;

  void close() {
    for (const int handle : {accepted, socket}) ::close(handle);
  }
};

/// Another program may be faster to take the port: then it is tried again with another one.
TakenPort take_port_of_client(const Listener& listener) {
  for (int attempt = 0; attempt < 100; ++attempt) {
    LoopbackSocket client(listener.port());
    client.write("a request");
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port_of(client));
    TakenPort taken{listener.take(), socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    client.reset();
    // or one of the many connections that other tests had there lingers on
    const int yes = 1;
    setsockopt(taken.socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(taken.socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
      return taken;
    }
    taken.close();
  }
  throw std::runtime_error("no port of a client that has gone is to be had");
}

}  // namespace

TEST(PeerUser, IsNobodyWhereALaterConnectionHasTheSamePorts) {
  const Listener listener;
  TakenPort taken = take_port_of_client(listener);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(listener.port());
  ASSERT_EQ(connect(taken.socket, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  const int accepted_later = listener.take();
  EXPECT_EQ(user_at_other_end(accepted_later), geteuid());
  char text[16];
  EXPECT_EQ(recv(taken.accepted, text, sizeof text, 0), 9) << "what came first can still be read";
  EXPECT_EQ(user_at_other_end(taken.accepted), std::nullopt);
  close(accepted_later);
  taken.close();
}

TEST(PeerUser, IsNobodyWhereSomebodyListensAtThePort) {
  const Listener listener;
  TakenPort taken = take_port_of_client(listener);
  ASSERT_EQ(listen(taken.socket, 1), 0);
  EXPECT_EQ(user_at_other_end(taken.accepted), std::nullopt);
  taken.close();
}
