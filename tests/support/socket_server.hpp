// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace globus_sdk_test {

/// A server on loopback that hands each connection, as a socket, to a function in a thread of its
/// own. The socket is closed when the function returns; it is shut down when the server ends.
class SocketServer {
 public:
  using Serve = std::function<void(int descriptor)>;

  explicit SocketServer(Serve serve);
  ~SocketServer();
  SocketServer(const SocketServer&) = delete;
  SocketServer& operator=(const SocketServer&) = delete;

  std::uint16_t port() const;
  /// `http://127.0.0.1:PORT`
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port()); }
  /// Connections accepted so far.
  int connections() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace globus_sdk_test
