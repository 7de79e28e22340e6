// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>

#include "sandbox/auth/context.hpp"
#include "sandbox/server/http.hpp"

namespace globus_sandbox::auth {

/// Whether the session and the consents that a caller's token rests on have what these
/// authorization parameters ask for: `session_required_...` and `required_scopes`. Authentications
/// before `since` count for nothing.
bool meets(const AuthContext& context, const Caller& caller, const boost::json::object& parameters,
           Instant since);

/// Throws std::invalid_argument, with a message that names the field, for parameters that make no
/// sense. Fields that are none of them are somebody else's.
void check_authorization_parameters(const AuthContext& context,
                                    const boost::json::object& parameters);

}  // namespace globus_sandbox::auth
