// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sandbox/auth/context.hpp"
#include "sandbox/server/http.hpp"

namespace globus_sandbox::auth {

/// `GET /v2/api/scopes`: by `ids` or by `scope_strings`, or else those of the clients that the user
/// who asks manages.
HttpResponse scopes_endpoint(AuthContext& context, const HttpRequest& request);
/// `GET`, `PUT` and `DELETE /v2/api/scopes/<id>`.
HttpResponse scope_endpoint(AuthContext& context, const HttpRequest& request);
/// `POST /v2/api/clients/<id>/scopes`, by who manages the client.
HttpResponse client_scopes_endpoint(AuthContext& context, const HttpRequest& request);

}  // namespace globus_sandbox::auth
