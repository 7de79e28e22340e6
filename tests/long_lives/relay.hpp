// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace globus_sdk_test {

/// Stands between a client and a server of this machine, bytes untouched, so that what happens to
/// connections can be counted, and done to them, whatever they carry.
class Relay {
 public:
  /// @param port of the server on 127.0.0.1
  explicit Relay(std::uint16_t port);
  ~Relay();
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  std::uint16_t port() const;
  /// The URL with this relay's port in place of the server's.
  std::string url(std::string server_url) const;

  /// Connections accepted so far.
  int connections() const;
  /// From now on a connection is reset once the client has sent so many bytes over it.
  void reset_after(std::int64_t bytes);
  /// Ends all connections that are open, as a server does that has had enough of idle ones.
  void close_all();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace globus_sdk_test
