// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sandbox/auth/context.hpp"
#include "sandbox/server/http.hpp"

namespace globus_sandbox::auth {

/// `GET` and `POST /v2/api/policies`, for a user who manages projects.
HttpResponse policies_endpoint(AuthContext& context, const HttpRequest& request);
/// `GET`, `PUT` and `DELETE /v2/api/policies/<id>`, for the administrators of its project.
HttpResponse policy_endpoint(AuthContext& context, const HttpRequest& request);

}  // namespace globus_sandbox::auth
