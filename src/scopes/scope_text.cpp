// SPDX-License-Identifier: Apache-2.0
#include "scopes/scope_text.hpp"

#include <algorithm>
#include <utility>

namespace globus_sdk::inline v0::detail {

ScopeText::ScopeText(std::string text) : text_(std::move(text)) {
  const auto count = [this] { return static_cast<std::uint32_t>(nodes_.size()); };
  std::vector<std::uint32_t> open;
  std::size_t at = 0;
  while (at < text_.size()) {
    const char character = text_[at];
    if (character == '[') {
      open.push_back(count() - 1);
      ++at;
    } else if (character == ']') {
      Node& node = nodes_[open.back()];
      open.pop_back();
      node.end = static_cast<std::uint32_t>(++at);
      node.after = count();
    } else if (character == ' ') {
      ++at;
    } else {
      const std::size_t end = std::min(text_.find_first_of("[] ", at), text_.size());
      nodes_.push_back(
          {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end), count() + 1});
      at = end;
    }
  }
}

std::string_view ScopeText::text(std::size_t node) const noexcept {
  const Node& found = nodes_[node];
  return std::string_view(text_).substr(found.begin, found.end - found.begin);
}

std::vector<std::size_t> ScopeText::children(std::size_t node) const {
  return siblings(node + 1, nodes_[node].after);
}

std::vector<std::size_t> ScopeText::siblings(std::size_t first, std::size_t after) const {
  std::vector<std::size_t> found;
  for (std::size_t node = first; node < after; node = nodes_[node].after) found.push_back(node);
  return found;
}

}  // namespace globus_sdk::inline v0::detail
