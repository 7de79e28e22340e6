// SPDX-License-Identifier: Apache-2.0
#include "scopes/consent_graph.hpp"

#include <algorithm>
#include <ranges>

namespace globus_sdk::inline v0::detail {

namespace {

/// A scope and everything that it depends on, each before its own dependencies. Made without
/// recursion: scopes may nest deeper than a stack does.
struct FlatScope {
  explicit FlatScope(const Scope& scope) : scopes{scope}, dependencies(1) {
    for (std::size_t i = 0; i < scopes.size(); ++i) {
      for (Scope& dependency : scopes[i].dependencies()) {
        dependencies[i].push_back(scopes.size());
        scopes.push_back(std::move(dependency));
        dependencies.emplace_back();
      }
    }
  }

  std::vector<Scope> scopes;
  std::vector<std::vector<std::size_t>> dependencies;
};

}  // namespace

ConsentGraph::ConsentGraph(std::vector<Consent> consents)
    : consents_(std::move(consents)), children_(consents_.size()) {
  for (Place place = 0; place < consents_.size(); ++place) {
    places_.insert_or_assign(consents_[place].id, place);
  }
  for (const Consent& consent : consents_) {
    const Place place = places_.at(consent.id);
    const auto& path = consent.dependency_path;
    if (path.size() == 1) roots_.push_back(place);
    if (path.size() < 2) continue;
    const auto parent = places_.find(path[path.size() - 2]);
    if (parent == places_.end()) {
      throw ConsentTreeConstructionError(
          "consent " + std::to_string(consent.id) + " depends on consent " +
              std::to_string(path[path.size() - 2]) + ", which is not among the consents",
          consents_);
    }
    children_[parent->second].insert(place);
  }
  for (const auto& [id, place] : places_) {
    by_scope_name_[consents_[place].scope_name].push_back(place);
  }
}

ConsentGraph::Place ConsentGraph::place_of(std::int64_t id) const {
  const auto found = places_.find(id);
  if (found != places_.end()) return found->second;
  throw GlobusSDKUsageError("no consent has the id " + std::to_string(id));
}

std::vector<std::pair<ConsentGraph::Place, std::size_t>> ConsentGraph::by_level(Place root) const {
  std::set<Place> seen{root};
  std::vector<std::pair<Place, std::size_t>> found{{root, 1}};
  for (std::size_t i = 0; i < found.size(); ++i) {
    const std::size_t depth = found[i].second + 1;
    for (const Place child : children_[found[i].first]) {
      if (seen.insert(child).second) found.emplace_back(child, depth);
    }
  }
  return found;
}

std::vector<std::pair<ConsentGraph::Place, std::size_t>> ConsentGraph::by_branch(Place root) const {
  std::set<Place> seen;
  std::vector<std::pair<Place, std::size_t>> found;
  std::vector<std::pair<Place, std::size_t>> ahead{{root, 1}};
  while (!ahead.empty()) {
    const auto [place, depth] = ahead.back();
    ahead.pop_back();
    if (!seen.insert(place).second) continue;
    found.emplace_back(place, depth);
    for (const Place child : std::views::reverse(children_[place])) {
      ahead.emplace_back(child, depth + 1);
    }
  }
  return found;
}

std::set<ConsentGraph::Place> ConsentGraph::meeting(const Scope& scope) const {
  const FlatScope flat(scope);
  std::vector<std::set<Place>> found(flat.scopes.size());
  // from the innermost scopes outwards
  for (std::size_t i = flat.scopes.size(); i-- > 0;) {
    std::vector<std::set<Place>> needed;
    for (const std::size_t dependency : flat.dependencies[i]) {
      needed.push_back(std::move(found[dependency]));
    }
    found[i] = meeting(flat.scopes[i].scope_string(), needed);
  }
  return std::move(found.front());
}

std::set<ConsentGraph::Place> ConsentGraph::meeting(
    std::string_view name, const std::vector<std::set<Place>>& needed) const {
  const auto named = by_scope_name_.find(name);
  if (named == by_scope_name_.end()) return {};
  std::set<Place> found;
  for (const Place place : named->second) {
    const bool has_all = std::ranges::all_of(needed, [&](const std::set<Place>& of_dependency) {
      return std::ranges::any_of(children_[place],
                                 [&](Place child) { return of_dependency.contains(child); });
    });
    if (has_all) found.insert(place);
  }
  return found;
}

}  // namespace globus_sdk::inline v0::detail
