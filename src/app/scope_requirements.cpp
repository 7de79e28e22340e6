// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/app/scope_requirements.hpp"

#include <algorithm>

#include "globus_sdk/scopes/scope_parser.hpp"

namespace globus_sdk::inline v0 {

void ScopeRequirements::add(Text resource_server, const Strings& scopes) {
  std::vector<Scope> all = values_[resource_server.str()].values();
  for (const std::string& text : scopes) {
    for (Scope& scope : ScopeParser::parse(text)) {
      if (std::ranges::find(all, scope) == all.end()) all.push_back(std::move(scope));
    }
  }
  values_[resource_server.str()] = std::move(all);
}

void ScopeRequirements::add(const ScopeRequirements& other) {
  for (const auto& [resource_server, scopes] : other.values_) add(resource_server, scopes.values());
}

std::vector<std::string> ScopeRequirements::merged() const {
  std::vector<Scope> all;
  for (const auto& [resource_server, scopes] : values_) {
    all.insert(all.end(), scopes.begin(), scopes.end());
  }
  std::vector<std::string> texts;
  for (const Scope& scope : ScopeParser::merge_scopes(all, {})) texts.push_back(scope.str());
  return texts;
}

}  // namespace globus_sdk::inline v0
