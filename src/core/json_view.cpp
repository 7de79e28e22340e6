// SPDX-License-Identifier: Apache-2.0
#include <boost/json/value.hpp>
#include <cmath>
#include <limits>
#include <ostream>

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/json_view.hpp"
#include "globus_sdk/core/timestamp.hpp"

namespace globus_sdk::inline v0 {

namespace {

namespace json = boost::json;

std::string_view kind_name(const json::value& value) {
  switch (value.kind()) {
    case json::kind::null:
      return "null";
    case json::kind::bool_:
      return "a boolean";
    case json::kind::int64:
    case json::kind::uint64:
    case json::kind::double_:
      return "a number";
    case json::kind::string:
      return "a string";
    case json::kind::array:
      return "an array";
    case json::kind::object:
      break;
  }
  return "an object";
}

/// The steps from `root` to `target`, which is a part of it. Documents know no parents, so it looks
/// everywhere; only errors ask for it.
bool find_path(const json::value& root, const json::value* target, std::string& path) {
  if (&root == target) return true;
  const std::size_t length = path.size();
  if (const json::object* object = root.if_object()) {
    for (const auto& member : *object) {
      path.append("[").append(detail::serialize(json::value(member.key()))).append("]");
      if (find_path(member.value(), target, path)) return true;
      path.resize(length);
    }
  } else if (const json::array* array = root.if_array()) {
    for (std::size_t i = 0; i < array->size(); ++i) {
      path.append("[").append(std::to_string(i)).append("]");
      if (find_path((*array)[i], target, path)) return true;
      path.resize(length);
    }
  }
  return false;
}

[[noreturn]] void fail(const JsonView& view, std::string problem) {
  const std::string path = view.path();
  throw JsonError((path.empty() ? "the document" : path) + ": " + std::move(problem));
}

[[noreturn]] void fail_kind(const JsonView& view, std::string_view wanted) {
  fail(view, "not " + std::string(wanted) + " but " + std::string(kind_name(view.value())));
}

/// What an object has instead of the key that was asked for. Keys only: values may be secret.
std::string listed_keys(const json::object& object) {
  constexpr std::size_t most = 30;
  if (object.empty()) return "it is empty";
  std::string list = "there are";
  std::size_t count = 0;
  for (const auto& member : object) {
    list += count == 0 ? " " : ", ";
    if (count++ == most) return list + "...";
    list += detail::serialize(json::value(member.key()));
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
template <class T> std::optional<T> exact(const json::value& value) {
  if (const auto* number = value.if_int64(); number && std::in_range<T>(*number)) {
    return static_cast<T>(*number);
  }
  if (const auto* number = value.if_uint64(); number && std::in_range<T>(*number)) {
    return static_cast<T>(*number);
  }
  if (const auto* number = value.if_double()) return whole<T>(*number);
  return std::nullopt;
}

}  // namespace

JsonView::JsonView(std::shared_ptr<const json::value> root) noexcept
    : root_(std::move(root)), value_(root_.get()) {}

const json::value& JsonView::value() const noexcept {
  static const json::value null_value;
  return value_ != nullptr ? *value_ : null_value;
}

JsonView JsonView::operator[](Text key) const {
  const json::object* object = value().if_object();
  if (object == nullptr) {
    fail_kind(*this, "an object with " + detail::serialize(json::value(key.view())));
  }
  const json::value* member = object->if_contains(key.view());
  if (member == nullptr) {
    fail(*this,
         "no member " + detail::serialize(json::value(key.view())) + "; " + listed_keys(*object));
  }
  return child(*member);
}

JsonView JsonView::element(std::size_t index) const {
  const json::array* array = value().if_array();
  if (array == nullptr) fail_kind(*this, "an array");
  if (index >= array->size()) {
    fail(*this,
         "no element " + std::to_string(index) + "; there are " + std::to_string(array->size()));
  }
  return child((*array)[index]);
}

JsonView JsonView::element_from_end(std::int64_t index) const {
  const json::array* array = value().if_array();
  if (array == nullptr) fail_kind(*this, "an array");
  const auto size = static_cast<std::int64_t>(array->size());
  if (index < -size) {
    fail(*this, "no element " + std::to_string(index) + "; there are " + std::to_string(size));
  }
  return child((*array)[static_cast<std::size_t>(size + index)]);
}

std::optional<JsonView> JsonView::get(Text key) const {
  const json::object* object = value().if_object();
  const json::value* member = object != nullptr ? object->if_contains(key.view()) : nullptr;
  if (member == nullptr) return std::nullopt;
  return child(*member);
}

bool JsonView::contains(Text key) const {
  const json::object* object = value().if_object();
  return object != nullptr && object->contains(key.view());
}

std::size_t JsonView::size() const {
  if (const json::array* array = value().if_array()) return array->size();
  if (const json::object* object = value().if_object()) return object->size();
  fail_kind(*this, "an array or object");
}

bool JsonView::empty() const {
  return size() == 0;
}

bool JsonView::is_null() const noexcept {
  return value().is_null();
}
bool JsonView::is_bool() const noexcept {
  return value().is_bool();
}
bool JsonView::is_number() const noexcept {
  return value().is_number();
}
bool JsonView::is_integer() const noexcept {
  return value().is_int64() || value().is_uint64();
}
bool JsonView::is_string() const noexcept {
  return value().is_string();
}
bool JsonView::is_array() const noexcept {
  return value().is_array();
}
bool JsonView::is_object() const noexcept {
  return value().is_object();
}

std::string_view JsonView::string() const {
  const json::string* string = value().if_string();
  if (string == nullptr) fail_kind(*this, "a string");
  return {string->data(), string->size()};
}

bool JsonView::boolean() const {
  const bool* flag = value().if_bool();
  if (flag == nullptr) fail_kind(*this, "a boolean");
  return *flag;
}

double JsonView::number() const {
  if (const auto* number = value().if_double()) return *number;
  if (const auto* number = value().if_int64()) return static_cast<double>(*number);
  if (const auto* number = value().if_uint64()) return static_cast<double>(*number);
  fail_kind(*this, "a number");
}

std::int64_t JsonView::signed_integer(std::int64_t lowest, std::int64_t highest) const {
  if (!is_number()) fail_kind(*this, "an integer");
  const auto number = exact<std::int64_t>(value());
  if (!number || *number < lowest || *number > highest) {
    fail(*this, "not an integer from " + std::to_string(lowest) + " to " + std::to_string(highest));
  }
  return *number;
}

std::uint64_t JsonView::unsigned_integer(std::uint64_t highest) const {
  if (!is_number()) fail_kind(*this, "an integer");
  const auto number = exact<std::uint64_t>(value());
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
  if (!is_array()) fail_kind(*this, "an array");
  return Iterator(*this, 0);
}

JsonView::Iterator JsonView::end() const {
  if (!is_array()) fail_kind(*this, "an array");
  return Iterator(*this, size());
}

JsonItems JsonView::items() const {
  if (!is_object()) fail_kind(*this, "an object");
  return JsonItems(*this);
}

JsonItems::value_type JsonItems::Iterator::operator*() const {
  const json::object& object = object_.value().get_object();
  const auto& member = *(object.begin() + static_cast<std::ptrdiff_t>(index_));
  return {std::string(member.key()), object_.child(member.value())};
}

std::string JsonView::dump() const {
  return detail::serialize(value());
}
std::string JsonView::dump(std::size_t indent) const {
  return detail::serialize(value(), indent);
}

std::string JsonView::path() const {
  std::string path;
  if (root_) find_path(*root_, value_, path);
  return path;
}

std::ostream& JsonView::print(std::ostream& out) const {
  return is_string() ? out << string() : out << dump();
}

bool JsonView::equals(const JsonView& other) const {
  return value() == other.value();
}

bool JsonView::equals(std::string_view text) const noexcept {
  const json::string* string = value().if_string();
  return string != nullptr && std::string_view(string->data(), string->size()) == text;
}

bool JsonView::equals(bool flag) const noexcept {
  const bool* own = value().if_bool();
  return own != nullptr && *own == flag;
}

bool JsonView::equals(std::int64_t number) const noexcept {
  return exact<std::int64_t>(value()) == number;
}

bool JsonView::equals(std::uint64_t number) const noexcept {
  return exact<std::uint64_t>(value()) == number;
}

bool JsonView::equals(double number) const noexcept {
  return value().is_number() && value().to_number<double>() == number;
}

}  // namespace globus_sdk::inline v0
