// SPDX-License-Identifier: Apache-2.0
#include "core/json/json_node.hpp"

#include <algorithm>
#include <utility>

namespace globus_sdk::inline v0::detail {

const JsonNode* find_member(const JsonNode& node, std::string_view key) noexcept {
  if (!node.is(JsonNode::Kind::object)) return nullptr;
  const std::size_t count = node.size;
  if (count <= most_members_without_order) {
    for (std::size_t index = 0; index < count; ++index) {
      if (node.key(index) == key) return &node.member(index);
    }
    return nullptr;
  }
  const std::uint32_t* order = member_order(node.children, count);
  const std::uint32_t* found = std::lower_bound(
      order, order + count, key,
      [&node](std::uint32_t index, auto wanted) { return node.key(index) < wanted; });
  if (found == order + count || node.key(*found) != key) return nullptr;
  return &node.member(*found);
}

namespace {

bool have_equal_elements(const JsonNode& a, const JsonNode& b) noexcept {
  for (std::size_t index = 0; index < a.size; ++index) {
    if (!are_equal(a.element(index), b.element(index))) return false;
  }
  return true;
}

bool have_equal_members(const JsonNode& a, const JsonNode& b) noexcept {
  for (std::size_t index = 0; index < a.size; ++index) {
    const JsonNode* other = find_member(b, a.key(index));
    if (other == nullptr || !are_equal(a.member(index), *other)) return false;
  }
  return true;
}

}  // namespace

bool are_equal(const JsonNode& a, const JsonNode& b) noexcept {
  using Kind = JsonNode::Kind;
  if (a.is(Kind::int64) && b.is(Kind::uint64)) return std::cmp_equal(a.int64, b.uint64);
  if (a.is(Kind::uint64) && b.is(Kind::int64)) return std::cmp_equal(a.uint64, b.int64);
  if (a.kind != b.kind || a.size != b.size) return false;
  switch (a.kind) {
    case Kind::null:
      return true;
    case Kind::boolean:
      return a.flag == b.flag;
    case Kind::int64:
      return a.int64 == b.int64;
    case Kind::uint64:
      return a.uint64 == b.uint64;
    case Kind::real:
      return a.real == b.real;
    case Kind::string:
      return a.string() == b.string();
    case Kind::array:
      return have_equal_elements(a, b);
    case Kind::object:
      break;
  }
  return have_equal_members(a, b);
}

}  // namespace globus_sdk::inline v0::detail
