// SPDX-License-Identifier: Apache-2.0
#include "core/base/base64.hpp"

#include <algorithm>
#include <cstddef>
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

std::string encode_base64(std::string_view bytes, std::string_view alphabet, bool padded) {
  std::string encoded;
  encoded.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      group = (group << 8) | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      if (k <= count) {
        encoded += alphabet[(group >> (18 - 6 * k)) & 0x3FU];
      } else if (padded) {
        encoded += '=';
      }
    }
  }
  return encoded;
}

constexpr std::string_view base64_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view base64url_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

}  // namespace

std::string base64_encode(std::string_view bytes) {
  return encode_base64(bytes, base64_alphabet, true);
}

std::string base64url_encode(std::string_view bytes) {
  return encode_base64(bytes, base64url_alphabet, false);
}

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
