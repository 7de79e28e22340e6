// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <initializer_list>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "globus_sdk/core/choice.hpp"
#include "globus_sdk/core/json_view.hpp"
#include "globus_sdk/core/strings.hpp"

namespace globus_sdk::inline v0 {

namespace detail {

/// What one Choice of E can be made from. A JsonView may hold several.
template <class T, class E>
concept OneChoice = std::convertible_to<const T&, Choice<E>> && !std::derived_from<T, JsonView>;

/// A range of such.
template <class R, class E>
concept ChoiceRange = !std::derived_from<R, JsonView> &&
                      !std::convertible_to<const R&, Choice<E>> && requires(const R& range) {
                        { *std::begin(range) } -> std::convertible_to<Choice<E>>;
                        std::end(range);
                      };

}  // namespace detail

/// One of a few strings, or several: where Python takes `Literal[...] | Iterable[Literal[...]]`.
///
/// It is made from whatever makes a Choice, from braces with such (`{"open",
/// WebInputState::closed}`), from any range, or from a JsonView that holds a string or an array of
/// strings.
template <class E> class Choices {
 public:
  using BraceElement = Choice<E>;

  // NOLINTBEGIN(google-explicit-constructor): a parameter type converts by itself
  /// One choice.
  template <detail::OneChoice<E> T> Choices(const T& choice) : strings_(Choice<E>(choice).str()) {}

  /// These choices.
  Choices(std::initializer_list<Choice<E>> choices) : strings_(texts_of(choices)) {}

  /// The choices of a range.
  template <detail::ChoiceRange<E> R> Choices(const R& range) : strings_(texts_of(range)) {}

  /// The string, or the strings of the array, that `view` holds.
  Choices(const JsonView& view) : strings_(view) { texts_of(strings_); }
  // NOLINTEND(google-explicit-constructor)

  /// The texts that a request contains, in their order.
  const Strings& strings() const& noexcept { return strings_; }
  /// The same for a temporary object.
  Strings strings() && noexcept { return std::move(strings_); }

 private:
  /// The texts of a range, each of which a Choice accepts.
  template <class R> static std::vector<std::string> texts_of(const R& range) {
    std::vector<std::string> texts;
    for (const auto& choice : range) texts.push_back(Choice<E>(choice).str());
    return texts;
  }

  Strings strings_;
};

}  // namespace globus_sdk::inline v0
