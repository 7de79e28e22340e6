// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "sandbox/auth/context.hpp"
#include "sandbox/server/http.hpp"

namespace globus_sandbox::auth {

// Who may manage what. All throw a Refusal where the caller may not.

/// The id of the user who asks, with a token that may manage projects.
std::string require_manager(const AuthContext& context, const HttpRequest& request);

/// A project that the user administers.
boost::json::object administered_project(const AuthContext& context, const std::string& user,
                                         const std::string& project_id);
/// All of them.
std::vector<boost::json::object> administered_projects(const AuthContext& context,
                                                       const std::string& user);
/// Whether there is such a project, and the user administers it.
bool administers(const AuthContext& context, const std::string& user,
                 const std::string& project_id);

/// A client that the caller may manage: the client itself, one that it is the parent of, one of a
/// project that the user who asks administers, or one that is of no project.
Client managed_client(const AuthContext& context, const HttpRequest& request,
                      const std::string& client_id);

}  // namespace globus_sandbox::auth
