// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/access_check.hpp"

#include <boost/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/auth/scopes.hpp"
#include "sandbox/auth/session_requirements.hpp"
#include "sandbox/base/clock.hpp"

namespace globus_sandbox::auth {

namespace json = boost::json;

namespace {

[[noreturn]] void wrong(std::string_view name, std::string_view what) {
  throw std::invalid_argument("'" + std::string(name) + "' " + std::string(what));
}

/// The field, unless it is missing or null.
const json::value* given(const json::object& parameters, std::string_view name) {
  const json::value* value = parameters.if_contains(name);
  return value && !value->is_null() ? value : nullptr;
}

std::vector<std::string> texts(const json::object& parameters, std::string_view name) {
  std::vector<std::string> result;
  const json::value* value = given(parameters, name);
  if (!value) return result;
  if (!value->is_array()) wrong(name, "must be a list of texts");
  for (const auto& each : value->get_array()) {
    if (!each.is_string()) wrong(name, "must be a list of texts");
    result.emplace_back(each.get_string());
  }
  return result;
}

SessionRequirements read_session(const AuthContext& context, const json::object& parameters) {
  SessionRequirements result;
  result.identities = texts(parameters, "session_required_identities");
  for (const auto& domain : texts(parameters, "session_required_single_domain"))
    result.domains.push_back(lower_case(domain));
  for (const auto& id : texts(parameters, "session_required_policies")) {
    const auto policy = context.policies.find(id);
    if (!policy) wrong("session_required_policies", "has '" + id + "', which is no policy");
    result.policies.push_back(*policy);
  }
  if (const json::value* multi_factor = given(parameters, "session_required_mfa")) {
    if (!multi_factor->is_bool()) wrong("session_required_mfa", "must be true or false");
    result.multi_factor = multi_factor->get_bool();
  }
  return result;
}

std::vector<RequestedScope> read_scopes(const json::object& parameters) {
  try {
    return parse_scopes(join(texts(parameters, "required_scopes"), " "));
  } catch (const std::invalid_argument& error) {
    wrong("required_scopes", error.what());
  }
}

bool session_meets(const AuthContext& context, const Caller& caller,
                   SessionRequirements requirements) {
  if (!requirements.name_who() && requirements.policies.empty() && requirements.since == Instant{})
    return true;
  const auto session = context.sessions.find(caller.session);
  const SessionJudge judge(context.identities.linked_with(caller.identity_id),
                           std::move(requirements), current_time());
  return session && judge.open(*session) == 0;
}

}  // namespace

bool meets(const AuthContext& context, const Caller& caller, const json::object& parameters,
           Instant since) {
  try {
    SessionRequirements requirements = read_session(context, parameters);
    requirements.since = since;
    return session_meets(context, caller, std::move(requirements)) &&
           context.consents.cover(caller.identity_id, caller.root_client, read_scopes(parameters),
                                  false);
  } catch (const std::invalid_argument&) {
    return false;  // a policy that is gone can be met by nobody
  }
}

void check_authorization_parameters(const AuthContext& context, const json::object& parameters) {
  read_session(context, parameters);
  const auto unknown = unknown_scopes(context, read_scopes(parameters));
  if (!unknown.empty()) wrong("required_scopes", "has unknown scopes: " + join(unknown, ", "));
  if (const json::value* message = given(parameters, "session_message"))
    if (!message->is_string()) wrong("session_message", "must be a text");
  if (const json::value* prompt = given(parameters, "prompt"))
    if (*prompt != json::value("login")) wrong("prompt", "must be 'login'");
}

}  // namespace globus_sandbox::auth
