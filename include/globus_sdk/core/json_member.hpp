// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <compare>
#include <concepts>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "globus_sdk/core/choice.hpp"
#include "globus_sdk/core/json_view.hpp"

namespace globus_sdk::inline v0 {

template <class T> class JsonMember;

namespace detail {

template <class T> inline constexpr bool is_json_member = false;
template <class T> inline constexpr bool is_json_member<JsonMember<T>> = true;

template <class T> inline constexpr bool is_choice = false;
template <class E> inline constexpr bool is_choice<Choice<E>> = true;

/// Two integers of types that a plain comparison may not mix.
template <class A, class B>
concept Integers = Integer<A> && Integer<B>;

/// `view`, which must show an object; throws JsonError otherwise.
JsonView require_object(const JsonView& view);

/// Of two names of one member, the one that the document has; the first if it has neither.
const char* name_in(const JsonView& document, const char* name, const char* other_name);

/// Throws JsonError: the document has no value for a member.
[[noreturn]] void throw_no_value(const char* name);

/// The time that a text in ISO 8601 names, cut to whole seconds; nothing for any other text.
std::optional<std::chrono::sys_seconds> read_time(const JsonView& text);

// A member's value as text.
inline std::string_view member_text(const std::string& text) {
  return text;
}
template <class E> std::string_view member_text(const Choice<E>& choice) {
  return choice.str();
}
std::string member_text(std::int64_t number);
std::string member_text(double number);
std::string member_text(bool flag);
std::string member_text(std::chrono::sys_seconds time);
std::string member_text(const JsonView& view);

std::ostream& print(std::ostream& out, std::string_view text);

/// A value as a T; nothing for null, and for a text that T has no value for.
template <class T> std::optional<T> read_value(const JsonView& value) {
  if (value.is_null()) return std::nullopt;
  if constexpr (is_vector<T>) {
    T elements;
    for (const JsonView& element : value) {
      auto read = read_value<typename T::value_type>(element);
      if (read) elements.push_back(*std::move(read));
    }
    return elements;
  } else if constexpr (is_choice<T>) {
    const std::string text = value.str();
    return text.empty() ? std::optional<T>() : std::optional<T>(T(text));
  } else if constexpr (std::same_as<T, std::chrono::sys_seconds>) {
    return read_time(value);
  } else if constexpr (std::same_as<T, std::string> || std::is_arithmetic_v<T>) {
    return value.as<T>();
  } else {
    return T(value);
  }
}

}  // namespace detail

/// A member of a document in a typed view, as `task.bytes_transferred` of a Task.
///
/// It converts to a T by itself, prints, and is compared as a T. It has no value when the document
/// has no such member (because the program asked the service for some fields alone, for example),
/// when it is null, and when it is an empty choice or a text that should be a time and is none. To
/// ask for the value then throws JsonError, which names the member; `has_value()`, `value_or()` and
/// `==` do not throw.
///
///     const Task task{tc.get_task(task_id)};
///     const std::int64_t bytes = task.bytes_transferred;
///     if (task.completion_time) std::cout << "ended at " << task.completion_time;
///     std::cout << task.label.value_or("no label");
///
/// T is one of `std::string`, `bool`, `std::int64_t`, `double`, `std::chrono::sys_seconds`, a
/// Choice, a JsonView, another typed view, or a `std::vector` of these. A list leaves out nulls.
template <class T> class JsonMember {
 public:
  using value_type = T;

  /// No value.
  JsonMember() noexcept = default;

  /// The member `name` of an object. It refers to the name's characters.
  ///
  /// @throws JsonError when the member is of another type; the message names its place.
  JsonMember(const JsonView& document, const char* name) : name_(name) {
    if (const auto member = document.get(name)) value_ = detail::read_value<T>(*member);
  }

  /// Whether there is a value.
  bool has_value() const noexcept { return value_.has_value(); }
  /// Whether there is a value. A number or a boolean does not have this: it converts to its value.
  explicit operator bool() const noexcept
    requires(!std::is_arithmetic_v<T>)
  {
    return has_value();
  }

  /// The value; throws JsonError, which names the member, when there is none.
  const T& value() const& GLOBUS_SDK_LIFETIMEBOUND {
    if (!value_) detail::throw_no_value(name_);
    return *value_;
  }
  /// The same for a temporary object.
  T value() const&& { return value(); }

  /// The value, or `fallback` when there is none.
  template <class U> T value_or(U&& fallback) const {
    return value_.value_or(std::forward<U>(fallback));
  }

  /// The same as `value()`.
  const T& operator*() const& GLOBUS_SDK_LIFETIMEBOUND { return value(); }
  /// The same for a temporary object.
  T operator*() const&& { return value(); }
  /// A member of the value; throws JsonError when there is none.
  const T* operator->() const GLOBUS_SDK_LIFETIMEBOUND { return &value(); }

  // NOLINTBEGIN(google-explicit-constructor): a member is used like its value
  /// A copy of `value()`.
  operator T() const { return value(); }

  /// The characters of a text, which live as long as this member.
  operator std::string_view() const& GLOBUS_SDK_LIFETIMEBOUND
    requires(std::same_as<T, std::string>)
  {
    return value();
  }
  /// The characters may be destroyed at the end of the expression: give the view a name first.
  template <class Remedy = detail::NameTheResponseFirst>
    requires(std::same_as<T, std::string>)
  operator std::string_view() const&& = delete;
  // NOLINTEND(google-explicit-constructor)

  /// Whether both have the same value, or none.
  friend bool operator==(const JsonMember& a, const JsonMember& b)
    requires std::equality_comparable<T>
  {
    return a.value_ == b.value_;
  }
  /// Whether there is a value that is equal to `b`.
  template <class U>
    requires(!detail::is_json_member<U> &&
             requires(const T& value, const U& other) {
               { value == other } -> std::convertible_to<bool>;
             })
  friend bool operator==(const JsonMember& a, const U& b) {
    if constexpr (detail::Integers<T, U>) {
      return a.value_ && std::cmp_equal(*a.value_, b);
    } else {
      return a.value_ && *a.value_ == b;
    }
  }

  /// Compares the values; throws JsonError when there is none.
  friend auto operator<=>(const JsonMember& a, const JsonMember& b)
    requires std::three_way_comparable<T>
  {
    return a.value() <=> b.value();
  }
  /// Compares the value with `b`; throws JsonError when there is no value.
  template <class U>
    requires(!detail::is_json_member<U> && !std::is_arithmetic_v<T> &&
             std::three_way_comparable_with<T, U>)
  friend auto operator<=>(const JsonMember& a, const U& b) {
    return a.value() <=> b;
  }

  /// Prints the value: a time in ISO 8601, JSON as it is; `null` when there is none.
  friend std::ostream& operator<<(std::ostream& out, const JsonMember& member)
    requires requires(const T& value) { detail::member_text(value); }
  {
    if (!member.value_) return detail::print(out, "null");
    return detail::print(out, detail::member_text(*member.value_));
  }

 private:
  const char* name_ = "";
  std::optional<T> value_{};
};

}  // namespace globus_sdk::inline v0
