// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/policy_endpoints.hpp"

#include <boost/json.hpp>

#include "sandbox/auth/body_fields.hpp"
#include "sandbox/auth/errors.hpp"
#include "sandbox/auth/project_access.hpp"
#include "sandbox/base/database.hpp"

namespace globus_sandbox::auth {

namespace json = boost::json;

namespace {

std::string project_of(const json::object& policy) {
  return std::string(policy.at("project_id").as_string());
}

/// Seconds, or null.
json::value timeout_field(const json::object& document) {
  const json::value* value = document.if_contains("authentication_assurance_timeout");
  if (!value || value->is_null()) return nullptr;
  const std::int64_t* seconds = value->if_int64();
  if (!seconds || *seconds < 1)
    throw bad_parameter("'authentication_assurance_timeout' must be a positive integer");
  return *seconds;
}

/// A list of domains, or null for any.
json::value domains_field(const json::object& document, const char* name) {
  const json::value* value = document.if_contains(name);
  if (!value || value->is_null()) return nullptr;
  return to_array(list_field(document, name));
}

json::object read_new(const json::object& document) {
  return {{"project_id", uuid_field(document, "project_id")},
          {"display_name", required_text(document, "display_name")},
          {"description", required_text(document, "description")},
          {"high_assurance", flag_field(document, "high_assurance", false)},
          {"required_mfa", flag_field(document, "required_mfa", false)},
          {"authentication_assurance_timeout", timeout_field(document)},
          {"domain_constraints_include", domains_field(document, "domain_constraints_include")},
          {"domain_constraints_exclude", domains_field(document, "domain_constraints_exclude")}};
}

/// Takes over what the document has of a policy's fields.
void update(const json::object& document, json::object& policy) {
  if (flag_field(document, "high_assurance", policy.at("high_assurance").as_bool()) !=
      policy.at("high_assurance").as_bool())
    throw bad_parameter("'high_assurance' cannot be changed");
  if (has_field(document, "project_id")) policy["project_id"] = uuid_field(document, "project_id");
  for (const char* name : {"display_name", "description"})
    if (has_field(document, name)) policy[name] = required_text(document, name);
  policy["required_mfa"] =
      flag_field(document, "required_mfa", policy.at("required_mfa").as_bool());
  if (has_field(document, "authentication_assurance_timeout"))
    policy["authentication_assurance_timeout"] = timeout_field(document);
  for (const char* name : {"domain_constraints_include", "domain_constraints_exclude"})
    if (has_field(document, name)) policy[name] = domains_field(document, name);
}

void check(const AuthContext& context, const std::string& user, const json::object& policy) {
  const std::string project = project_of(policy);
  if (project.empty()) throw bad_parameter("'project_id' is missing");
  administered_project(context, user, project);
  if (policy.at("required_mfa").as_bool() && !policy.at("high_assurance").as_bool())
    throw bad_parameter("'required_mfa' needs a policy of 'high_assurance'");
}

HttpResponse answer(const json::object& policy) {
  return json_response(200, json::object{{"policy", policy}});
}

}  // namespace

HttpResponse policies_endpoint(AuthContext& context, const HttpRequest& request) {
  const std::string user = require_manager(context, request);
  if (request.method == "POST") {
    const json::object policy = read_new(read_document(request, "policy"));
    check(context, user, policy);
    return answer(context.policies.add(project_of(policy), policy));
  }
  json::array list;
  for (const auto& project : administered_projects(context, user))
    for (auto& policy : context.policies.of_owner(id_of(project)))
      list.emplace_back(std::move(policy));
  return json_response(200, json::object{{"policies", std::move(list)}});
}

HttpResponse policy_endpoint(AuthContext& context, const HttpRequest& request) {
  const std::string& id = request.ids.at(0);
  const std::string user = require_manager(context, request);
  json::object policy;
  context.database.transaction([&] {
    const auto found = context.policies.find(id);
    if (!found) throw not_found("There is no policy '" + id + "'");
    policy = *found;
    administered_project(context, user, project_of(policy));
    if (request.method == "PUT") {
      update(read_document(request, "policy"), policy);
      check(context, user, policy);
      context.policies.replace(project_of(policy), policy);
    } else if (request.method == "DELETE") {
      context.policies.remove(id);
    }
  });
  return answer(policy);
}

}  // namespace globus_sandbox::auth
