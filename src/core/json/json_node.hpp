// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace globus_sdk::inline v0::detail {

/// One value of a JsonDocument: 16 bytes, whose texts and children stand elsewhere.
///
/// Children are next to each other: an array's elements, or an object's members, each a key (a
/// string) and then its value.
struct JsonNode {
  enum class Kind : std::uint8_t { null, boolean, int64, uint64, real, string, array, object };

  static JsonNode of(bool flag) {
    JsonNode node(Kind::boolean);
    node.flag = flag;
    return node;
  }
  static JsonNode of(std::int64_t number) {
    JsonNode node(Kind::int64);
    node.int64 = number;
    return node;
  }
  static JsonNode of(std::uint64_t number) {
    JsonNode node(Kind::uint64);
    node.uint64 = number;
    return node;
  }
  static JsonNode of(double number) {
    JsonNode node(Kind::real);
    node.real = number;
    return node;
  }
  static JsonNode of(std::string_view text) {
    JsonNode node(Kind::string, text.size());
    node.text = text.data();
    return node;
  }
  /// @param size how many elements or members stand at `children`.
  static JsonNode of(Kind kind, const JsonNode* children, std::size_t size) {
    JsonNode node(kind, size);
    node.children = children;
    return node;
  }

  /// Null.
  JsonNode() noexcept : JsonNode(Kind::null) {}
  explicit JsonNode(Kind own_kind, std::size_t own_size = 0) noexcept
      : int64(0), size(own_size & largest_size), kind(own_kind) {}

  static constexpr std::size_t largest_size = (std::size_t{1} << 56) - 1;

  bool is(Kind one) const noexcept { return kind == one; }
  bool is_integer() const noexcept { return is(Kind::int64) || is(Kind::uint64); }
  bool is_number() const noexcept { return is_integer() || is(Kind::real); }

  /// Of a string.
  std::string_view string() const noexcept { return {text, size}; }
  /// Of an array.
  const JsonNode& element(std::size_t index) const noexcept { return children[index]; }
  /// Of an object.
  std::string_view key(std::size_t index) const noexcept { return children[2 * index].string(); }
  const JsonNode& member(std::size_t index) const noexcept { return children[2 * index + 1]; }

  union {
    bool flag;
    std::int64_t int64;
    std::uint64_t uint64;
    double real;
    const char* text;
    const JsonNode* children;
  };
  std::uint64_t size : 56;  // of a string, array or object
  Kind kind : 8;
};
static_assert(sizeof(JsonNode) == 16);

/// An object with more members than this has their numbers in the order of their keys, behind them.
inline constexpr std::size_t most_members_without_order = 64;

/// Where an object of so many members has them.
template <class Node> auto member_order(Node* children, std::size_t count) {
  using Number = std::conditional_t<std::is_const_v<Node>, const std::uint32_t, std::uint32_t>;
  return reinterpret_cast<Number*>(children + 2 * count);
}

/// The value of the member `key`; null where an object has none, and where `node` is no object.
const JsonNode* find_member(const JsonNode& node, std::string_view key) noexcept;

/// Whether two are the same value: an object's members may stand in any order.
bool are_equal(const JsonNode& a, const JsonNode& b) noexcept;

}  // namespace globus_sdk::inline v0::detail
