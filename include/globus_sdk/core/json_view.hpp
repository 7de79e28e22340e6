// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/fwd.hpp>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

class Json;
class JsonItems;
class JsonView;

namespace detail {

class JsonDocument;
struct JsonNode;

template <class T> inline constexpr bool is_optional = false;
template <class T> inline constexpr bool is_optional<std::optional<T>> = true;

template <class T> inline constexpr bool is_vector = false;
template <class T, class A> inline constexpr bool is_vector<std::vector<T, A>> = true;

/// `std::map<std::string, T>` and its like.
template <class T>
concept StringMap = requires {
  typename T::mapped_type;
  requires std::same_as<typename T::key_type, std::string>;
};

template <class T> inline constexpr bool no_such_json_conversion = false;

/// How deep arrays and objects may nest in a document that is parsed.
inline constexpr std::size_t max_json_depth = 128;

/// The document that `text` is; nothing when `text` is no JSON. Refused are what RFC 8259 refuses,
/// invalid UTF-8, numbers beyond the range of a double, and documents that nest deeper than
/// `max_json_depth`. An unpaired surrogate (`"\udce9"`) is kept as the three bytes that UTF-8 would
/// have for it (WTF-8), and written as it came.
std::optional<JsonView> parse_json(std::string text);

/// `value` as compact JSON.
std::string serialize(const boost::json::value& value);

}  // namespace detail

/// A look into a JSON document: an answer's data, or a part of it.
///
/// It keeps its document alive, so it may outlive the response that it came from; copies are cheap,
/// and the document never changes. Where it holds a string it becomes a `std::string` or a
/// `std::string_view` by itself and prints without quotes; anything else comes by `as<T>()`. What
/// is not there, or is of another kind, throws JsonError, which names the place. A
/// `std::string_view` taken from it lives as long as the document does.
///
/// Text is UTF-8, with one exception: JSON can hold half of a surrogate pair (`"caf\udce9.txt"`, a
/// file's name that was no UTF-8). It is kept as the three bytes that UTF-8 would have for it
/// (WTF-8), is equal to the same, and is written as it came.
class JsonView {
 public:
  class Iterator;
  using iterator = Iterator;
  using const_iterator = Iterator;
  using value_type = JsonView;

  /// A view of null.
  JsonView() noexcept = default;

  /// A view of a whole document, which must not be null. For the SDK: yours come from responses,
  /// and from `Json::view()`.
  explicit JsonView(std::shared_ptr<const detail::JsonDocument> document) noexcept;

  /// The member `key` of an object; throws JsonError when there is none.
  JsonView operator[](Text key) const;

  /// The element at `index` of an array, from its end where negative; throws JsonError when there
  /// is none.
  template <detail::Integer I> JsonView operator[](I index) const {
    if constexpr (std::is_signed_v<I>) {
      if (index < 0) return element_from_end(static_cast<std::int64_t>(index));
    }
    return element(static_cast<std::size_t>(index));
  }

  /// The member `key`, or nothing: when there is none, and when this is no object.
  std::optional<JsonView> get(Text key) const;

  /// Whether this is an object that has a member `key`.
  bool contains(Text key) const;

  /// How many elements an array or members an object has; throws JsonError for anything else.
  std::size_t size() const;
  /// Whether `size()` is 0.
  bool empty() const;

  /// Null.
  bool is_null() const noexcept;
  /// True or false.
  bool is_bool() const noexcept;
  /// Any number.
  bool is_number() const noexcept;
  /// A number without a fraction or exponent.
  bool is_integer() const noexcept;
  /// A text.
  bool is_string() const noexcept;
  /// A list.
  bool is_array() const noexcept;
  /// Members by their keys.
  bool is_object() const noexcept;

  /// The string; throws JsonError when this is none. It lives as long as the document does: a
  /// `std::string_view` kept from a temporary may dangle.
  // NOLINTNEXTLINE(google-explicit-constructor): `tc.get_task(task["task_id"])`
  operator std::string_view() const GLOBUS_SDK_LIFETIMEBOUND { return string(); }

