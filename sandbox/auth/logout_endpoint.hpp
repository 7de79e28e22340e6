// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sandbox/auth/context.hpp"
#include "sandbox/server/http.hpp"

namespace globus_sandbox::auth {

/// `GET /v2/web/logout`: the browser is no longer logged in; what was issued to clients stays good.
/// `client_id`, `redirect_uri` and `redirect_name` say what the page shows.
HttpResponse logout_endpoint(AuthContext& context, const HttpRequest& request);

}  // namespace globus_sandbox::auth
