// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "sandbox/auth/identities.hpp"
#include "sandbox/auth/sessions.hpp"

namespace globus_sandbox::auth {

/// What a login has to lead to, beyond somebody being there.
struct SessionRequirements {
  std::vector<std::string> identities{};        ///< each of these, by id or username
  std::vector<std::string> domains{};           ///< any one of these
  std::vector<boost::json::object> policies{};  ///< each of these documents
  bool multi_factor = false;
  Instant since{};  ///< authentications before this count for nothing

  /// Whether whoever logs in now has to show a second factor.
  bool ask_for_second_factor() const;
  /// Whether only certain logins will do; else anybody's does.
  bool name_who() const;
};

/// Compares sessions with requirements: pure functions of what it was made of.
class SessionJudge {
 public:
  /// @param identities among which those of every session's user are
  /// @param now which timeouts are counted from
  SessionJudge(std::vector<Identity> identities, SessionRequirements requirements, Instant now);

  /// How many requirements the session leaves open. Where there are none, somebody has to have
  /// authenticated all the same.
  int open(const Session& session) const;
  /// Those who may log in now. With `anyone`: all whose identities can meet the requirements
  /// together; else only those who bring the session closer to them.
  std::vector<Identity> candidates(const Session& session, bool anyone) const;

 private:
  bool meets(const boost::json::object& policy, const Session& session) const;
  const Identity* find(const std::string& id) const;
  Authentication now_as(const Identity& identity) const;
  /// The session that a login as this identity adds to: its user's own, or else a new one.
  Session base(const Session& session, const Identity& identity) const;

  std::vector<Identity> identities_;
  SessionRequirements requirements_;
  Instant now_;
};

}  // namespace globus_sandbox::auth
