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

#include "globus_sdk/core/argument_kinds.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

class Json;
class JsonItems;
class JsonView;
template <class View> class JsonIterator;

namespace detail {

class JsonDocument;
struct JsonNode;
/// The compiler's message names this class when a program would keep a text of a temporary
/// response.
class NameTheResponseFirst;

template <class T> inline constexpr bool is_optional = false;
template <class T> inline constexpr bool is_optional<std::optional<T>> = true;

template <class T> inline constexpr bool is_vector = false;
template <class T, class A> inline constexpr bool is_vector<std::vector<T, A>> = true;

/// `std::map<std::string, T>` and similar types.
template <class T>
concept StringMap = requires {
  typename T::mapped_type;
  requires std::same_as<typename T::key_type, std::string>;
};

template <class T> inline constexpr bool no_such_json_conversion = false;

/// How deep arrays and objects may nest in a document that is parsed.
inline constexpr std::size_t max_json_depth = 128;

/// Parses a JSON document; nothing when `text` is not JSON. It refuses what RFC 8259 refuses,
/// invalid UTF-8, numbers beyond the range of a double, and documents that nest deeper than
/// `max_json_depth`. An unpaired surrogate (`"\udce9"`) is kept as the three bytes that UTF-8 would
/// have for it (WTF-8), and written as it came.
std::optional<JsonView> parse_json(std::string text);

/// `value` as compact JSON.
std::string serialize(const boost::json::value& value);

/// A document that is one string: a literal's text. It refers to the literal's characters.
std::shared_ptr<const JsonDocument> literal_document(std::string_view literal);

/// `first` and then `second`.
std::string concatenated(std::string_view first, std::string_view second);

}  // namespace detail

/// A view of a JSON document, or of a part of it: the data of an answer, for example.
///
/// A view keeps its document alive, so it may outlive the response that it came from. Copies are
/// cheap, and the document never changes. A view of a string converts implicitly to `std::string`
/// or `std::string_view`, and prints without quotes. `as<T>()` gives values of other types. A value
/// that is missing, or not of the kind that was asked for, throws JsonError, which names its place.
/// A `std::string_view` taken from a view is valid as long as the document lives: as long as the
/// response, or any view of the document. (A temporary response gives a TemporaryJsonView, which
/// does not convert to `std::string_view`.)
///
/// Text is UTF-8, with one exception: JSON can hold half of a surrogate pair (`"caf\udce9.txt"`,
/// the name of a file that is not UTF-8). Such a half is kept as the three bytes that UTF-8 would
/// have for it (WTF-8). It is equal to the same half elsewhere, and is written as it came.
class JsonView {
 public:
  using Iterator = JsonIterator<JsonView>;
  using iterator = Iterator;
  using const_iterator = Iterator;
  using value_type = JsonView;

  /// A view of null.
  JsonView() noexcept = default;

  /// A view of a whole document, which must not be null. For the SDK's own use: programs get their
  /// views from responses and from `Json::view()`.
  explicit JsonView(std::shared_ptr<const detail::JsonDocument> document) noexcept;

  /// A view of a literal: `ok ? task["label"] : "none"`. It refers to the literal's characters.
  template <class C, std::size_t N>
    requires std::same_as<C, const char>
  // NOLINTNEXTLINE(google-explicit-constructor): the other operand of `?:` becomes this type
  JsonView(C (&literal)[N]) : JsonView(detail::literal_document(detail::text_of(literal))) {}

  JsonView(const JsonView&) noexcept = default;
  JsonView& operator=(const JsonView&) noexcept = default;
  /// `other` is a view of null afterwards.
  JsonView(JsonView&& other) noexcept
      : document_(std::move(other.document_)), node_(std::exchange(other.node_, nullptr)) {}
  /// `other` is a view of null afterwards.
  JsonView& operator=(JsonView&& other) noexcept {
    document_ = std::move(other.document_);
    node_ = std::exchange(other.node_, nullptr);
    return *this;
  }
  ~JsonView() = default;

  /// The member `key` of an object; throws JsonError when there is no such member.
  JsonView operator[](Text key) const;

  /// The element at `index` of an array. A negative index counts from the end. Throws JsonError
  /// when there is no such element.
  template <detail::Integer I> JsonView operator[](I index) const {
    if constexpr (std::is_signed_v<I>) {
      if (index < 0) return element_from_end(static_cast<std::int64_t>(index));
    }
    return element(static_cast<std::size_t>(index));
  }

