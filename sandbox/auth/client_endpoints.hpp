// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sandbox/auth/context.hpp"
#include "sandbox/server/http.hpp"

namespace globus_sandbox::auth {

/// `POST /v2/api/clients`: an instance of a template, without authorization; a child of the client
/// that asks; or a client of a project, for a user. `GET`: those of the user's projects.
HttpResponse clients_endpoint(AuthContext& context, const HttpRequest& request);
/// `GET`, `PUT` and `DELETE /v2/api/clients/<id>`, by who manages the client.
HttpResponse client_endpoint(AuthContext& context, const HttpRequest& request);
/// `GET` and `POST /v2/api/clients/<id>/credentials`.
HttpResponse credentials_endpoint(AuthContext& context, const HttpRequest& request);
/// `DELETE /v2/api/clients/<client>/credentials/<id>`.
HttpResponse credential_endpoint(AuthContext& context, const HttpRequest& request);

}  // namespace globus_sandbox::auth