  /// A copy of the string; throws JsonError when this is none.
  // NOLINTNEXTLINE(google-explicit-constructor): `std::string id = task["task_id"];`
  operator std::string() const { return std::string(string()); }

  /// This as a T: `bool`, an integer, a floating-point number, `std::string`, a
  /// `std::chrono::system_clock::time_point` (from ISO 8601), `JsonView`, a `std::vector` of these,
  /// a `std::map` from strings to these, or a `std::optional` (empty for null). Throws JsonError
  /// when this is of another kind, or a number that T cannot hold.
  template <class T> T as() const;

  /// The elements of an array; throws JsonError when this is none.
  Iterator begin() const;
  Iterator end() const;

  /// The members of an object, each as a pair of key and value, in the document's order; throws
  /// JsonError when this is no object.
  JsonItems items() const;

  /// The value in Boost.JSON's form: a copy that is made when it is first asked for, and lives as
  /// long as the document does.
  const boost::json::value& value() const GLOBUS_SDK_LIFETIMEBOUND;

  /// Whether both show the same place of one document.
  bool is_same_place(const JsonView& other) const noexcept { return &node() == &other.node(); }

  /// Compact JSON; strings in quotes.
  std::string dump() const;
  /// JSON with one member or element a line, each level indented by `indent` spaces.
  std::string dump(std::size_t indent) const;

  /// Where in the document this is: `["DATA"][3]["size"]`; empty for the whole.
  std::string path() const;

  /// A string without quotes; anything else as compact JSON.
  friend std::ostream& operator<<(std::ostream& out, const JsonView& view) {
    return view.print(out);
  }

  friend bool operator==(const JsonView& a, const JsonView& b) { return a.equals(b); }
  template <detail::TextLike T>
    requires(!std::same_as<T, JsonView>)
  friend bool operator==(const JsonView& a, const T& b) {
    return a.equals(detail::text_of(b));
  }
  template <class T>
    requires(detail::Number<T> || std::same_as<T, bool>)
  friend bool operator==(const JsonView& a, T b) {
    return a.equals_scalar(b);
  }
  friend bool operator==(const JsonView& a, std::nullptr_t) noexcept { return a.is_null(); }

 private:
  friend class Json;
  friend class JsonItems;

  JsonView(std::shared_ptr<const detail::JsonDocument> document,
           const detail::JsonNode* node) noexcept
      : document_(std::move(document)), node_(node) {}

  const detail::JsonNode& node() const noexcept;
  JsonView child(const detail::JsonNode& node) const { return JsonView(document_, &node); }
  JsonView element(std::size_t index) const;
  JsonView element_from_end(std::int64_t index) const;

  std::string_view string() const;
  bool boolean() const;
  double number() const;
  std::int64_t signed_integer(std::int64_t lowest, std::int64_t highest) const;
  std::uint64_t unsigned_integer(std::uint64_t highest) const;
  std::chrono::system_clock::time_point time() const;
  template <class T> T integer() const;

  bool equals(const JsonView& other) const;
  bool equals(std::string_view text) const noexcept;
  bool equals(bool flag) const noexcept;
  bool equals(std::int64_t number) const noexcept;
  bool equals(std::uint64_t number) const noexcept;
  bool equals(double number) const noexcept;
  template <class T> bool equals_scalar(T scalar) const noexcept;

  std::ostream& print(std::ostream& out) const;

  // Nothing in the first means null; the second then means the first.
  std::shared_ptr<const detail::JsonDocument> document_{};
  const detail::JsonNode* node_ = nullptr;
};

/// Walks over an array's elements; owns the document, so it may outlive what it came from.
class JsonView::Iterator {
 public:
  using iterator_concept = std::forward_iterator_tag;
  using iterator_category = std::input_iterator_tag;
  using difference_type = std::ptrdiff_t;
  using value_type = JsonView;
  using reference = JsonView;
  using pointer = void;

