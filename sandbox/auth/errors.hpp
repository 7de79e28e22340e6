// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sandbox/server/http.hpp"
#include "sandbox/server/service_error.hpp"

namespace globus_sandbox::auth {

/// An OAuth2 error (RFC 6749, section 5.2). A 401 names the Basic scheme.
HttpResponse oauth_error(int status, std::string_view error, std::string_view description = {});

/// The answer to a resource server whose token the user gave no consent of these scopes for.
HttpResponse dependent_consent_required(const std::vector<std::string>& unapproved_scopes);

/// An error of Globus Auth's API: a JSON:API list of one, and OAuth2's two fields.
HttpResponse api_error(const ServiceError& error);

/// A request without good credentials.
ServiceError unauthorized();
/// A request whose token or client may not do this.
ServiceError forbidden(const std::string& detail);
/// A request whose parameter is wrong; the detail names it.
ServiceError bad_parameter(const std::string& detail);
/// There is no such thing.
ServiceError not_found(const std::string& detail);

}  // namespace globus_sandbox::auth
