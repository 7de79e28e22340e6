// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "../http.hpp"
#include "context.hpp"

namespace globus_sandbox::auth {

/// Who makes a request, and to whom the access token is meant to be shown.
struct Authenticated {
  Caller caller;
  std::string resource_server;
};

/// The sandbox's Globus Auth.
class AuthService {
 public:
  /// Makes its tables where they are missing.
  AuthService(Database& database, Settings& settings, AuthSettings how);

  /// Answers a request below the Auth prefix.
  HttpResponse handle(const HttpRequest& request);

  /// What a good access token stands for; nothing for any other text. What the user consented to as
  /// a dependency of the token's scopes counts as a scope of it, too.
  std::optional<Authenticated> authenticate(std::string_view access_token) const;

  /// What the service works with, for those who set it up and control it.
  AuthContext& context() { return context_; }
  const AuthContext& context() const { return context_; }
  /// Forgets everything but the key that signs id tokens.
  void reset();

 private:
  HttpResponse route(const HttpRequest& request);
  AuthContext context_;
};

}  // namespace globus_sandbox::auth
