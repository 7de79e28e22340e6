// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "../http.hpp"
#include "context.hpp"

namespace globus_sandbox::auth {

/// `POST /v2/api/clients`: an instance of a template, without authorization; a child of the client
/// that asks; or a client of a project, for a user.
HttpResponse create_client_endpoint(AuthContext& context, const HttpRequest& request);
/// `GET` and `DELETE /v2/api/clients/<id>`, by the client itself, its parent, or a user.
HttpResponse client_endpoint(AuthContext& context, const HttpRequest& request,
                             const std::string& id);

}  // namespace globus_sandbox::auth
