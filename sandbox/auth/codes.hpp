// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace globus_sandbox {
class Database;
}

namespace globus_sandbox::auth {

/// A login of an identity.
struct Session {
  std::string id;
  std::string identity;
  double authenticated = 0;
  bool multi_factor = false;
};

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
  double expires = 0;
  bool used = false;
};

/// Logins, and the codes that they led to.
class Codes {
 public:
  explicit Codes(Database& database);

  Session add_session(const std::string& identity, bool multi_factor);
  std::optional<Session> find_session(std::string_view id) const;

  /// Keeps a new code, which is good for ten minutes.
  AuthorizationCode add(AuthorizationCode code);
  std::optional<AuthorizationCode> find(std::string_view code) const;
  /// Marks a code as used; false when it already was.
  bool use(std::string_view code);

 private:
  Database& database_;
};

}  // namespace globus_sandbox::auth
