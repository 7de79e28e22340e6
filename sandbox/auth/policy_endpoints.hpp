// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "../server/http.hpp"
#include "context.hpp"

namespace globus_sandbox::auth {

/// `GET` and `POST /v2/api/policies`, for a user who manages projects.
HttpResponse policies_endpoint(AuthContext& context, const HttpRequest& request);
/// `GET`, `PUT` and `DELETE /v2/api/policies/<id>`, for the administrators of its project.
HttpResponse policy_endpoint(AuthContext& context, const HttpRequest& request);

}  // namespace globus_sandbox::auth
