// SPDX-License-Identifier: Apache-2.0
// Who is at the other end of a connection.
#include "sandbox/peer_user.hpp"

#include <gtest/gtest.h>

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

TEST(PeerUser, IsNobodyWhereALaterConnectionHasTheSamePorts) {
  const Listener listener;
  LoopbackSocket first(listener.port());
  first.write("a request");
  const std::uint16_t port = port_of(first);
  const int accepted = listener.take();
  first.reset();
  const int second = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  ASSERT_EQ(bind(second, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  address.sin_port = htons(listener.port());
  ASSERT_EQ(connect(second, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  const int accepted_later = listener.take();
  EXPECT_EQ(user_at_other_end(accepted_later), geteuid());
  char text[16];
  EXPECT_EQ(recv(accepted, text, sizeof text, 0), 9) << "what came first can still be read";
  EXPECT_EQ(user_at_other_end(accepted), std::nullopt);
  for (const int handle : {accepted, second, accepted_later}) close(handle);
}

TEST(PeerUser, IsNobodyWhereSomebodyListensAtThePort) {
  const Listener listener;
  LoopbackSocket client(listener.port());
  const std::uint16_t port = port_of(client);
  const int accepted = listener.take();
  client.reset();
  const int other = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  ASSERT_EQ(bind(other, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  ASSERT_EQ(listen(other, 1), 0);
  EXPECT_EQ(user_at_other_end(accepted), std::nullopt);
  close(other);
  close(accepted);
}
