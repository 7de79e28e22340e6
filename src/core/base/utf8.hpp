// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace globus_sdk::inline v0::detail {

/// One character of a text, and how many bytes it has there.
struct Utf8Character {
  char32_t code;
  std::size_t size;
};

/// The character that `text` begins with; nothing where it is empty, or begins with bytes that are
/// no UTF-8. Half of a surrogate pair is a character too: WTF-8 writes it like any other.
std::optional<Utf8Character> first_character(std::string_view text);

/// Half of a surrogate pair, which is no character of Unicode.
constexpr bool is_surrogate(char32_t code) {
  return code >= 0xD800 && code <= 0xDFFF;
}

/// Whether `text` is UTF-8 from beginning to end, without surrogates.
bool is_utf8(std::string_view text);

/// Appends a character in UTF-8; a surrogate in WTF-8.
void append_utf8(std::string& text, char32_t code);

}  // namespace globus_sdk::inline v0::detail
