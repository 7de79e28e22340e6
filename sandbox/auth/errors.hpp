// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "../http.hpp"

namespace globus_sandbox::auth {

/// Thrown where a request cannot be served: the answer that it gets instead.
struct Refusal {
  HttpResponse response;
};

/// An OAuth2 error (RFC 6749, section 5.2). A 401 names the Basic scheme.
HttpResponse oauth_error(int status, std::string_view error, std::string_view description = {});

/// The answer to a resource server whose token the user gave no consent of these scopes for.
HttpResponse dependent_consent_required(const std::vector<std::string>& unapproved_scopes);

/// An error of Globus Auth's API: a JSON:API list of one, and OAuth2's two fields.
HttpResponse api_error(int status, std::string_view code, std::string_view title,
                       const std::string& detail);

/// The answer to a request without good credentials.
HttpResponse unauthorized();
/// The answer to a request whose token or client may not do this.
HttpResponse forbidden(const std::string& detail);
/// The answer to a request whose parameter is wrong; the detail names it.
HttpResponse bad_parameter(const std::string& detail);
/// The answer where there is no such thing.
HttpResponse not_found(const std::string& detail);

}  // namespace globus_sandbox::auth
