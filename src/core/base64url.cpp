// SPDX-License-Identifier: Apache-2.0
#include "base64url.hpp"

#include <cstdint>

namespace globus_sdk::inline v0::detail {

namespace {

constexpr int no_digit = -1;

constexpr int digit(char letter) {
  if (letter >= 'A' && letter <= 'Z') return letter - 'A';
  if (letter >= 'a' && letter <= 'z') return letter - 'a' + 26;
  if (letter >= '0' && letter <= '9') return letter - '0' + 52;
  if (letter == '-') return 62;
  if (letter == '_') return 63;
  return no_digit;
}

}  // namespace

std::optional<std::string> base64url_decode(std::string_view text) {
  if (text.size() % 4 == 1) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t held = 0;
  unsigned held_bits = 0;
  for (const char letter : text) {
    const int value = digit(letter);
    if (value == no_digit) return std::nullopt;
    held = (held << 6U) | static_cast<std::uint32_t>(value);
    held_bits += 6;
    if (held_bits < 8) continue;
    held_bits -= 8;
    bytes += static_cast<char>(held >> held_bits);
    held &= (1U << held_bits) - 1;
  }
  if (held != 0) return std::nullopt;  // bits that belong to no byte
  return bytes;
}

}  // namespace globus_sdk::inline v0::detail
