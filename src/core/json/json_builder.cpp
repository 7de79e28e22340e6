// SPDX-License-Identifier: Apache-2.0
#include "core/json/json_builder.hpp"

#include <algorithm>
#include <bitset>
#include <charconv>
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>
#include <numeric>
#include <vector>

namespace globus_sdk::inline v0::detail {

namespace {

/// Members as they are built: each a key and a value.
struct Members {
  JsonNode* nodes;
  std::size_t count;

  std::string_view key(std::size_t index) const { return nodes[2 * index].string(); }
  JsonNode& value(std::size_t index) const { return nodes[2 * index + 1]; }
  void move(std::size_t from, std::size_t to) const {
    nodes[2 * to] = nodes[2 * from];
    nodes[2 * to + 1] = nodes[2 * from + 1];
  }
};

using SeenKeys = std::bitset<256>;

/// One of the bits, mostly another for each of an object's keys.
std::size_t bit_of(std::string_view key) {
  if (key.empty()) return 0;
  const auto byte = [key](std::size_t at) -> std::size_t {
    return static_cast<unsigned char>(key[at]);
  };
  const std::size_t mixed =
      key.size() * 37 + byte(0) * 3 + byte(key.size() / 2) * 7 + byte(key.size() - 1) * 31;
  return mixed % SeenKeys().size();
}

std::size_t index_of(const Members& members, std::size_t count, std::string_view key) {
  std::size_t index = 0;
  while (index < count && members.key(index) != key) ++index;
  return index;
}

/// How many are left when each key comes once. Of several with one key the last counts, at the
/// place of the first, as in Python.
std::size_t unite_few(const Members& members) {
  SeenKeys seen;
  std::size_t kept = 0;
  for (std::size_t index = 0; index < members.count; ++index) {
    const std::size_t bit = bit_of(members.key(index));
    if (seen[bit]) {
      const std::size_t earlier = index_of(members, kept, members.key(index));
      if (earlier < kept) {
        members.value(earlier) = members.value(index);
        continue;
      }
    }
    seen.set(bit);
    if (kept != index) members.move(index, kept);
    ++kept;
  }
  return kept;
}

/// The numbers of the members, by their keys, and those of one key by their place.
std::vector<std::uint32_t> ordered(const Members& members) {
  std::vector<std::uint32_t> order(members.count);
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, [&members](std::uint32_t a, std::uint32_t b) {
    const int compared = members.key(a).compare(members.key(b));
    return compared != 0 ? compared < 0 : a < b;
  });
  return order;
}

/// The same where comparing each with all before it would take long; `order` is then that of what
/// is left.
std::size_t unite_many(const Members& members, std::vector<std::uint32_t>& order) {
  order = ordered(members);
  std::vector<bool> gone(members.count);
  std::uint32_t first = order.front();
  for (std::size_t at = 1; at < order.size(); ++at) {
    if (members.key(order[at]) != members.key(first)) {
      first = order[at];
      continue;
    }
    members.value(first) = members.value(order[at]);
    gone[order[at]] = true;
  }
  std::size_t kept = 0;
  for (std::size_t index = 0; index < members.count; ++index) {
    if (!gone[index]) members.move(index, kept++);
  }
  if (kept < members.count) order = ordered({members.nodes, kept});
  return kept;
}

}  // namespace

JsonNode* JsonBuilder::settle(std::size_t count, std::size_t extra) {
  if (count == 0) return nullptr;
  const std::size_t size = count * sizeof(JsonNode);
  auto* place = static_cast<JsonNode*>(memory_.allocate(size + extra, alignof(JsonNode)));
  std::memcpy(static_cast<void*>(place), open_.data() + (open_.size() - count), size);
  open_.resize(open_.size() - count);
  return place;
}

bool JsonBuilder::on_array_end(std::size_t count, Error&) {
  return add(JsonNode::of(JsonNode::Kind::array, settle(count, 0), count));
}

bool JsonBuilder::on_object_end(std::size_t count, Error& error) {
  if (count > std::numeric_limits<std::uint32_t>::max()) {
    error = boost::json::error::object_too_large;
    return false;
  }
  const Members members{open_.data() + (open_.size() - 2 * count), count};
  const bool few = count <= most_members_without_order;
  std::vector<std::uint32_t> order;
  const std::size_t kept = few ? unite_few(members) : unite_many(members, order);
  open_.resize(open_.size() - 2 * (count - kept));
  if (kept <= most_members_without_order) order.clear();
  JsonNode* place = settle(2 * kept, order.size() * sizeof(std::uint32_t));
  std::ranges::copy(order, member_order(place, kept));
  return add(JsonNode::of(JsonNode::Kind::object, place, kept));
}

bool JsonBuilder::on_double(double number, Piece text, Error& error) {
  if (!part_.empty()) {
    add_part(text);
    text = part_;
  }
  std::from_chars(text.data(), text.data() + text.size(), number);  // too small: Boost's 0 stays
  part_.clear();
  if (std::isfinite(number)) return add(JsonNode::of(number));
  error = boost::json::error::exponent_overflow;
  return false;
}

bool JsonBuilder::add_string(Piece piece) {
  const std::string_view text(piece.data(), piece.size());
  const std::less_equal<const char*> before;
  const bool stays = part_.empty() && before(kept_.data(), text.data()) &&
                     before(text.data() + text.size(), kept_.data() + kept_.size());
  if (stays) return add(JsonNode::of(text));
  if (part_.empty()) return add(JsonNode::of(copied(text)));
  add_part(piece);
  add(JsonNode::of(copied(part_)));
  part_.clear();
  return true;
}

std::string_view JsonBuilder::copied(std::string_view text) {
  if (text.empty()) return "";  // a null pointer is not for those who copy it
  auto* place = static_cast<char*>(memory_.allocate(text.size(), 1));
  std::memcpy(place, text.data(), text.size());
  return {place, text.size()};
}

}  // namespace globus_sdk::inline v0::detail
