// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

/// The spellings of an enum's values; specialised beside each enum that is used in a Choice:
///
///     template <> struct ChoiceNames<SyncLevel> {
///       static constexpr std::string_view parameter = "sync_level";
///       static constexpr std::string_view names[] = {"exists", "size", "mtime", "checksum"};
///       static constexpr bool closed = true;                       // no other string is valid
///       static constexpr std::int64_t integers[] = {0, 1, 2, 3};   // only where ints are taken
///     };
///
/// `names` are in the enum's order, and the enum's values count from 0.
template <class E> struct ChoiceNames;

namespace detail {

/// The index of `text` in `names`. Throws GlobusSDKUsageError when `text` is empty, or when the set
/// is closed and `text` is not among `names`.
std::optional<std::size_t> choice_index(std::string_view parameter,
                                        std::span<const std::string_view> names, bool closed,
                                        std::string_view text);

/// The index of `integer` in `integers`; throws GlobusSDKUsageError when it is not among them.
std::size_t choice_index(std::string_view parameter, std::span<const std::int64_t> integers,
                         std::int64_t integer);

/// `index`, if it is less than `count`. Otherwise throws GlobusSDKUsageError: the enum was cast
/// from a number that has no name.
std::size_t checked_choice(std::string_view parameter, std::size_t count, std::size_t index);

template <class E>
concept IntegerChoice = requires { ChoiceNames<E>::integers; };

}  // namespace detail

/// One of a few strings: where Python takes `Literal[...]`.
///
/// It is made from an enum's value, or from a string, for values that are newer than this SDK. A
/// set that is closed refuses unknown strings with GlobusSDKUsageError. Where Python accepts a
/// number, a number is accepted here too.
template <class E>
  requires std::is_enum_v<E>
class Choice {
 public:
  /// The enum's value.
  // NOLINTNEXTLINE(google-explicit-constructor): `.sync_level = SyncLevel::checksum`
  Choice(E value)
      : index_(detail::checked_choice(Names::parameter, std::size(Names::names),
                                      static_cast<std::size_t>(value))),
        text_(Names::names[*index_]) {}

  /// @throws GlobusSDKUsageError where the set is closed and has no such text.
  template <detail::TextLike T>
  // NOLINTNEXTLINE(google-explicit-constructor): `.sync_level = "checksum"`
  Choice(const T& text)
      : index_(detail::choice_index(Names::parameter, Names::names, Names::closed,
                                    detail::text_of(text))),
        text_(detail::text_of(text)) {}

  /// @throws GlobusSDKUsageError where the set has no such number.
  template <detail::Integer I>
    requires detail::IntegerChoice<E>
  // NOLINTNEXTLINE(google-explicit-constructor): `.sync_level = 3`
  Choice(I integer)
      : index_(detail::choice_index(Names::parameter, ChoiceNames<E>::integers,
                                    detail::field_value<std::int64_t>(integer))),
        text_(Names::names[*index_]) {}

  /// The text that a request contains.
  const std::string& str() const noexcept { return text_; }

  /// The enum's value; nothing for a string without one.
  std::optional<E> known() const noexcept {
    return index_ ? std::optional<E>(static_cast<E>(*index_)) : std::nullopt;
  }

  /// The number of this value, where the values have numbers; nothing for a string without one.
  std::optional<std::int64_t> integer() const noexcept
    requires detail::IntegerChoice<E>
  {
    return index_ ? std::optional<std::int64_t>(ChoiceNames<E>::integers[*index_]) : std::nullopt;
  }

  friend bool operator==(const Choice& a, const Choice& b) noexcept { return a.text_ == b.text_; }
  friend bool operator==(const Choice& a, E b) noexcept { return a.known() == b; }

 private:
  using Names = ChoiceNames<E>;

  std::optional<std::size_t> index_{};
  std::string text_{};
};

}  // namespace globus_sdk::inline v0
