// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <type_traits>

#include "globus_sdk/core/language.hpp"

namespace globus_sdk::inline v0 {

template <class T> class Field;
template <class T> class Nullable;

namespace detail {

template <class T> inline constexpr bool is_field = false;
template <class T> inline constexpr bool is_field<Field<T>> = true;
template <class T> inline constexpr bool is_field<Nullable<T>> = true;

template <class T>
concept Character = std::same_as<T, char> || std::same_as<T, wchar_t> || std::same_as<T, char8_t> ||
                    std::same_as<T, char16_t> || std::same_as<T, char32_t>;

/// A number: neither a truth value nor a character.
template <class T>
concept Number = std::is_arithmetic_v<T> && !std::same_as<T, bool> && !Character<T>;

template <class T>
concept Integer = Number<T> && std::integral<T>;

}  // namespace detail
}  // namespace globus_sdk::inline v0