  /// The member `key`; nothing when there is no such member, or when this is no object.
  std::optional<JsonView> get(Text key) const;

  /// Whether this is an object that has a member `key`.
  bool contains(Text key) const;

  /// How many elements an array has, or members an object; throws JsonError for other kinds.
  std::size_t size() const;
  /// Whether `size()` is 0.
  bool empty() const;

  /// Whether this is null.
  bool is_null() const noexcept;
  /// Whether this is true or false.
  bool is_bool() const noexcept;
  /// Whether this is a number.
  bool is_number() const noexcept;
  /// Whether this is a number without a fraction or exponent.
  bool is_integer() const noexcept;
  /// Whether this is a string.
  bool is_string() const noexcept;
  /// Whether this is an array.
  bool is_array() const noexcept;
  /// Whether this is an object.
  bool is_object() const noexcept;

  /// The string; throws JsonError when this is not a string. It is valid as long as the document
  /// lives.
  // NOLINTNEXTLINE(google-explicit-constructor): `tc.get_task(task["task_id"])`
  operator std::string_view() const { return string(); }

  /// A copy of the string; throws JsonError when this is not a string.
  // NOLINTNEXTLINE(google-explicit-constructor): `std::string id = task["task_id"];`
  operator std::string() const { return str(); }

  /// A copy of the string; throws JsonError when this is not a string. (For other kinds use
  /// `dump()`.)
  std::string str() const { return std::string(string()); }

  /// The value as a T: `bool`, an integer, a floating-point number, `std::string`, a
  /// `std::chrono::system_clock::time_point` (from ISO 8601), `JsonView`, a `std::vector` of these,
  /// a `std::map` from strings to these, or a `std::optional` (empty for null). Throws JsonError
  /// when the value is of another kind, or is a number that T cannot hold.
  template <class T> T as() const;

  /// The elements of an array; throws JsonError when this is no array.
  Iterator begin() const;
  Iterator end() const;

  /// The members of an object, each as a pair of key and value, in the document's order; throws
  /// JsonError when this is no object.
  JsonItems items() const;

  /// The value in Boost.JSON's form: a copy that is made when it is first asked for, and lives as
  /// long as the document does.
  const boost::json::value& value() const GLOBUS_SDK_LIFETIMEBOUND;

  /// Whether both views show the same place of the same document.
  bool is_same_place(const JsonView& other) const noexcept { return &node() == &other.node(); }

  /// Compact JSON; strings in quotes.
  std::string dump() const;
  /// JSON with one member or element on each line, each level indented by `indent` spaces.
  std::string dump(std::size_t indent) const;

  /// The place of this value in its document: `["DATA"][3]["size"]`; empty for the whole document.
  std::string path() const;

  /// Prints a string without quotes, and anything else as compact JSON.
  friend std::ostream& operator<<(std::ostream& out, const JsonView& view) {
    return view.print(out);
  }

  /// Both strings joined; throws JsonError when one of the views is of another kind.
  friend std::string operator+(const JsonView& a, const JsonView& b) {
    return detail::concatenated(a.string(), b.string());
  }
  /// The string and a text joined: `"status " + task["status"]`.
  template <detail::PlainText T> friend std::string operator+(const JsonView& a, const T& b) {
    return detail::concatenated(a.string(), detail::text_of(b));
  }
  template <detail::PlainText T> friend std::string operator+(const T& a, const JsonView& b) {
    return detail::concatenated(detail::text_of(a), b.string());
  }
  template <std::same_as<char> C> friend std::string operator+(const JsonView& a, C b) {
    return detail::concatenated(a.string(), {&b, 1});
  }
  template <std::same_as<char> C> friend std::string operator+(C a, const JsonView& b) {
    return detail::concatenated({&a, 1}, b.string());
  }

  friend bool operator==(const JsonView& a, const JsonView& b) { return a.equals(b); }
  template <detail::PlainText T> friend bool operator==(const JsonView& a, const T& b) {
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
  template <class View> friend class JsonIterator;

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

  // Both are empty in a view of null.
  std::shared_ptr<const detail::JsonDocument> document_{};
  const detail::JsonNode* node_ = nullptr;
};

/// A view that comes from a temporary. Its document may be destroyed at the end of the expression.
///
/// It is a JsonView, and can be kept as one, printed, compared, passed to the SDK's methods and
/// converted to `std::string`. As long as it has no name it does not convert to `std::string_view`,
/// which could outlive the document: `std::string_view label = tc.get_task(id)["label"];` does not
/// compile. Give the response a name, or keep the text as a `std::string`.
class TemporaryJsonView : public JsonView {
 public:
  using Iterator = JsonIterator<TemporaryJsonView>;
  using iterator = Iterator;
  using const_iterator = Iterator;

