// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/errors.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/base/random.hpp"

namespace globus_sandbox::auth {

namespace json = boost::json;

namespace {

/// As Globus Auth has it, for which a 403 is "Unauthorized", too.
std::string_view title_of(int status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 401:
    case 403:
      return "Unauthorized";
    case 404:
      return "Not Found";
    case 409:
      return "Conflict";
    case 501:
      return "Not Implemented";
    default:
      return "Internal Server Error";
  }
}

}  // namespace

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

HttpResponse api_error(const ServiceError& error) {
  const std::string_view title = title_of(error.status());
  std::string name = lower_case(title);
  std::replace(name.begin(), name.end(), ' ', '_');
  json::object entry{{"id", random_uuid()},
                     {"status", std::to_string(error.status())},
                     {"code", to_capitals(error.code())},
                     {"title", title},
                     {"detail", error.message()}};
  for (const auto& [field, value] : error.more()) entry[field] = value;
  HttpResponse response = json_response(
      error.status(),
      json::object{{"errors", json::array{entry}}, {"error", name}, {"error_description", title}});
  if (error.status() == 401)
    response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"Globus Auth\"");
  return response;
}

ServiceError unauthorized() {
  return {401, "UNAUTHORIZED", "Call must be authenticated with a valid access token or client"};
}

ServiceError forbidden(const std::string& detail) {
  return {403, "FORBIDDEN", detail};
}

ServiceError bad_parameter(const std::string& detail) {
  return {400, "INVALID_PARAMETER", detail};
}

ServiceError not_found(const std::string& detail) {
  return {404, "NOT_FOUND", detail};
}

}  // namespace globus_sandbox::auth
