// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/base/clock.hpp"

namespace globus_sandbox {
class Database;
}

namespace globus_sandbox::auth {

/// What an authorization code stands for.
struct AuthorizationCode {
  std::string code{};
  std::string client{};
  std::string identity{};
  std::string redirect_uri{};
  std::vector<std::string> scopes{};
  std::string challenge{};  ///< of PKCE, by S256; empty without
  bool offline = false;     ///< refresh tokens were asked for
  std::optional<std::string> state{};
  std::string nonce{};
  std::string session{};
  std::string grant{};
  Instant expires{};
  bool used = false;
};

/// The codes that logins led to.
class Codes {
 public:
  explicit Codes(Database& database);

  /// Keeps a new code, which is good for ten minutes.
  AuthorizationCode add(AuthorizationCode code);
  std::optional<AuthorizationCode> find(std::string_view code) const;
  /// Marks a code as used; false when it already was.
  bool use(std::string_view code);

 private:
  Database& database_;
};

}  // namespace globus_sandbox::auth