  Iterator() noexcept = default;

  JsonView operator*() const { return array_.element(index_); }
  Iterator& operator++() noexcept {
    ++index_;
    return *this;
  }
  Iterator operator++(int) {
    Iterator before = *this;
    ++index_;
    return before;
  }
  friend bool operator==(const Iterator& a, const Iterator& b) noexcept {
    return a.index_ == b.index_;
  }

 private:
  friend class JsonView;
  Iterator(JsonView array, std::size_t index) noexcept : array_(std::move(array)), index_(index) {}

  JsonView array_{};
  std::size_t index_ = 0;
};

/// An object's members: `for (auto [key, value] : view.items())`. Owns the document.
class JsonItems {
 public:
  class Iterator {
   public:
    using iterator_concept = std::forward_iterator_tag;
    using iterator_category = std::input_iterator_tag;
    using difference_type = std::ptrdiff_t;
    using value_type = std::pair<std::string, JsonView>;
    using reference = value_type;
    using pointer = void;

    Iterator() noexcept = default;

    value_type operator*() const;
    Iterator& operator++() noexcept {
      ++index_;
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++index_;
      return before;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) noexcept {
      return a.index_ == b.index_;
    }

   private:
    friend class JsonItems;
    Iterator(JsonView object, std::size_t index) noexcept
        : object_(std::move(object)), index_(index) {}

    JsonView object_{};
    std::size_t index_ = 0;
  };
  using iterator = Iterator;
  using const_iterator = Iterator;
  using value_type = Iterator::value_type;

  Iterator begin() const { return Iterator(object_, 0); }
  Iterator end() const { return Iterator(object_, size()); }
  /// How many members there are.
  std::size_t size() const { return object_.size(); }

 private:
  friend class JsonView;
  explicit JsonItems(JsonView object) noexcept : object_(std::move(object)) {}

  JsonView object_;
};

// What follows is the templates' inside.

template <class T> T JsonView::integer() const {
  if constexpr (std::is_signed_v<T>) {
    return static_cast<T>(
        signed_integer(std::numeric_limits<T>::min(), std::numeric_limits<T>::max()));
  } else {
    return static_cast<T>(unsigned_integer(std::numeric_limits<T>::max()));
  }
}

template <class T> T JsonView::as() const {
  if constexpr (std::same_as<T, JsonView>) {
    return *this;
  } else if constexpr (std::same_as<T, Json>) {
    return T(*this);
  } else if constexpr (std::same_as<T, bool>) {
    return boolean();
  } else if constexpr (detail::Integer<T>) {
    return integer<T>();
  } else if constexpr (std::floating_point<T>) {
    return static_cast<T>(number());
  } else if constexpr (std::same_as<T, std::string>) {
    return std::string(string());
  } else if constexpr (std::same_as<T, std::chrono::system_clock::time_point>) {
    return time();
  } else if constexpr (detail::is_optional<T>) {
    return is_null() ? T() : T(as<typename T::value_type>());
  } else if constexpr (detail::is_vector<T>) {
    T values;
    for (const JsonView& element : *this) {
      values.push_back(element.as<typename T::value_type>());
    }
    return values;
  } else if constexpr (detail::StringMap<T>) {
    T values;
    for (const auto& [key, value] : items()) {
      values.insert_or_assign(key, value.template as<typename T::mapped_type>());
    }
    return values;
  } else {
    static_assert(detail::no_such_json_conversion<T>, "JsonView::as<T>(): no such T");
  }
}

template <class T> bool JsonView::equals_scalar(T scalar) const noexcept {
  if constexpr (std::same_as<T, bool>) {
    return equals(scalar);
  } else if constexpr (std::floating_point<T>) {
    return equals(static_cast<double>(scalar));
  } else if constexpr (std::is_signed_v<T>) {
    return equals(static_cast<std::int64_t>(scalar));
  } else {
    return equals(static_cast<std::uint64_t>(scalar));
  }
}

}  // namespace globus_sdk::inline v0
