// SPDX-License-Identifier: Apache-2.0
#include "core/base/uuid.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <cstddef>

#include "core/base/hexadecimal.hpp"
#include "globus_sdk/core/globus_error.hpp"

namespace globus_sdk::inline v0::detail {

std::string uuid_text(const std::array<std::uint8_t, 16>& bytes) {
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    append_hexadecimal(text, bytes[i]);
  }
  return text;
}

std::string random_uuid() {
  std::array<std::uint8_t, 16> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    throw GlobusError("no random numbers are available for a UUID");
  }
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0FU) | 0x40U);  // the version
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3FU) | 0x80U);  // the variant
  return uuid_text(bytes);
}

bool is_uuid(std::string_view text) {
  constexpr std::string_view form = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  return std::ranges::equal(text, form, [](char letter, char expected) {
    if (expected == '-') return letter == '-';
    return hexadecimal_value(letter) >= 0;
  });
}

}  // namespace globus_sdk::inline v0::detail
