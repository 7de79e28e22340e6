// SPDX-License-Identifier: Apache-2.0
#pragma once

// Ports for servers that are not ours and take no port 0.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <system_error>

#include "support/loopback_socket.hpp"

namespace globus_sdk_test {

/// A port of 127.0.0.1 that nobody listens on now. Another program may be faster to take it.
inline std::uint16_t free_port() {
  const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  const bool is_bound = bind(probe, any, size) == 0 && getsockname(probe, any, &size) == 0;
  const int error = errno;
  close(probe);
  if (!is_bound) throw std::system_error(error, std::generic_category(), "no free port");
  return ntohs(address.sin_port);
}

inline bool accepts_connections(std::uint16_t port) {
  try {
    const LoopbackSocket socket(port);
    return true;
  } catch (const std::system_error&) {
    return false;
  }
}

}  // namespace globus_sdk_test
