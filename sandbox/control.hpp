// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "http.hpp"

namespace globus_sandbox {

class FaultPlan;
class RequestLog;
class TransferService;
namespace auth {
class AuthService;
}

/// What lives under `/_sandbox/`: how a test or a person at the keyboard looks into a sandbox and
/// steers it. JSON in and out, for whom `Admission` lets in; a mistake gets a 400 whose `error`
/// names the field.
///
///     POST   reset                              as after the start; answers with the description
///     GET    state                              users, clients, collections, tasks
///     POST   expire       {token}               the token is expired from now on
///     POST   revoke       {token}
///     GET    requests                           since the last DELETE: time, method, path, status
///     DELETE requests
///     POST   faults       {method, path, count, and one of: status with headers and body; delay;
///                          drop: "before" | "after"; truncate; require: {authorization
///                          parameters}}
///     DELETE faults
///     POST   collections  {name, path, and if you like the fields that PATCH takes}
///     PATCH  collections  {collection, and any of: entity_type, high_assurance,
///                          authentication_assurance_timeout, session_message,
///                          session_required_identities, session_required_single_domain,
///                          session_required_policies, session_required_mfa}
///     POST   users        {username, and if you like: id, name, email, organization,
///                          linked_to: id or username of the user whose identity it becomes,
///                          mfa: whether it can show a second factor}
///     POST   credentials  {collection, expired}    a collection's credentials
///     POST   data_access  {collection, required}   whether it asks for that consent
///     POST   bandwidth    {bytes_per_second}       of every task; 0 is as fast as it goes
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
  HttpResponse answer(const HttpRequest& request);

 private:
  Parts parts_;
};

}  // namespace globus_sandbox
