// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sandbox/auth/context.hpp"
#include "sandbox/server/http.hpp"

namespace globus_sandbox::auth {

/// `GET` and `POST /v2/oauth2/authorize`: asks the user, or consents by itself, and sends a code
/// back.
HttpResponse authorize_endpoint(AuthContext& context, const HttpRequest& request);

/// `GET /v2/web/auth-code`: shows a code to a user who has to copy it.
HttpResponse auth_code_page(const HttpRequest& request);

}  // namespace globus_sandbox::auth
