// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sandbox/auth/context.hpp"
#include "sandbox/server/http.hpp"

namespace globus_sandbox::auth {

/// `POST /v2/oauth2/token`: every grant.
HttpResponse token_endpoint(AuthContext& context, const HttpRequest& request);

/// `POST /v2/oauth2/token/introspect`, `.../validate` and `.../revoke`.
HttpResponse introspect_endpoint(AuthContext& context, const HttpRequest& request);
HttpResponse validate_endpoint(AuthContext& context, const HttpRequest& request);
HttpResponse revoke_endpoint(AuthContext& context, const HttpRequest& request);

}  // namespace globus_sandbox::auth
