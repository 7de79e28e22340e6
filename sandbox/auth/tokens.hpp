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

/// An access token or a refresh token, and what it stands for.
struct Token {
  std::string text{};
  bool is_refresh = false;
  std::string client{};       ///< issued to
  std::string identity{};     ///< on behalf of
  std::string root_client{};  ///< the client that the consents in `paths` were given to
  std::vector<std::string>
      paths{};  ///< of consents; the last scope of each is a scope of the token
  std::string resource_server{};
  std::string session{};
  std::string grant{};  ///< what was issued together is revoked together
  Instant issued{};
  std::optional<Instant> expires{};  ///< none: never
  bool revoked = false;

  std::vector<std::string> scopes() const;
  bool active() const;
};

/// The tokens that were issued.
class Tokens {
 public:
  explicit Tokens(Database& database);

  /// Keeps a new token; an empty text is chosen, and the time of issue is now.
  Token add(Token token);
  std::optional<Token> find(std::string_view text) const;
  /// Revokes a token; false when it already was, or is none.
  bool revoke(std::string_view text);
  /// Revokes what was issued by one grant.
  void revoke_grant(std::string_view grant);
  /// Revokes the access tokens that go with a refresh token.
  void revoke_access_of(const Token& refresh_token);
  void revoke_client(std::string_view client);
  /// Makes a token expire now; false when it is none.
  bool expire(std::string_view text);
  /// Makes a token that never expires do so after that time.
  void begin_to_expire(std::string_view text, std::chrono::seconds left);

 private:
  Database& database_;
};

}  // namespace globus_sandbox::auth
