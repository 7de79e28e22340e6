// SPDX-License-Identifier: Apache-2.0
#include "sandbox/server/directory.hpp"

#include <algorithm>
#include <utility>

#include "sandbox/server/service_error.hpp"

namespace globus_sandbox {

std::optional<std::string> after_scheme(const HttpRequest& request, std::string_view scheme) {
  const auto header = request.header("authorization");
  if (!header || header->size() <= scheme.size() || (*header)[scheme.size()] != ' ')
    return std::nullopt;
  if (lower_case(header->substr(0, scheme.size())) != lower_case(scheme)) return std::nullopt;
  const auto begin = header->find_first_not_of(' ', scheme.size());
  return begin == std::string::npos ? std::string{} : header->substr(begin);
}

std::optional<std::string> bearer_of(const HttpRequest& request) {
  return after_scheme(request, "Bearer");
}

Caller require_token(const Directory& directory, const HttpRequest& request) {
  const auto token = bearer_of(request);
  auto caller = token ? directory.authenticate(*token) : std::nullopt;
  if (!caller)
    throw ServiceError(401, "AuthenticationFailed",
                       token ? "The access token is expired, revoked or unknown"
                             : "The request carries no access token");
  return std::move(*caller);
}

Caller require_caller(const Directory& directory, const HttpRequest& request,
                      std::string_view resource_server, std::string_view scope) {
  Caller caller = require_token(directory, request);
  const auto& scopes = caller.scopes;
  if (caller.resource_server != resource_server ||
      std::find(scopes.begin(), scopes.end(), scope) == scopes.end())
    throw ServiceError(403, "PermissionDenied",
                       "The access token lacks the scope '" + std::string(scope) + "'");
  return caller;
}

}  // namespace globus_sandbox
