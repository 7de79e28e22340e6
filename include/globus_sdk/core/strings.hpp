// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

class Strings;

namespace detail {

/// A range whose elements are texts. A text itself is not such a range.
template <class R>
concept TextRange =
    !TextLike<R> && !std::same_as<std::remove_cvref_t<R>, Strings> && requires(R& range) {
      { *std::begin(range) } -> TextLike;
      std::end(range);
    };

}  // namespace detail

/// One string or many: where Python takes `str | Iterable[str]`.
///
/// It is made from a text, from braces (`{"a", "b"}`), from any range of texts, or from a JsonView
/// that holds a string or an array of strings. Any other JsonView throws JsonError. It owns its
/// strings.
class Strings {
 public:
  using BraceElement = Text;

  /// No strings.
  Strings() = default;

  /// One string.
  template <detail::PlainText T>
  // NOLINTNEXTLINE(google-explicit-constructor): one string may stand for a list
  Strings(const T& text) : values_(1, std::string(detail::text_of(text))), is_one_text_(true) {}

  /// These strings.
  Strings(std::initializer_list<Text> texts) {
    values_.reserve(texts.size());
    for (const Text& text : texts) values_.push_back(text.str());
  }

  /// The strings of a range.
  template <detail::TextRange R>
  // NOLINTNEXTLINE(google-explicit-constructor): a vector is a list of strings
  Strings(R&& range) {
    for (auto&& text : range) values_.emplace_back(detail::text_of(text));
  }

  /// These strings.
  // NOLINTNEXTLINE(google-explicit-constructor): a vector is a list of strings
  Strings(std::vector<std::string> values) noexcept : values_(std::move(values)) {}

  /// The string, or the strings of the array, that `view` holds.
  // NOLINTNEXTLINE(google-explicit-constructor): `tc.f(task["ids"])`
  Strings(const JsonView& view);

  Strings(std::nullptr_t) = delete;

  /// The strings, in their order.
  const std::vector<std::string>& values() const& noexcept { return values_; }
  /// The same for a temporary object.
  std::vector<std::string> values() && noexcept { return std::move(values_); }

  /// All strings joined into one, with `separator` between them, as lists are written in a query.
  std::string joined(char separator) const;

  /// Whether it was made from one text, and not from a list of one. Few services tell the two
  /// apart.
  bool is_one_text() const noexcept { return is_one_text_; }

  /// The strings, in their order.
  auto begin() const noexcept { return values_.begin(); }
  auto end() const noexcept { return values_.end(); }
  /// How many strings there are.
  std::size_t size() const noexcept { return values_.size(); }
  /// Whether there are no strings.
  bool empty() const noexcept { return values_.empty(); }

  /// Whether they are the same strings.
  friend bool operator==(const Strings& a, const Strings& b) { return a.values_ == b.values_; }

 private:
  std::vector<std::string> values_{};
  bool is_one_text_ = false;
};

}  // namespace globus_sdk::inline v0
