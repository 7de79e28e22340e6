// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/json.hpp"

#include <algorithm>
#include <boost/json/value.hpp>
#include <cmath>
#include <ostream>

#include "core/json/json_boost_form.hpp"
#include "core/json/json_document.hpp"
#include "globus_sdk/core/globus_error.hpp"

namespace globus_sdk::inline v0 {

namespace {

namespace json = boost::json;

/// In memory of its own: a plain copy of a value would use that of the document it is a part of,
/// and be lost with it.
template <class T> std::shared_ptr<const json::value> make_root(T&& value) {
  return std::make_shared<const json::value>(std::forward<T>(value), json::storage_ptr());
}

}  // namespace

Json::Root Json::of(bool flag) {
  return make_root(flag);
}
Json::Root Json::of(std::int64_t number) {
  return make_root(number);
}
Json::Root Json::of(std::uint64_t number) {
  return make_root(number);
}

Json::Root Json::of(double number) {
  if (!std::isfinite(number)) {
    throw GlobusSDKUsageError("JSON cannot hold a number that is infinite or NaN");
  }
  return make_root(number);
}

Json::Root Json::of(std::string_view text) {
  return make_root(json::string(text));
}
Json::Root Json::of(const json::value& value) {
  return make_root(value);
}
Json::Root Json::of(const json::object& object) {
  return make_root(object);
}
Json::Root Json::of(const json::array& array) {
  return make_root(array);
}
Json::Root Json::of(const json::string& string) {
  return make_root(string);
}

Json::Root Json::of_array(const Json* elements, std::size_t count) {
  json::array array;
  array.reserve(count);
  for (std::size_t i = 0; i < count; ++i) array.push_back(elements[i].value());
  return make_root(std::move(array));
}

Json::Root Json::of_object(const std::pair<std::string, Json>* members, std::size_t count) {
  json::object object;
  object.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    object.insert_or_assign(members[i].first, members[i].second.value());
  }
  return make_root(std::move(object));
}

Json::Json(const JsonView& view) : root_(make_root(detail::to_boost(view.node()))) {}

Json::Json(std::initializer_list<Json> elements) {
  const bool is_object = elements.size() > 0 && std::ranges::all_of(elements, &Json::member_);
  if (!is_object) {
    root_ = of_array(elements.begin(), elements.size());
    member_ = elements.size() == 2 && elements.begin()->is_string();
    return;
  }
  json::object object;
  for (const Json& element : elements) {
    const json::array& member = element.value().get_array();
    object.insert_or_assign(member[0].get_string(), member[1]);
  }
  root_ = make_root(std::move(object));
}

Json Json::array(std::initializer_list<Json> elements) {
  return Json(of_array(elements.begin(), elements.size()));
}

Json Json::object(std::initializer_list<std::pair<Text, Json>> members) {
  json::object object;
  object.reserve(members.size());
  for (const auto& [key, value] : members) {
    object.insert_or_assign(key.view(), value.value());
  }
  return Json(make_root(std::move(object)));
}

Json Json::parse(Text text) {
  detail::JsonDocument document;
  if (!document.read(text.view())) throw ValidationError("the text is no JSON document");
  return Json(make_root(detail::to_boost(document.root())));
}

const json::value& Json::value() const noexcept {
  static const json::value null_value;
  return root_ ? *root_ : null_value;
}

TemporaryJsonView Json::view() const {
  return JsonView(std::make_shared<const detail::JsonDocument>(value()));
}

bool Json::equals(const Json& other) const {
  return value() == other.value();
}

std::ostream& Json::print(std::ostream& out) const {
  const json::string* text = value().if_string();
  return text != nullptr ? out << std::string_view(*text) : out << dump();
}

bool Json::is_object() const noexcept {
  return value().is_object();
}
bool Json::is_array() const noexcept {
  return value().is_array();
}
bool Json::is_null() const noexcept {
  return value().is_null();
}
bool Json::is_string() const noexcept {
  return value().is_string();
}

std::string Json::dump() const {
  return detail::serialize(value());
}

}  // namespace globus_sdk::inline v0
