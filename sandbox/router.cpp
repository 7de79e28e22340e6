// SPDX-License-Identifier: Apache-2.0
#include "router.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "auth/auth_service.hpp"
#include "auth/credentials.hpp"
#include "random.hpp"
#include "transfer/transfer_service.hpp"

namespace globus_sandbox {

namespace json = boost::json;

namespace {

constexpr std::string_view transfer_scope = "urn:globus:auth:scope:transfer.api.globus.org:all";

/// An error in the format that Transfer has.
HttpResponse refusal(int status, std::string_view code, const std::string& message,
                     const std::string& resource) {
  return json_response(status, json::object{{"code", code},
                                            {"message", message},
                                            {"request_id", random_request_id()},
                                            {"resource", resource}});
}

}  // namespace

HttpResponse Router::answer(HttpRequest request) {
  const auto end = std::min(request.raw_path.find('/', 1), request.raw_path.size());
  const std::string service = request.raw_path.substr(0, end);
  request.path = percent_decode(std::string_view(request.raw_path).substr(end));
  if (request.path.empty()) request.path = "/";
  if (service == "/auth") return auth_.handle(request);
  if (service == "/transfer") return answer_transfer(request);
  for (const char* other : {"/groups", "/search", "/flows", "/timer", "/compute", "/nexus"})
    if (service == other)
      return refusal(501, "NotImplemented",
                     "globus-sandbox has no service '" + service.substr(1) + "'", request.path);
  return refusal(404, "NotFound", "globus-sandbox serves nothing at this path", request.raw_path);
}

HttpResponse Router::answer_transfer(const HttpRequest& request) {
  const auto token = auth::bearer_of(request);
  const auto who = token ? auth_.authenticate(*token) : std::nullopt;
  if (!who) {
    HttpResponse response = refusal(401, "AuthenticationFailed",
                                    token ? "The access token is expired, revoked or unknown"
                                          : "The request carries no access token",
                                    request.path);
    response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"urn:globus:transfer\"");
    return response;
  }
  const auto& scopes = who->caller.scopes;
  if (who->resource_server != "transfer.api.globus.org" ||
      std::find(scopes.begin(), scopes.end(), transfer_scope) == scopes.end())
    return refusal(403, "PermissionDenied",
                   "The access token lacks the scope '" + std::string(transfer_scope) + "'",
                   request.path);
  return transfer_.handle(request, who->caller);
}

}  // namespace globus_sandbox