  /// A view of null.
  TemporaryJsonView() noexcept = default;
  /// The same view.
  // NOLINTNEXTLINE(google-explicit-constructor): what functions return says how long it lives
  TemporaryJsonView(JsonView view) noexcept : JsonView(std::move(view)) {}
  /// A view of a literal. It refers to the literal's characters.
  template <class C, std::size_t N>
    requires std::same_as<C, const char>
  // NOLINTNEXTLINE(google-explicit-constructor): the other operand of `?:` becomes this type
  TemporaryJsonView(C (&literal)[N]) : JsonView(literal) {}

  /// The same as for a JsonView.
  JsonView operator[](Text key) const& { return JsonView::operator[](key); }
  TemporaryJsonView operator[](Text key) const&& { return JsonView::operator[](key); }
  template <detail::Integer I> JsonView operator[](I index) const& {
    return JsonView::operator[](index);
  }
  template <detail::Integer I> TemporaryJsonView operator[](I index) const&& {
    return JsonView::operator[](index);
  }

  /// The same as for a JsonView.
  std::optional<JsonView> get(Text key) const& { return JsonView::get(key); }
  std::optional<TemporaryJsonView> get(Text key) const&& { return JsonView::get(key); }

  /// The same as for a JsonView.
  JsonView::Iterator begin() const&;
  Iterator begin() const&&;
  JsonView::Iterator end() const&;
  Iterator end() const&&;

  // NOLINTNEXTLINE(google-explicit-constructor): as of a JsonView
  operator std::string_view() const& GLOBUS_SDK_LIFETIMEBOUND {
    return static_cast<const JsonView&>(*this);
  }
  /// The characters may be destroyed at the end of the expression: give the response a name first.
  template <class Remedy = detail::NameTheResponseFirst>
  operator std::string_view() const&& = delete;  // NOLINT(google-explicit-constructor)

  /// The same as for a JsonView.
  const boost::json::value& value() const& GLOBUS_SDK_LIFETIMEBOUND { return JsonView::value(); }
  /// A copy of the value in Boost.JSON's form.
  boost::json::value value() const&&;
};

/// Goes over the elements of an array. It keeps the document alive, so it may outlive the view that
/// it came from.
template <class View> class JsonIterator {
 public:
  using iterator_concept = std::forward_iterator_tag;
  using iterator_category = std::input_iterator_tag;
  using difference_type = std::ptrdiff_t;
  using value_type = View;
  using reference = View;
  using pointer = void;

  JsonIterator() noexcept = default;

  View operator*() const { return array_.element(index_); }
  JsonIterator& operator++() noexcept {
    ++index_;
    return *this;
  }
  JsonIterator operator++(int) {
    JsonIterator before = *this;
    ++index_;
    return before;
  }
  friend bool operator==(const JsonIterator& a, const JsonIterator& b) noexcept {
    return a.index_ == b.index_;
  }

 private:
  friend class JsonView;
  friend class TemporaryJsonView;
  JsonIterator(JsonView array, std::size_t index) noexcept
      : array_(std::move(array)), index_(index) {}
  template <class Other>
  explicit JsonIterator(JsonIterator<Other> other) noexcept
      : array_(std::move(other.array_)), index_(other.index_) {}
  template <class Other> friend class JsonIterator;

  JsonView array_{};
  std::size_t index_ = 0;
};

inline JsonView::Iterator TemporaryJsonView::begin() const& {
  return JsonView::begin();
}
inline TemporaryJsonView::Iterator TemporaryJsonView::begin() const&& {
  return Iterator(JsonView::begin());
}
inline JsonView::Iterator TemporaryJsonView::end() const& {
  return JsonView::end();
}
inline TemporaryJsonView::Iterator TemporaryJsonView::end() const&& {
  return Iterator(JsonView::end());
}

/// The members of an object: `for (auto [key, value] : view.items())`. It keeps the document alive.
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

// The definitions of the templates.

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
