// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace globus_sdk::inline v0::detail {

/// Scopes in their written form, and where in it each of them stands.
///
/// The text of a scope has those of its dependencies in it, so that one text serves a whole tree,
/// and nothing here is nested: a tree of any depth is copied, compared and destroyed flatly.
class ScopeText {
 public:
  /// @param text of scopes in the form in which they are written: single spaces, brackets that
  /// match, and at most `max_scope_text` bytes.
  explicit ScopeText(std::string text);

  /// What is written of one scope, its `*` and dependencies with it.
  std::string_view text(std::size_t node) const noexcept;

  /// The nodes whose parent is `node`.
  std::vector<std::size_t> children(std::size_t node) const;

  /// The nodes that have no parent.
  std::vector<std::size_t> roots() const { return siblings(0, nodes_.size()); }

 private:
  /// One scope: its part of the text, and the first node that stands behind its dependencies.
  struct Node {
    std::uint32_t begin;
    std::uint32_t end;
    std::uint32_t after;
  };

  std::vector<std::size_t> siblings(std::size_t first, std::size_t after) const;

  std::string text_;
  std::vector<Node> nodes_;
};

}  // namespace globus_sdk::inline v0::detail
