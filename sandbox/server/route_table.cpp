// SPDX-License-Identifier: Apache-2.0
#include "sandbox/server/route_table.hpp"

#include <algorithm>

#include "sandbox/base/uuid.hpp"

namespace globus_sandbox {

namespace {

/// Takes the part of a path before its next slash off its front.
std::string_view take_part(std::string_view& path) {
  const auto part = path.substr(0, path.find('/'));
  path.remove_prefix(std::min(part.size() + 1, path.size()));
  return part;
}

}  // namespace

std::optional<std::vector<std::string>> match_path(std::string_view pattern,
                                                   std::string_view path) {
  if (std::count(pattern.begin(), pattern.end(), '/') != std::count(path.begin(), path.end(), '/'))
    return std::nullopt;
  std::vector<std::string> ids;
  while (!pattern.empty() || !path.empty()) {
    const auto wanted = take_part(pattern);
    const auto part = take_part(path);
    const bool is_id = wanted == "{id}";
    if (is_id ? part.empty() : part != wanted) return std::nullopt;
    if (is_id) ids.push_back(canonical_uuid(part));
  }
  return ids;
}

void require_known(const QueryParameters& parameters, const HttpRequest& request) {
  if (parameters.ignores_others) return;
  const auto& known = parameters.known;
  for (const auto& [name, ignored] : request.query)
    if (std::find(known.begin(), known.end(), name) == known.end())
      throw not_implemented("the query parameter '" + name + "' of " + request.method + ' ' +
                            request.path);
}

bool takes_method(std::string_view methods, std::string_view method) {
  if (method == "HEAD") method = "GET";
  while (!methods.empty()) {
    const auto one = methods.substr(0, methods.find(' '));
    if (one == method) return true;
    methods.remove_prefix(std::min(one.size() + 1, methods.size()));
  }
  return false;
}

}  // namespace globus_sandbox
