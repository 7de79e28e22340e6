// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "sandbox/auth/context.hpp"

namespace globus_sandbox::auth {

/// What a token's scopes let its holder know of an identity: `sub` always, names with `profile`,
/// the address with `email`, the identity set with `view_identity_set`.
boost::json::object identity_claims(const AuthContext& context, const Token& token);

/// A signed id token that goes with an access token. An empty nonce is left out.
std::string make_id_token(AuthContext& context, const Token& access_token,
                          const std::string& nonce);

}  // namespace globus_sandbox::auth
