// SPDX-License-Identifier: Apache-2.0
#include "sandbox/base/base64.hpp"

#include <cstdint>

namespace globus_sandbox {

namespace {

constexpr std::string_view url_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view plain_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::string base64url_encode(std::string_view bytes) {
  std::string result;
  result.reserve((bytes.size() * 4 + 2) / 3);
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : bytes) {
    bits = (bits << 8U) | static_cast<unsigned char>(c);
    count += 8;
    while (count >= 6) {
      count -= 6;
      result += url_alphabet[(bits >> static_cast<unsigned>(count)) & 63U];
    }
  }
  if (count > 0) result += url_alphabet[(bits << static_cast<unsigned>(6 - count)) & 63U];
  return result;
}

std::optional<std::string> base64_decode(std::string_view text) {
  while (!text.empty() && text.back() == '=') text.remove_suffix(1);
  std::string result;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const auto digit = plain_alphabet.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    bits = (bits << 6U) | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count >= 8) {
      count -= 8;
      result += static_cast<char>((bits >> static_cast<unsigned>(count)) & 255U);
    }
  }
  return result;
}

}  // namespace globus_sandbox
