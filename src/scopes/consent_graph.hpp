// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "globus_sdk/scopes/consents.hpp"
#include "globus_sdk/scopes/scope.hpp"

namespace globus_sdk::inline v0::detail {

/// Consents, which of them depend on which, and which of them meet a scope. Consents are told by
/// their place in the list; of several with one id the last counts.
class ConsentGraph {
 public:
  using Place = std::size_t;

  /// @throws ConsentTreeConstructionError when a consent depends on one that is not there.
  explicit ConsentGraph(std::vector<Consent> consents);

  const std::vector<Consent>& consents() const noexcept { return consents_; }
  const Consent& consent(Place place) const { return consents_[place]; }

  /// Throws GlobusSDKUsageError when no consent has this id.
  Place place_of(std::int64_t id) const;

  /// The consents that depend directly on this one.
  const std::set<Place>& children(Place place) const { return children_[place]; }

  /// The consents whose path is of one, themselves.
  const std::vector<Place>& roots() const noexcept { return roots_; }

  /// Everything below a consent, itself first, with its depth (1 for itself), each once.
  /// Consents on one level stand together.
  std::vector<std::pair<Place, std::size_t>> by_level(Place root) const;

  /// The same, but each right before what depends on it.
  std::vector<std::pair<Place, std::size_t>> by_branch(Place root) const;

  /// The consents to which a scope was given with all that it depends on.
  std::set<Place> meeting(const Scope& scope) const;

 private:
  std::set<Place> meeting(std::string_view name, const std::vector<std::set<Place>>& needed) const;

  std::vector<Consent> consents_;
  std::map<std::int64_t, Place> places_{};
  std::map<std::string_view, std::vector<Place>> by_scope_name_{};
  std::vector<std::set<Place>> children_{};
  std::vector<Place> roots_{};
};

}  // namespace globus_sdk::inline v0::detail
