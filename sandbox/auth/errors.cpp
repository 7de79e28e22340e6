// SPDX-License-Identifier: Apache-2.0
#include "errors.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "../random.hpp"

namespace globus_sandbox::auth {

namespace json = boost::json;

HttpResponse oauth_error(int status, std::string_view error, std::string_view description) {
  json::object document{{"error", error}};
  if (!description.empty()) document["error_description"] = description;
  HttpResponse response = json_response(status, document);
  response.headers.emplace_back("Cache-Control", "no-store");
  if (status == 401)
    response.headers.emplace_back("WWW-Authenticate", "Basic realm=\"Globus Auth\"");
  return response;
}

HttpResponse dependent_consent_required(const std::vector<std::string>& unapproved_scopes) {
  const json::object entry{{"id", random_uuid()},
                           {"status", "403"},
                           {"code", "DEPENDENT_CONSENT_REQUIRED"},
                           {"title", "Dependent consent required"},
                           {"detail", "The user has not consented to these scopes"},
                           {"unapproved_scopes", json::value_from(unapproved_scopes)}};
  return json_response(403, json::object{{"errors", json::array{entry}},
                                         {"error", "dependent_consent_required"},
                                         {"error_description", "Dependent consent required"}});
}

HttpResponse api_error(int status, std::string_view code, std::string_view title,
                       const std::string& detail) {
  std::string error = lower_case(title);
  std::replace(error.begin(), error.end(), ' ', '_');
  const json::object entry{{"id", random_uuid()},
                           {"status", std::to_string(status)},
                           {"code", code},
                           {"title", title},
                           {"detail", detail}};
  return json_response(
      status,
      json::object{{"errors", json::array{entry}}, {"error", error}, {"error_description", title}});
}

HttpResponse unauthorized() {
  HttpResponse response =
      api_error(401, "UNAUTHORIZED", "Unauthorized",
                "Call must be authenticated with a valid access token or client");
  response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"Globus Auth\"");
  return response;
}

HttpResponse forbidden(const std::string& detail) {
  return api_error(403, "FORBIDDEN", "Unauthorized", detail);
}

HttpResponse bad_parameter(const std::string& detail) {
  return api_error(400, "INVALID_PARAMETER", "Bad Request", detail);
}

HttpResponse not_found(const std::string& detail) {
  return api_error(404, "NOT_FOUND", "Not Found", detail);
}

}  // namespace globus_sandbox::auth
