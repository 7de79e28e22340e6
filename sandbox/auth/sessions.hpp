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

/// That somebody proved to be an identity.
struct Authentication {
  std::string identity;
  double time = 0;
  bool multi_factor = false;
};

/// What a browser, or a client for itself, logged in as. Tokens belong to the session that they
/// were issued in, and see what is added to it later.
struct Session {
  std::string id{};
  std::string identity_set{};                     ///< of one user: the id of the primary identity
  std::vector<Authentication> authentications{};  ///< one for each identity, the latest; by time

  const Authentication* find(std::string_view identity) const;
  /// The same session with one authentication more, or a newer one.
  Session with(Authentication authentication) const;
};

/// The sessions that there are.
class Sessions {
 public:
  explicit Sessions(Database& database);

  /// A new session, in which nobody has authenticated yet.
  Session start(const std::string& identity_set);
  /// Notes that the session's user authenticated now.
  void authenticate(const std::string& session, const std::string& identity, bool multi_factor);
  std::optional<Session> find(std::string_view id) const;

 private:
  Database& database_;
};

}  // namespace globus_sandbox::auth
