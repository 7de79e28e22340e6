// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "globus_sdk/core/export.hpp"
#include "globus_sdk/core/strings.hpp"
#include "globus_sdk/core/text.hpp"
#include "globus_sdk/scopes/scope.hpp"

namespace globus_sdk::inline v0 {

/// Scopes that tokens must have, by the resource server that the tokens are for:
///
///     {{TransferScopes.resource_server, TransferScopes.all},
///      {"groups.api.globus.org", {"urn:...:view_my_groups", "urn:...:all"}}}
class ScopeRequirements {
 public:
  /// Scopes by resource server.
  using ByResourceServer = std::map<std::string, ScopeList>;

  ScopeRequirements() = default;

  /// @throws ScopeParseError when a text of scopes cannot be read.
  ScopeRequirements(std::initializer_list<std::pair<Text, Strings>> requirements) {
    for (const auto& [resource_server, scopes] : requirements) add(resource_server, scopes);
  }
  /// The requirements in a map.
  // NOLINTNEXTLINE(google-explicit-constructor): what `scope_requirements()` of an app returns
  ScopeRequirements(ByResourceServer requirements) : values_(std::move(requirements)) {}

  /// Requires more scopes for a resource server. The scopes that are required already stay.
  void add(Text resource_server, const Strings& scopes);
  /// Adds the requirements of another object.
  void add(const ScopeRequirements& other);

  /// The scopes by the resource server that they are for.
  const ByResourceServer& by_resource_server() const& noexcept GLOBUS_SDK_LIFETIMEBOUND {
    return values_;
  }
  /// The same for a temporary object.
  ByResourceServer by_resource_server() && { return std::move(values_); }
  /// All of the scopes, merged, as a login asks for them.
  std::vector<std::string> merged() const;

 private:
  ByResourceServer values_{};
};

}  // namespace globus_sdk::inline v0
