// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sandbox/auth/context.hpp"
#include "sandbox/server/http.hpp"

namespace globus_sandbox::auth {

/// `GET` and `POST /v2/oauth2/userinfo`.
HttpResponse userinfo_endpoint(AuthContext& context, const HttpRequest& request);
/// `GET /v2/api/identities`: by `ids` or by `usernames`, which `provision=true` makes where they
/// lack.
HttpResponse identities_endpoint(AuthContext& context, const HttpRequest& request);
/// `GET /v2/api/identities/<id>`.
HttpResponse identity_endpoint(AuthContext& context, const HttpRequest& request);
/// `GET /v2/api/identities/<id>/consents`.
HttpResponse consents_endpoint(AuthContext& context, const HttpRequest& request);
/// `GET /v2/api/identity_providers`: by `ids` or by `domains`.
HttpResponse identity_providers_endpoint(AuthContext& context, const HttpRequest& request);

}  // namespace globus_sandbox::auth
