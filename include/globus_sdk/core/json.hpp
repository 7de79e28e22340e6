// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/fwd.hpp>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iosfwd>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "globus_sdk/core/argument_kinds.hpp"
#include "globus_sdk/core/json_view.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

class Json;

namespace detail {

template <class T>
concept BoostJson = std::same_as<T, boost::json::value> || std::same_as<T, boost::json::object> ||
                    std::same_as<T, boost::json::array> || std::same_as<T, boost::json::string>;

template <class T>
concept OwnJson = std::same_as<T, Json> || std::derived_from<T, JsonView> || is_field<T>;

/// A range whose elements convert to Json.
template <class R>
concept JsonRange = !TextLike<R> && !BoostJson<R> && !OwnJson<R> && requires(const R& range) {
  { *std::begin(range) } -> std::convertible_to<Json>;
  std::end(range);
};

/// A range of pairs of a key and a value, such as `std::map`.
template <class R>
concept JsonPairs = !TextLike<R> && !BoostJson<R> && !OwnJson<R> && requires(const R& range) {
  { (*std::begin(range)).first } -> TextLike;
  { (*std::begin(range)).second } -> std::convertible_to<Json>;
  std::end(range);
};

}  // namespace detail

/// Any JSON as an argument: where Python takes a dict, a list, or any value.
///
/// A Json is made from `nullptr`, `bool`, numbers, text, a JsonView, Boost.JSON's own values,
/// vectors, maps, or braces. Braces make an object when every element is itself a text and a value
/// in braces (`{{"name", "x"}, {"sizes", {1, 2}}}`). Other braces make an array (`{1, "two"}`).
/// This rule is wrong for an array of pairs of texts, and empty braces make null: write
/// `Json::array({...})` or `Json::object({...})` there. To copy, use `=` or parentheses:
/// `Json{other}` is an array with one element.
///
/// Text is UTF-8. A byte that is not valid UTF-8 is written as Python writes it in the name of a
/// file: `\xE9` becomes `\udce9`.
///
/// Values are immutable and shared: copies are cheap and cannot throw.
class Json {
 public:
  using BraceElement = Json;

  /// Null.
  Json() noexcept = default;
  // NOLINTBEGIN(google-explicit-constructor): an argument type converts by itself
  /// Null.
  Json(std::nullptr_t) noexcept {}

  /// A number or a boolean.
  template <class T>
    requires(detail::Number<T> || std::same_as<T, bool>)
  Json(T scalar) : Json(of_scalar(scalar)) {}

  /// A string.
  template <class T>
    requires(detail::TextLike<T> && !detail::OwnJson<T> && !detail::BoostJson<T>)
  Json(const T& text) : Json(of(detail::text_of(text))) {}

  /// A copy of the value that `view` shows.
  Json(const JsonView& view);

  /// A copy of Boost.JSON's value, object, array or string.
  template <detail::BoostJson T> Json(const T& value) : Json(of(value)) {}

  /// An array of the elements of a range.
  template <class R>
    requires(detail::JsonRange<R> && !detail::JsonPairs<R>)
  Json(const R& range);

  /// An object, made from pairs of a text and a value: from a map, for example.
  template <detail::JsonPairs R> Json(const R& pairs);

  /// An object or an array, by the rule that the description of the class gives.
  Json(std::initializer_list<Json> elements);
  // NOLINTEND(google-explicit-constructor)

  /// An array of `elements`, of whatever kind they are.
  static Json array(std::initializer_list<Json> elements = {});

  /// An object of `members`. When several have the same key, the last one counts.
  static Json object(std::initializer_list<std::pair<Text, Json>> members = {});

  /// Parses a JSON document; throws ValidationError when `text` is not one.
  static Json parse(Text text);

  /// The value in Boost.JSON's form.
  const boost::json::value& value() const noexcept GLOBUS_SDK_LIFETIMEBOUND;

  /// A copy of the value as a view, to read it like the data of a response.
  TemporaryJsonView view() const;

  /// Whether it is an object.
  bool is_object() const noexcept;
  /// Whether it is an array.
  bool is_array() const noexcept;
  /// Whether it is null.
  bool is_null() const noexcept;
  /// Whether it is a string.
  bool is_string() const noexcept;

  /// Compact JSON.
  std::string dump() const;

  friend std::ostream& operator<<(std::ostream& out, const Json& json) { return json.print(out); }
  friend bool operator==(const Json& a, const Json& b) { return a.equals(b); }

 private:
  bool equals(const Json& other) const;
  std::ostream& print(std::ostream& out) const;

  // An empty pointer means null.
  using Root = std::shared_ptr<const boost::json::value>;

  explicit Json(Root root) noexcept : root_(std::move(root)) {}

  static Root of(bool flag);
  static Root of(std::int64_t number);
  static Root of(std::uint64_t number);
  static Root of(double number);
  static Root of(std::string_view text);
  static Root of(const boost::json::value& value);
  static Root of(const boost::json::object& object);
  static Root of(const boost::json::array& array);
  static Root of(const boost::json::string& string);
  static Root of_array(const Json* elements, std::size_t count);
  static Root of_object(const std::pair<std::string, Json>* members, std::size_t count);
  template <class T> static Root of_scalar(T scalar);

  Root root_{};
  // Made from braces of a text and a value: inside other braces it may be an object's member.
  bool member_ = false;
};

// The definitions of the templates.

template <class T> Json::Root Json::of_scalar(T scalar) {
  if constexpr (std::same_as<T, bool>) {
    return of(scalar);
  } else if constexpr (std::floating_point<T>) {
    return of(static_cast<double>(scalar));
  } else if constexpr (std::is_signed_v<T>) {
    return of(static_cast<std::int64_t>(scalar));
  } else {
    return of(static_cast<std::uint64_t>(scalar));
  }
}

template <class R>
  requires(detail::JsonRange<R> && !detail::JsonPairs<R>)
Json::Json(const R& range) {
  std::vector<Json> elements;
  for (auto&& element : range) elements.push_back(Json(element));
  root_ = of_array(elements.data(), elements.size());
}

template <detail::JsonPairs R> Json::Json(const R& pairs) {
  std::vector<std::pair<std::string, Json>> members;
  for (auto&& [key, value] : pairs) {
    members.emplace_back(std::string(detail::text_of(key)), Json(value));
  }
  root_ = of_object(members.data(), members.size());
}

}  // namespace globus_sdk::inline v0
