// SPDX-License-Identifier: Apache-2.0
#include "sandbox/control/requirement.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

#include "sandbox/base/random.hpp"
#include "sandbox/control/fault_plan.hpp"
#include "sandbox/server/directory.hpp"

namespace globus_sandbox {

namespace json = boost::json;

namespace {

constexpr std::array<std::string_view, 7> parameters{"session_message",
                                                     "session_required_identities",
                                                     "session_required_single_domain",
                                                     "session_required_policies",
                                                     "session_required_mfa",
                                                     "required_scopes",
                                                     "prompt"};

bool is_about_consents_only(const json::object& require) {
  return require.contains("required_scopes") &&
         std::all_of(require.begin(), require.end(), [](const auto& each) {
           return each.key() == "required_scopes" || each.key() == "session_message";
         });
}

std::string resource_of(const HttpRequest& request) {
  const auto slash = request.raw_path.find('/', 1);
  return slash == std::string::npos ? "/" : percent_decode(request.raw_path.substr(slash));
}

HttpResponse refusal(const json::object& require, const std::string& resource) {
  const bool consents = is_about_consents_only(require);
  json::object document{
      {"code", consents ? "ConsentRequired" : "AuthorizationRequired"},
      {"message", consents ? "Missing required consents" : "The session does not do for this"},
      {"request_id", random_request_id()},
      {"resource", resource},
      {"authorization_parameters", require}};
  if (consents) document["required_scopes"] = require.at("required_scopes");
  return json_response(403, document);
}

}  // namespace

std::optional<HttpResponse> answer_to_unmet_requirement(FaultPlan& faults,
                                                        const Directory& directory,
                                                        const HttpRequest& request) {
  const auto token = bearer_of(request);
  if (!token) return std::nullopt;
  const auto has = [&](const json::object& require, Instant since) {
    const auto caller = directory.authenticate(*token);
    return !caller ||
           directory.meets(*caller, require, require.contains("prompt") ? since : Instant{});
  };
  const json::object open = faults.take_requirement(request.method, request.raw_path, has);
  if (open.empty()) return std::nullopt;
  return refusal(open, resource_of(request));
}

void check_requirement(const Directory& directory, const json::object& require) {
  for (const auto& [name, value] : require)
    if (std::find(parameters.begin(), parameters.end(), name) == parameters.end())
      throw std::invalid_argument("'require': '" + std::string(name) + "' is not known here");
  directory.check_authorization_parameters(require);
}

}  // namespace globus_sandbox
