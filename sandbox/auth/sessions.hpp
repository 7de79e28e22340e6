// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/base/clock.hpp"

namespace globus_sandbox {
class Database;
class Row;
}  // namespace globus_sandbox

namespace globus_sandbox::auth {

/// That somebody proved to be an identity.
struct Authentication {
  std::string identity;
  Instant time{};
  bool multi_factor = false;
};

/// What a user proved to be. As at Globus there is one for each client in each browser, which
/// tokens belong to, so that they see what is added to it later; besides, one of the browser
/// itself, whose id is the secret of its cookie, and which the first visit to a client starts from.
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

  /// A new session of a browser, in which nobody has authenticated yet.
  Session start_browser(const std::string& identity_set);
  /// A new session of a client, with the authentications of a browser's, or without a browser.
  Session start(const std::string& client, const Session& browser);
  /// Notes that the session's user authenticated now.
  void authenticate(const std::string& session, const std::string& identity, bool multi_factor);
  /// Forgets a browser's, so that its cookie is worth nothing.
  void end_browser(std::string_view id);
  std::optional<Session> find(std::string_view id) const;
  /// Only that of a browser.
  std::optional<Session> find_browser(std::string_view id) const;
  /// The latest of a client in a browser.
  std::optional<Session> find_of_client(const std::string& client,
                                        const std::string& browser) const;

 private:
  std::optional<Session> first(const std::vector<Row>& rows) const;
  std::string add(const std::string& identity_set, const std::string& client,
                  const std::string& browser);

  Database& database_;
};

}  // namespace globus_sandbox::auth
