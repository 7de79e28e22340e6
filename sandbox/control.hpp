// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "http.hpp"
#include "server.hpp"

namespace globus_sandbox {

class FaultPlan;
class RequestLog;
class TransferService;
namespace auth {
class AuthService;
}

/// What lives under `/_sandbox/`: how a test or a person at the keyboard looks into a sandbox and
/// steers it. JSON in and out, for clients on this machine only.
class Control {
 public:
  struct Parts {
    auth::AuthService& auth;
    TransferService& transfer;
    RequestLog& log;
    FaultPlan& faults;
    std::function<void()> reset;               ///< back to how the sandbox began
    std::function<std::string()> description;  ///< the JSON that `serve` prints
    std::function<std::string()> owner;        ///< identity that owns new collections
  };
  explicit Control(Parts parts) : parts_(std::move(parts)) {}

  /// Answers a request whose path begins with `/_sandbox/`.
  HttpResponse answer(const IncomingRequest& incoming);

 private:
  Parts parts_;
};

}  // namespace globus_sandbox
