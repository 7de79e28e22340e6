// SPDX-License-Identifier: Apache-2.0
#include "scopes/scope_graph.hpp"

#include <algorithm>

#include "globus_sdk/scopes/errors.hpp"
#include "globus_sdk/scopes/scope.hpp"

namespace globus_sdk::inline v0::detail {

ScopeGraph::Id ScopeGraph::scope(std::string_view name) {
  const auto [entry, is_new] = ids_.try_emplace(name, static_cast<Id>(nodes_.size()));
  if (is_new) nodes_.push_back({.name = name});
  return entry->second;
}

void ScopeGraph::add_root(Id scope, bool optional) {
  if (known_roots_.emplace(scope, optional).second) roots_.push_back({scope, optional});
}

void ScopeGraph::add_dependency(Id from, Id to, bool optional, std::size_t position) {
  std::vector<Dependency>& dependencies = nodes_[from].dependencies;
  const auto [entry, is_new] =
      known_dependencies_.try_emplace(std::pair(from, to), dependencies.size());
  if (is_new) {
    dependencies.push_back({to, optional, position});
  } else if (!optional) {
    dependencies[entry->second].optional = false;
  }
}

/// How long scopes are when they are written out, their dependencies with them.
class ScopeGraph::Lengths {
 public:
  explicit Lengths(const ScopeGraph& graph)
      : graph_(graph), states_(graph.nodes_.size(), State::unseen), lengths_(states_.size(), 0) {}

  /// The length of a scope. What it depends on is walked through, depth first, by a path of its
  /// own: it may be deeper than a stack.
  std::size_t of(Id scope) {
    enter(scope);
    while (!path_.empty()) {
      Step& step = path_.back();
      const auto& dependencies = graph_.nodes_[step.scope].dependencies;
      if (step.next == dependencies.size()) {
        leave();
        continue;
      }
      const Dependency& dependency = dependencies[step.next++];
      if (states_[dependency.on] == State::entered) graph_.throw_cycle(path_, dependency);
      enter(dependency.on);
    }
    return lengths_[scope];
  }

 private:
  enum class State : std::uint8_t { unseen, entered, known };

  void enter(Id scope) {
    if (states_[scope] == State::known) return;
    states_[scope] = State::entered;
    path_.push_back({scope});
  }

  void leave() {
    const Node& node = graph_.nodes_[path_.back().scope];
    std::size_t length = node.name.size();
    // a bracket before the first of them, a space before each other, and a bracket at the end
    for (const Dependency& dependency : node.dependencies) {
      length += 1U + (dependency.optional ? 1U : 0U) + lengths_[dependency.on];
      length = std::min(length, max_scope_text + 1);
    }
    if (!node.dependencies.empty()) ++length;
    lengths_[path_.back().scope] = length;
    states_[path_.back().scope] = State::known;
    path_.pop_back();
  }

  const ScopeGraph& graph_;
  std::vector<State> states_;
  std::vector<std::size_t> lengths_;
  std::vector<Step> path_{};
};

std::string ScopeGraph::text() const {
  Lengths lengths(*this);
  std::size_t length = 0;
  for (const Root& root : roots_) {
    length += lengths.of(root.scope) + (root.optional ? 1U : 0U) + (length == 0 ? 0U : 1U);
    // and on: every scope has to be looked at for cycles
    length = std::min(length, max_scope_text + 1);
  }
  if (length > max_scope_text) {
    throw ScopeParseError("written out, the scopes would have more than 4 MiB", 0);
  }
  std::string text;
  text.reserve(length);
  for (const Root& root : roots_) {
    if (!text.empty()) text += ' ';
    write(root, text);
  }
  return text;
}

void ScopeGraph::write_name(Id scope, bool optional, std::string& text) const {
  if (optional) text += '*';
  text += nodes_[scope].name;
}

void ScopeGraph::write(Root root, std::string& text) const {
  write_name(root.scope, root.optional, text);
  std::vector<Step> path{{root.scope}};
  while (!path.empty()) {
    Step& step = path.back();
    const auto& dependencies = nodes_[step.scope].dependencies;
    if (step.next == dependencies.size()) {
      if (!dependencies.empty()) text += ']';
      path.pop_back();
      continue;
    }
    text += step.next == 0 ? '[' : ' ';
    const Dependency& dependency = dependencies[step.next++];
    write_name(dependency.on, dependency.optional, text);
    path.push_back({dependency.on});
  }
}

void ScopeGraph::throw_cycle(const std::vector<Step>& path, const Dependency& closing) const {
  constexpr std::size_t most_shown = 8;
  constexpr std::size_t most_bytes = 100;
  const auto shown = [this](Id scope) {
    std::string name(nodes_[scope].name.substr(0, most_bytes));
    return name.size() < nodes_[scope].name.size() ? name + "..." : name;
  };
  const auto first = std::ranges::find(path, closing.on, &Step::scope);
  std::string cycle;
  std::size_t count = 0;
  for (auto step = first; step != path.end(); ++step) {
    if (count++ == most_shown) {
      cycle += "... -> ";
      break;
    }
    cycle += shown(step->scope) + " -> ";
  }
  throw ScopeCycleError("a scope depends on itself (" + cycle + shown(closing.on) + ")",
                        closing.position);
}

}  // namespace globus_sdk::inline v0::detail
