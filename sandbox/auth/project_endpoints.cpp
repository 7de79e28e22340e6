// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/project_endpoints.hpp"

#include <boost/json.hpp>

#include "sandbox/auth/body_fields.hpp"
#include "sandbox/auth/errors.hpp"
#include "sandbox/auth/project_access.hpp"
#include "sandbox/base/database.hpp"
#include "sandbox/base/uuid.hpp"

namespace globus_sandbox::auth {

namespace json = boost::json;

namespace {

json::value list_or_null(const std::vector<std::string>& ids) {
  return ids.empty() ? json::value(nullptr) : json::value(to_array(ids));
}

/// What the API adds to a project: its administrators in full.
json::object to_document(const AuthContext& context, json::object project) {
  json::array identities;
  if (const json::array* ids = project.at("admin_ids").if_array())
    for (const auto& id : *ids)
      if (const auto identity = context.identities.find(std::string(id.as_string())))
        identities.emplace_back(to_document(*identity));
  json::array groups;
  if (const json::array* ids = project.at("admin_group_ids").if_array())
    for (const auto& id : *ids)
      groups.emplace_back(json::object{
          {"id", id}, {"name", nullptr}, {"description", nullptr}, {"organization", nullptr}});
  // a copy, since a new member may move the others
  project.emplace("project_name", json::value(project.at("display_name")));
  project["admins"] =
      json::object{{"identities", std::move(identities)}, {"groups", std::move(groups)}};
  return project;
}

HttpResponse answer(const AuthContext& context, const json::object& project) {
  return json_response(200, json::object{{"project", to_document(context, project)}});
}

std::vector<std::string> uuids(const json::object& document, const char* name) {
  auto ids = list_field(document, name);
  for (auto& id : ids) {
    if (!is_uuid(id))
      throw bad_parameter("'" + std::string(name) + "' has '" + id + "', which is no UUID");
    id = canonical_uuid(id);
  }
  return ids;
}

/// Takes over what the document has of a project's fields.
void read(const AuthContext& context, const json::object& document, json::object& project) {
  for (const char* name : {"display_name", "contact_email"})
    if (!project.contains(name) || has_field(document, name))
      project[name] = required_text(document, name);
  if (has_field(document, "admin_ids")) {
    const auto ids = uuids(document, "admin_ids");
    for (const auto& id : ids)
      if (!context.identities.find(id))
        throw bad_parameter("'admin_ids' has '" + id + "', which is no identity");
    project["admin_ids"] = list_or_null(ids);
  }
  if (has_field(document, "admin_group_ids"))
    project["admin_group_ids"] = list_or_null(uuids(document, "admin_group_ids"));
  if (project.at("admin_ids").is_null() && project.at("admin_group_ids").is_null())
    throw bad_parameter("'admin_ids' or 'admin_group_ids' must name an administrator");
}

void remove(AuthContext& context, const json::object& project) {
  const std::string id = id_of(project);
  bool used = !context.policies.of_owner(id).empty();
  for (const auto& client : context.clients.all()) used = used || client.project == id;
  if (used) throw ServiceError(409, "CONFLICT", "The project has clients or policies still");
  context.projects.remove(id);
}

}  // namespace

HttpResponse projects_endpoint(AuthContext& context, const HttpRequest& request) {
  const std::string user = require_manager(context, request);
  if (request.method == "POST") {
    json::object project{{"admin_ids", nullptr}, {"admin_group_ids", nullptr}};
    read(context, read_document(request, "project"), project);
    return answer(context, context.projects.add(user, std::move(project)));
  }
  json::array list;
  for (const auto& project : administered_projects(context, user))
    list.emplace_back(to_document(context, project));
  return json_response(200, json::object{{"projects", std::move(list)}});
}

HttpResponse project_endpoint(AuthContext& context, const HttpRequest& request) {
  const std::string& id = request.ids.at(0);
  const std::string user = require_manager(context, request);
  json::object project;
  context.database.transaction([&] {
    project = administered_project(context, user, id);
    if (request.method == "PUT") {
      read(context, read_document(request, "project"), project);
      context.projects.replace(user, project);
    } else if (request.method == "DELETE") {
      remove(context, project);
    }
  });
  return answer(context, project);
}

}  // namespace globus_sandbox::auth
