// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/project_access.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/auth/credentials.hpp"
#include "sandbox/auth/errors.hpp"

namespace globus_sandbox::auth {

namespace json = boost::json;

namespace {

constexpr std::string_view manage_projects =
    "urn:globus:auth:scope:auth.globus.org:manage_projects";

bool names(const json::object& project, const std::string& user) {
  const json::array* ids = project.at("admin_ids").if_array();
  return ids != nullptr && std::find(ids->begin(), ids->end(), json::value(user)) != ids->end();
}

}  // namespace

std::string require_manager(const AuthContext& context, const HttpRequest& request) {
  const Token token = authenticate_bearer(context, request);
  const auto scopes = token.scopes();
  if (std::find(scopes.begin(), scopes.end(), manage_projects) == scopes.end())
    throw forbidden("The access token lacks the scope '" + std::string(manage_projects) + "'");
  return token.identity;
}

json::object administered_project(const AuthContext& context, const std::string& user,
                                  const std::string& project_id) {
  const auto project = context.projects.find(project_id);
  if (!project) throw not_found("There is no project '" + project_id + "'");
  if (!names(*project, user))
    throw forbidden("The project '" + project_id + "' has other administrators");
  return *project;
}

std::vector<json::object> administered_projects(const AuthContext& context,
                                                const std::string& user) {
  auto projects = context.projects.all();
  std::erase_if(projects, [&](const json::object& project) { return !names(project, user); });
  return projects;
}

bool administers(const AuthContext& context, const std::string& user,
                 const std::string& project_id) {
  const auto project = context.projects.find(project_id);
  return project && names(*project, user);
}

Client managed_client(const AuthContext& context, const HttpRequest& request,
                      const std::string& client_id) {
  const auto caller = client_of_header(context, request);
  const std::string user = caller ? std::string() : require_manager(context, request);
  const auto client = context.clients.find(client_id);
  if (!client) throw not_found("There is no client '" + client_id + "'");
  if (caller && caller->id != client->id && caller->id != client->parent)
    throw forbidden("The client is neither the caller nor a child of it");
  if (!caller && !client->project.empty() && !administers(context, user, client->project))
    throw forbidden("The client is of a project with other administrators");
  return *client;
}

}  // namespace globus_sandbox::auth
