// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>

#include "globus_sdk/core/export.hpp"

namespace globus_sdk::inline v0 {

class JsonView;
class Text;

namespace detail {

/// A type that can be given as a text: it converts to `std::string_view`, and is not `nullptr`
/// (which C++20 would take for a `const char*`).
template <class T>
concept TextLike = std::convertible_to<const std::remove_cvref_t<T>&, std::string_view> &&
                   !std::same_as<std::remove_cvref_t<T>, std::nullptr_t>;

/// A text that is not a JsonView.
template <class T>
concept PlainText = TextLike<T> && !std::derived_from<std::remove_cvref_t<T>, JsonView>;

/// Throws GlobusSDKUsageError: a text parameter was a null pointer.
[[noreturn]] void throw_null_text();

/// The characters of `text`; a null `const char*` is a usage error.
template <TextLike T> std::string_view text_of(const T& text GLOBUS_SDK_LIFETIMEBOUND) {
  if constexpr (std::is_pointer_v<T>) {
    if (text == nullptr) throw_null_text();
  }
  return static_cast<std::string_view>(text);
}

}  // namespace detail

/// A text parameter: a string, a `std::string_view`, a literal, or a JsonView that holds a string.
///
/// It refers to the caller's characters, as `std::string_view` does, and is meant for parameters
/// only. Unlike `std::string_view` it accepts no `nullptr`, and no braces with two pointers in them
/// (`{"a", "b"}` would be read as a pair of iterators). A null `const char*` throws
/// GlobusSDKUsageError.
class Text {
 public:
  /// @throws GlobusSDKUsageError for a null `const char*`.
  template <class T>
    requires(detail::TextLike<T> && !std::same_as<std::remove_cvref_t<T>, Text>)
  // NOLINTNEXTLINE(google-explicit-constructor): a parameter type converts by itself
  Text(const T& text GLOBUS_SDK_LIFETIMEBOUND) : view_(detail::text_of(text)) {}

  Text(std::nullptr_t) = delete;

  /// The characters.
  operator std::string_view() const noexcept { return view_; }

  /// The characters, not owned.
  std::string_view view() const noexcept { return view_; }

  /// A copy of the characters.
  std::string str() const { return std::string(view_); }

  /// Whether the text has no characters.
  bool empty() const noexcept { return view_.empty(); }
  /// How many bytes there are.
  std::size_t size() const noexcept { return view_.size(); }

 private:
  std::string_view view_;
};

/// A text that is known when the program is compiled: a `std::string_view` of a literal. It also
/// converts implicitly to `std::string`.
class StaticText : public std::string_view {
 public:
  /// @param literal the text; its characters are not copied.
  consteval explicit StaticText(std::string_view literal) : std::string_view(literal) {}

  // NOLINTNEXTLINE(google-explicit-constructor): `tokens.at(TransferScopes.resource_server)`
  operator std::string() const { return std::string(data(), size()); }
};

}  // namespace globus_sdk::inline v0
