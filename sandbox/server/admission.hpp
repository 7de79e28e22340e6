// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sandbox/server/server.hpp"

namespace globus_sandbox {

/// Whom a sandbox answers: the user who started it, and no page of another site in that user's
/// browser. A request is judged by its head, before it has any effect.
class Admission {
 public:
  /// @param scheme `http` or `https`.
  /// @param serve_everyone whether the services answer all users; control never does.
  /// @param control_secret what opens control to those who are not known to be the owner.
  Admission(std::string scheme, std::uint16_t port, bool serve_everyone,
            std::string control_secret);

  /// What a request is refused with; nothing when it may go on.
  std::optional<HttpResponse> refuse(const IncomingRequest& incoming) const;

 private:
  std::optional<HttpResponse> refuse_user(const IncomingRequest& incoming) const;
  bool is_of_another_site(const HttpRequest& request) const;

  std::string scheme_;
  std::string port_;
  bool serve_everyone_;
  std::string control_secret_;
};

/// What the paths of control begin with.
inline constexpr std::string_view control_prefix = "/_sandbox/";

/// Whether a request is for control.
bool is_control(const HttpRequest& request);

}  // namespace globus_sandbox
