// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace globus_sdk::inline v0::detail {

/// A letter of ASCII in lower case. Not std::tolower: that one asks the locale.
constexpr char ascii_lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// A letter of ASCII in upper case. Not std::toupper, in the same way.
constexpr char ascii_upper(char c) noexcept {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

/// A text whose letters are in lower case.
inline std::string ascii_lowered(std::string text) {
  std::ranges::transform(text, text.begin(), ascii_lower);
  return text;
}

/// Whether two texts are the same but for the case of their letters.
constexpr bool ascii_equal(std::string_view a, std::string_view b) noexcept {
  return std::ranges::equal(a, b, {}, ascii_lower, ascii_lower);
}

/// Whether a text begins with another, whatever the case of their letters.
constexpr bool ascii_starts_with(std::string_view text, std::string_view start) noexcept {
  return text.size() >= start.size() && ascii_equal(text.substr(0, start.size()), start);
}

/// A text without the blanks and line ends around it.
constexpr std::string_view ascii_trimmed(std::string_view text) noexcept {
  constexpr std::string_view blanks = " \t\r\n\v\f";
  const auto begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

}  // namespace globus_sdk::inline v0::detail
