// SPDX-License-Identifier: Apache-2.0
#include <string_view>

#include "context.hpp"

namespace globus_sandbox::auth {

namespace {

bool is_unknown(const AuthContext& context, std::string_view scope) {
  constexpr std::string_view begin = "https://auth.globus.org/scopes/";
  constexpr std::string_view end = "/data_access";
  if (!context.has_no_data_access || scope.size() <= begin.size() + end.size() ||
      !scope.starts_with(begin) || !scope.ends_with(end))
    return false;
  scope.remove_prefix(begin.size());
  scope.remove_suffix(end.size());
  return context.has_no_data_access(std::string(scope));
}

}  // namespace

std::vector<std::string> unknown_scopes(const AuthContext& context,
                                        const std::vector<RequestedScope>& scopes) {
  std::vector<std::string> result;
  for (const auto& each : scopes) {
    if (is_unknown(context, each.scope)) result.push_back(each.scope);
    const auto below = unknown_scopes(context, each.dependencies);
    result.insert(result.end(), below.begin(), below.end());
  }
  return result;
}

}  // namespace globus_sandbox::auth
