// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/context.hpp"

namespace globus_sandbox::auth {

std::vector<std::string> unknown_scopes(const AuthContext& context,
                                        const std::vector<RequestedScope>& scopes) {
  std::vector<std::string> result;
  for (const auto& each : scopes) {
    if (!context.knows_scope(each.scope)) result.push_back(each.scope);
    const auto below = unknown_scopes(context, each.dependencies);
    result.insert(result.end(), below.begin(), below.end());
  }
  return result;
}

}  // namespace globus_sandbox::auth
