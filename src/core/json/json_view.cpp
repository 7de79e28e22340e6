// SPDX-License-Identifier: Apache-2.0
#include <boost/json/value.hpp>
#include <cmath>
#include <limits>
#include <ostream>

#include "core/base/iso8601.hpp"
#include "core/json/json_document.hpp"
#include "core/json/json_serialize.hpp"
#include "globus_sdk/core/globus_error.hpp"
#include "globus_sdk/core/json_view.hpp"

namespace globus_sdk::inline v0 {

namespace {

using detail::JsonNode;
using Kind = JsonNode::Kind;

std::string_view kind_name(const JsonNode& node) {
  switch (node.kind) {
    case Kind::null:
      return "null";
    case Kind::boolean:
      return "a boolean";
    case Kind::int64:
    case Kind::uint64:
    case Kind::real:
      return "a number";
    case Kind::string:
      return "a string";
    case Kind::array:
      return "an array";
    case Kind::object:
      break;
  }
  return "an object";
}

/// The steps from `root` to `target`, which is a part of it. Documents know no parents, so it looks
/// everywhere; only errors ask for it.
bool find_path(const JsonNode& root, const JsonNode* target, std::string& path) {
  if (&root == target) return true;
  const std::size_t length = path.size();
  const bool is_object = root.is(Kind::object);
  if (!is_object && !root.is(Kind::array)) return false;
  for (std::size_t i = 0; i < root.size; ++i) {
    path += '[';
    path += is_object ? detail::quoted(root.key(i)) : std::to_string(i);
    path += ']';
    if (find_path(is_object ? root.member(i) : root.element(i), target, path)) return true;
    path.resize(length);
  }
  return false;
}

[[noreturn]] void fail(const JsonView& view, std::string problem) {
  const std::string path = view.path();
  throw JsonError((path.empty() ? "the document" : path) + ": " + std::move(problem));
}

[[noreturn]] void fail_kind(const JsonView& view, const JsonNode& node, std::string_view wanted) {
  fail(view, "not " + std::string(wanted) + " but " + std::string(kind_name(node)));
}

/// What an object has instead of the key that was asked for. Keys only: values may be secret.
std::string listed_keys(const JsonNode& object) {
  constexpr std::size_t most = 30;
  if (object.size == 0) return "it is empty";
  std::string list = "there are";
  for (std::size_t i = 0; i < object.size; ++i) {
    list += i == 0 ? " " : ", ";
    if (i == most) return list + "...";
    list += detail::quoted(object.key(i));
  }
  return list;
}

/// The whole number that a double is, if it is one that an int64 or uint64 holds.
template <class T> std::optional<T> whole(double number) {
  // The largest values have no double of their own; the next one above them has.
  const double beyond = std::ldexp(1.0, std::numeric_limits<T>::digits);
  if (number != std::floor(number) || number >= beyond) return std::nullopt;
  if (number < static_cast<double>(std::numeric_limits<T>::min())) return std::nullopt;
  return static_cast<T>(number);
}

/// A JSON number as a T, if T can hold it.
template <class T> std::optional<T> exact(const JsonNode& node) {
  if (node.is(Kind::int64) && std::in_range<T>(node.int64)) return static_cast<T>(node.int64);
  if (node.is(Kind::uint64) && std::in_range<T>(node.uint64)) return static_cast<T>(node.uint64);
  if (node.is(Kind::real)) return whole<T>(node.real);
  return std::nullopt;
}

double number_of(const JsonNode& node) {
  if (node.is(Kind::int64)) return static_cast<double>(node.int64);
  if (node.is(Kind::uint64)) return static_cast<double>(node.uint64);
  return node.real;
}

}  // namespace

namespace detail {

std::shared_ptr<const JsonDocument> literal_document(std::string_view literal) {
  return std::make_shared<const JsonDocument>(JsonNode::of(literal));
}

std::string concatenated(std::string_view first, std::string_view second) {
  std::string both;
  both.reserve(first.size() + second.size());
  return both.append(first).append(second);
}

}  // namespace detail

JsonView::JsonView(std::shared_ptr<const detail::JsonDocument> document) noexcept
    : document_(std::move(document)), node_(&document_->root()) {}

const JsonNode& JsonView::node() const noexcept {
  static const JsonNode null_node;
  return node_ != nullptr ? *node_ : null_node;
}

const boost::json::value& JsonView::value() const {
  static const boost::json::value null_value;
  return document_ ? document_->boost_form(node()) : null_value;
}

boost::json::value TemporaryJsonView::value() const&& {
  return boost::json::value(JsonView::value(), boost::json::storage_ptr());
}

JsonView JsonView::operator[](Text key) const {
  if (const JsonNode* member = detail::find_member(node(), key.view())) return child(*member);
  const std::string name = detail::quoted(key.view());
  if (!is_object()) fail_kind(*this, node(), "an object with " + name);
  fail(*this, "no member " + name + "; " + listed_keys(node()));
}

JsonView JsonView::element(std::size_t index) const {
  if (!is_array()) fail_kind(*this, node(), "an array");
  if (index >= node().size) {
    fail(*this,
         "no element " + std::to_string(index) + "; there are " + std::to_string(node().size));
  }
  return child(node().element(index));
}

JsonView JsonView::element_from_end(std::int64_t index) const {
  if (!is_array()) fail_kind(*this, node(), "an array");
  const auto size = static_cast<std::int64_t>(node().size);
  if (index < -size) {
    fail(*this, "no element " + std::to_string(index) + "; there are " + std::to_string(size));
  }
  return child(node().element(static_cast<std::size_t>(size + index)));
}

std::optional<JsonView> JsonView::get(Text key) const {
  const JsonNode* member = detail::find_member(node(), key.view());
  if (member == nullptr) return std::nullopt;
  return child(*member);
}

bool JsonView::contains(Text key) const {
  return detail::find_member(node(), key.view()) != nullptr;
}

std::size_t JsonView::size() const {
  if (!is_array() && !is_object()) fail_kind(*this, node(), "an array or object");
  return node().size;
}

bool JsonView::empty() const {
  return size() == 0;
}

bool JsonView::is_null() const noexcept {
  return node().is(Kind::null);
}
bool JsonView::is_bool() const noexcept {
  return node().is(Kind::boolean);
}
bool JsonView::is_number() const noexcept {
  return node().is_number();
}
bool JsonView::is_integer() const noexcept {
  return node().is_integer();
}
bool JsonView::is_string() const noexcept {
  return node().is(Kind::string);
}
bool JsonView::is_array() const noexcept {
  return node().is(Kind::array);
}
bool JsonView::is_object() const noexcept {
  return node().is(Kind::object);
}

std::string_view JsonView::string() const {
  if (!is_string()) fail_kind(*this, node(), "a string");
  return node().string();
}

bool JsonView::boolean() const {
  if (!is_bool()) fail_kind(*this, node(), "a boolean");
  return node().flag;
}

double JsonView::number() const {
  if (!is_number()) fail_kind(*this, node(), "a number");
  return number_of(node());
}

std::int64_t JsonView::signed_integer(std::int64_t lowest, std::int64_t highest) const {
  if (!is_number()) fail_kind(*this, node(), "an integer");
  const auto number = exact<std::int64_t>(node());
  if (!number || *number < lowest || *number > highest) {
    fail(*this, "not an integer from " + std::to_string(lowest) + " to " + std::to_string(highest));
  }
  return *number;
}

std::uint64_t JsonView::unsigned_integer(std::uint64_t highest) const {
  if (!is_number()) fail_kind(*this, node(), "an integer");
  const auto number = exact<std::uint64_t>(node());
  if (!number || *number > highest) {
    fail(*this, "not an integer from 0 to " + std::to_string(highest));
  }
  return *number;
}

std::chrono::system_clock::time_point JsonView::time() const {
  using Clock = std::chrono::system_clock;
  const auto moment = detail::parse_iso8601(string());
  if (!moment) fail(*this, "not a date or time in ISO 8601");
  // The clock counts in finer units, and so not as far.
  if (*moment < std::chrono::ceil<std::chrono::microseconds>(Clock::time_point::min()) ||
      *moment > std::chrono::floor<std::chrono::microseconds>(Clock::time_point::max())) {
    fail(*this, "a time that is too far off for the system's clock");
  }
  return Clock::time_point(*moment);
}

JsonView::Iterator JsonView::begin() const {
  if (!is_array()) fail_kind(*this, node(), "an array");
  return Iterator(*this, 0);
}

JsonView::Iterator JsonView::end() const {
  if (!is_array()) fail_kind(*this, node(), "an array");
  return Iterator(*this, size());
}

JsonItems JsonView::items() const {
  if (!is_object()) fail_kind(*this, node(), "an object");
  return JsonItems(*this);
}

JsonItems::value_type JsonItems::Iterator::operator*() const {
  const JsonNode& object = object_.node();
  return {std::string(object.key(index_)), object_.child(object.member(index_))};
}

std::string JsonView::dump() const {
  return detail::serialize(node());
}
std::string JsonView::dump(std::size_t indent) const {
  return detail::serialize(node(), indent);
}

std::string JsonView::path() const {
  std::string path;
  if (document_) find_path(document_->root(), node_, path);
  return path;
}

std::ostream& JsonView::print(std::ostream& out) const {
  return is_string() ? out << string() : out << dump();
}

bool JsonView::equals(const JsonView& other) const {
  return detail::are_equal(node(), other.node());
}

bool JsonView::equals(std::string_view text) const noexcept {
  return is_string() && node().string() == text;
}

bool JsonView::equals(bool flag) const noexcept {
  return is_bool() && node().flag == flag;
}

bool JsonView::equals(std::int64_t number) const noexcept {
  return exact<std::int64_t>(node()) == number;
}

bool JsonView::equals(std::uint64_t number) const noexcept {
  return exact<std::uint64_t>(node()) == number;
}

bool JsonView::equals(double number) const noexcept {
  return is_number() && number_of(node()) == number;
}

}  // namespace globus_sdk::inline v0
