// SPDX-License-Identifier: Apache-2.0
#include "support/hostile_server.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace globus_sdk_test {

namespace {

bool send_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

/// Reads a request with its body; false when the client goes.
bool read_request(int descriptor) {
  std::string input;
  std::array<char, 16384> buffer{};
  std::size_t needed = std::string::npos;
  while (input.size() < needed) {
    const ssize_t count = recv(descriptor, buffer.data(), buffer.size(), 0);
    if (count <= 0) return false;
    input.append(buffer.data(), static_cast<std::size_t>(count));
    const std::size_t head = input.find("\r\n\r\n");
    if (head == std::string::npos) continue;
    const std::size_t length = input.find("Content-Length: ");
    needed = head + 4 + (length < head ? std::stoul(input.substr(length + 16)) : 0);
  }
  return true;
}

void wait_for_the_client_to_go(int descriptor) {
  std::array<char, 4096> unread{};
  while (recv(descriptor, unread.data(), unread.size(), 0) > 0) {}
}

}  // namespace

HostileServer::HostileServer(Hostility hostility)
    : hostility_(std::move(hostility)), server_([this](int descriptor) { serve(descriptor); }) {}

void HostileServer::serve(int descriptor) const {
  using End = Hostility::End;
  while (true) {
    if (hostility_.reads_request && !read_request(descriptor)) return;
    if (!send_all(descriptor, hostility_.answer)) return;
    for (std::size_t sent = 0; !hostility_.endlessly.empty() && sent < hostility_.most;
         sent += hostility_.endlessly.size()) {
      if (!send_all(descriptor, hostility_.endlessly)) return;
    }
    if (hostility_.end == End::keep) continue;
    if (hostility_.end == End::stall) return wait_for_the_client_to_go(descriptor);
    if (hostility_.end == End::close) {
      shutdown(descriptor, SHUT_WR);
      return wait_for_the_client_to_go(descriptor);
    }
    const linger at_once{1, 0};
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    return;
  }
}

std::string http_answer(const std::string& status, const std::string& body,
                        const std::string& content_type) {
  return "HTTP/1.1 " + status + "\r\nContent-Type: " + content_type +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace globus_sdk_test
