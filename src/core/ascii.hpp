// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace globus_sdk::inline v0::detail {

/// A letter of ASCII in lower case. Not std::tolower: that one asks the locale.
constexpr char ascii_lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// A text without the blanks and line ends around it.
constexpr std::string_view ascii_trimmed(std::string_view text) noexcept {
  constexpr std::string_view blanks = " \t\r\n\v\f";
  const auto begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

}  // namespace globus_sdk::inline v0::detail
