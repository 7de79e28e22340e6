// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
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

  /// Whose bytes are meant.
  enum class From { client, server };
  /// From now on a connection passes on so many bytes more of one side, and is then reset on both.
  ///
  /// @param times how many connections are reset; all when negative.
  void reset_after(From side, std::int64_t bytes, int times = -1);
  /// How many connections that has reset.
  int resets() const;
  /// Resets all connections that are open.
  void reset_all();
  /// Ends all connections that are open, as a server does that has had enough of idle ones.
  void close_all();

  /// From now on nothing comes through, either way, as when a cable is pulled out: neither side
  /// learns that the other one has ended. New connections are made, and lead nowhere.
  void freeze();
  /// From now on each piece of what is sent arrives so much later.
  void slow_down(std::chrono::milliseconds delay);
  /// Nothing is frozen, slow or reset from now on. What was sent meanwhile arrives now, as TCP
  /// sends it again when the cable is back.
  void heal();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace globus_sdk_test
