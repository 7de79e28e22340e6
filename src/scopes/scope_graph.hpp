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

namespace globus_sdk::inline v0::detail {

/// What a text of scopes means: scopes by their names, and which depends on which. It refers to the
/// text.
///
/// Names are kept in order, not hashed: no choice of names makes looking them up slow.
class ScopeGraph {
 public:
  using Id = std::uint32_t;

  /// The scope of this name, new or known.
  Id scope(std::string_view name);

  /// `scope` is asked for by itself.
  void add_root(Id scope, bool optional);

  /// `from` depends on `to`; once required, always required.
  /// @param position where the text says so.
  void add_dependency(Id from, Id to, bool optional, std::size_t position);

  /// All of it, written out.
  /// @throws ScopeCycleError when a scope depends on itself, ScopeParseError when the text would be
  /// longer than `max_scope_text`.
  std::string text() const;

 private:
  struct Dependency {
    Id on = 0;
    bool optional = false;
    std::size_t position = 0;
  };
  struct Node {
    std::string_view name;
    std::vector<Dependency> dependencies{};
  };
  struct Root {
    Id scope = 0;
    bool optional = false;
  };
  /// Where a walk stands: in a scope, at one of its dependencies.
  struct Step {
    Id scope = 0;
    std::size_t next = 0;
  };
  class Lengths;

  [[noreturn]] void throw_cycle(const std::vector<Step>& path, const Dependency& closing) const;
  void write(Root root, std::string& text) const;
  void write_name(Id scope, bool optional, std::string& text) const;

  std::vector<Node> nodes_{};
  std::vector<Root> roots_{};
  std::map<std::string_view, Id> ids_{};
  std::map<std::pair<Id, Id>, std::size_t> known_dependencies_{};
  std::set<std::pair<Id, bool>> known_roots_{};
};

}  // namespace globus_sdk::inline v0::detail
