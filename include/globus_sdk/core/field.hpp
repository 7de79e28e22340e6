// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "globus_sdk/core/argument_kinds.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

/// The type of `null`.
struct Null {
  explicit constexpr Null() = default;
};

/// JSON null for a Nullable field; means the same as `nullptr` and is easier to read.
inline constexpr Null null{};

namespace detail {

/// Whether a field of T accepts a U. It accepts only types that clearly mean a T: a `bool` is no
/// number, and a pointer is no `bool`.
template <class T, class U> consteval bool takes() {
  using Given = std::remove_cvref_t<U>;
  if constexpr (is_field<Given> || std::same_as<Given, std::nullptr_t> ||
                std::same_as<Given, Null>) {
    return false;
  } else if constexpr (std::same_as<T, bool>) {
    return std::same_as<Given, bool>;
  } else if constexpr (std::integral<T>) {
    return Integer<Given>;
  } else if constexpr (std::floating_point<T>) {
    return Number<Given>;
  } else if constexpr (std::same_as<T, std::string>) {
    return TextLike<Given>;
  } else {
    return std::convertible_to<U, T>;
  }
}

/// Throws GlobusSDKUsageError: a number is too large for its field.
[[noreturn]] void throw_number_out_of_range();

/// `value` as a T.
template <class T, class U> T field_value(U&& value) {
  if constexpr (Integer<T>) {
    if (!std::in_range<T>(value)) throw_number_out_of_range();
    return static_cast<T>(value);
  } else if constexpr (std::is_arithmetic_v<T>) {
    return static_cast<T>(value);
  } else if constexpr (std::same_as<T, std::string>) {
    if constexpr (std::same_as<U, std::string>) {
      return std::forward<U>(value);
    } else {
      return std::string(text_of(value));
    }
  } else {
    return std::forward<U>(value);
  }
}

/// The element type for types that have no braced form. No object of it can be made.
struct NoBraces {
  NoBraces() = delete;
};

template <class T> struct BracesOf {
  using Element = NoBraces;
};
template <class T>
  requires requires { typename T::BraceElement; }
struct BracesOf<T> {
  using Element = typename T::BraceElement;
};

template <class E, class A> struct BracesOf<std::vector<E, A>> {
  using Element = E;
};

/// The type of the elements between the braces of a T: `Text` for Strings, `Json` for Json and
/// Filter.
template <class T> using BraceElement = typename BracesOf<T>::Element;

}  // namespace detail

/// An optional field of a request: it has a value, or it is unset and is not sent.
///
/// It is strict about types: a `Field<bool>` accepts only a `bool`, a `Field<std::int64_t>` only
/// integers, a `Field<double>` only numbers, a `Field<std::string>` only text. No field accepts
/// `nullptr`. Strings, Json, Filter and vectors may be given in their braced forms (`{"a", "b"}`,
/// `{{"k", 1}}`); empty braces mean unset.
template <class T> class Field {
 public:
  using value_type = T;

  /// Unset.
  constexpr Field() noexcept = default;

  /// Set to `value`.
  template <class U>
    requires(detail::takes<T, U>())
  // NOLINTNEXTLINE(google-explicit-constructor): `.label = "x"`
  Field(U&& value) : value_(detail::field_value<T>(std::forward<U>(value))) {}

  /// Set to the braced form of a T.
  Field(std::initializer_list<detail::BraceElement<T>> values) : value_(T(values)) {}

  /// Set to the value of an optional; unset when the optional is empty.
  template <class U>
    requires(detail::takes<T, U>())
  // NOLINTNEXTLINE(google-explicit-constructor): the same meaning in both types
  Field(const std::optional<U>& value) {
    if (value) value_.emplace(detail::field_value<T>(*value));
  }

  /// Whether there is a value.
  bool has_value() const noexcept { return value_.has_value(); }
  /// Whether there is a value.
  explicit operator bool() const noexcept { return has_value(); }

  /// The value; throws `std::bad_optional_access` when unset.
  const T& value() const& { return value_.value(); }
  /// The same for a temporary object.
  T value() && { return std::move(value_).value(); }

  /// The value; the field must have one.
  const T& operator*() const& noexcept { return *value_; }
  /// The value; the field must have one.
  T& operator*() & noexcept { return *value_; }
  /// A member of the value; the field must have one.
  const T* operator->() const noexcept { return &*value_; }
  /// A member of the value; the field must have one.
  T* operator->() noexcept { return &*value_; }

  /// The value, or `fallback` when unset.
  template <class U> T value_or(U&& fallback) const {
    return value_.value_or(std::forward<U>(fallback));
  }

  /// Makes it unset.
  void reset() noexcept { value_.reset(); }

 private:
  std::optional<T> value_{};
};

/// A field for which `null` has a meaning of its own (often "remove what is stored"): unset, null
/// or a value. It accepts what Field accepts, and also `nullptr` or `null`.
template <class T> class Nullable {
 public:
  using value_type = T;

  /// Unset.
  constexpr Nullable() noexcept = default;

  /// Null: sent as JSON null.
  // NOLINTNEXTLINE(google-explicit-constructor): `.label = nullptr`
  constexpr Nullable(std::nullptr_t) noexcept : null_(true) {}
  /// Null: sent as JSON null.
  // NOLINTNEXTLINE(google-explicit-constructor): `.label = null`
  constexpr Nullable(Null) noexcept : null_(true) {}

  /// Set to `value`.
  template <class U>
    requires(detail::takes<T, U>())
  // NOLINTNEXTLINE(google-explicit-constructor): `.label = "x"`
  Nullable(U&& value) : value_(detail::field_value<T>(std::forward<U>(value))) {}

  /// Set to the braced form of a T.
  Nullable(std::initializer_list<detail::BraceElement<T>> values) : value_(T(values)) {}

  /// Whether it is unset: neither null nor a value.
  bool is_unset() const noexcept { return !null_ && !value_.has_value(); }
  /// Whether it is null.
  bool is_null() const noexcept { return null_; }
  /// Whether there is a value.
  bool has_value() const noexcept { return value_.has_value(); }
  /// Whether there is a value; null does not count as one.
  explicit operator bool() const noexcept { return has_value(); }

  /// The value; throws `std::bad_optional_access` when unset or null.
  const T& value() const& { return value_.value(); }
  /// The same for a temporary object.
  T value() && { return std::move(value_).value(); }

  /// The value; the field must have one.
  const T& operator*() const& noexcept { return *value_; }
  /// The value; the field must have one.
  T& operator*() & noexcept { return *value_; }
  /// A member of the value; the field must have one.
  const T* operator->() const noexcept { return &*value_; }
  /// A member of the value; the field must have one.
  T* operator->() noexcept { return &*value_; }

  /// The value, or `fallback` when unset or null.
  template <class U> T value_or(U&& fallback) const {
    return value_.value_or(std::forward<U>(fallback));
  }

  /// Makes it unset.
  void reset() noexcept {
    value_.reset();
    null_ = false;
  }

 private:
  std::optional<T> value_{};
  bool null_ = false;
};

}  // namespace globus_sdk::inline v0
