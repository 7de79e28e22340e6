// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "sandbox/auth/context.hpp"

namespace globus_sandbox::auth {

/// What tokens are to be issued for.
struct Issue {
  std::string client{};
  std::string identity{};
  std::string root_client{};         ///< the client that the consents were given to
  std::vector<std::string> paths{};  ///< of consents, in the order in which they were asked for
  std::string session{};
  std::string grant{};
  bool refresh_tokens = false;
  bool id_token = false;  ///< where 'openid' is among the scopes
  std::optional<std::string> state{};
  std::string nonce{};
};

/// One answer for each resource server: the first is that of Auth when an id token belongs to it.
std::vector<boost::json::object> issue_tokens(AuthContext& context, const Issue& issue);

/// The same in the form of a token answer: the first, with the others in `other_tokens`.
boost::json::object issue_answer(AuthContext& context, const Issue& issue);

}  // namespace globus_sandbox::auth
