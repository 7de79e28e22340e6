// SPDX-License-Identifier: Apache-2.0
#pragma once

// A bare connection to a server on this machine, for what no HTTP client would send.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace globus_sdk_test {

/// A TCP socket that is connected to a port of 127.0.0.1. An end of the connection, an error of it,
/// or a server that says nothing for 20 seconds, reads as an empty text.
class LoopbackSocket {
 public:
  /// The address is written as IPv4, or mapped into IPv6 (::ffff:127.0.0.1).
  enum class Address { plain, mapped };

  explicit LoopbackSocket(std::uint16_t port, Address address = Address::plain)
      : handle_(
            socket(address == Address::plain ? AF_INET : AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval patience{20, 0};
    setsockopt(handle_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    const int result = address == Address::plain ? connect_plain(port) : connect_mapped(port);
    if (result == 0) return;
    const int error = errno;
    ::close(handle_);
    throw std::system_error(error, std::generic_category(), "cannot connect");
  }
  LoopbackSocket(LoopbackSocket&& other) noexcept : handle_(std::exchange(other.handle_, -1)) {}
  LoopbackSocket& operator=(LoopbackSocket&&) = delete;
  ~LoopbackSocket() { close(); }

  void write(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t written = send(handle_, text.data(), text.size(), MSG_NOSIGNAL);
      if (written <= 0) return;
      text.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  std::string read_some() const {
    std::string text(4096, '\0');
    const ssize_t count = recv(handle_, text.data(), text.size(), 0);
    text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return text;
  }
  /// All that comes until the server closes.
  std::string read_all() const {
    std::string text;
    for (std::string part = read_some(); !part.empty(); part = read_some()) text += part;
    return text;
  }
  /// Closes it, and lets the other end know by a reset instead of an orderly end.
  void reset() {
    const linger at_once{1, 0};
    setsockopt(handle_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close();
  }
  void close() {
    if (handle_ >= 0) ::close(std::exchange(handle_, -1));
  }
  int handle() const { return handle_; }

 private:
  int connect_plain(std::uint16_t port) const {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return connect(handle_, reinterpret_cast<sockaddr*>(&address), sizeof address);
  }
  int connect_mapped(std::uint16_t port) const {
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(port);
    inet_pton(AF_INET6, "::ffff:127.0.0.1", &address.sin6_addr);
    return connect(handle_, reinterpret_cast<sockaddr*>(&address), sizeof address);
  }

  int handle_;
};

}  // namespace globus_sdk_test
