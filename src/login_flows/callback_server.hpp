// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "login_flows/callback.hpp"

namespace globus_sdk::inline v0::detail {

/// A server on 127.0.0.1 that waits for one callback. Every other request gets an answer that a
/// person can understand, and changes nothing. The server works only within serve_until, in the
/// thread that calls it.
class CallbackServer {
 public:
  /// @param port 0 for one that the system chooses.
  /// @throws LocalServerLoginError when the port cannot be used.
  CallbackServer(std::uint16_t port, std::string state, std::string html_template);
  ~CallbackServer();
  CallbackServer(const CallbackServer&) = delete;
  CallbackServer& operator=(const CallbackServer&) = delete;

  /// The URI to which Globus Auth sends the user.
  std::string redirect_uri() const;

  /// Serves until the callback has come and its page has gone out; nothing when that is not before
  /// `until`, or interrupt was called.
  std::optional<Callback> serve_until(std::chrono::steady_clock::time_point until);

  /// Makes serve_until return; from any thread.
  void interrupt() noexcept;

 private:
  class Core;
  std::unique_ptr<Core> core_;
};

}  // namespace globus_sdk::inline v0::detail
