// SPDX-License-Identifier: Apache-2.0
#include "core/base/random_uuid.hpp"

#include <openssl/rand.h>

#include <array>
#include <cstddef>
#include <string_view>

#include "globus_sdk/core/globus_error.hpp"

namespace globus_sdk::inline v0::detail {

std::string random_uuid() {
  std::array<unsigned char, 16> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    throw GlobusError("no random numbers are available for a UUID");
  }
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0FU) | 0x40U);  // the version
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3FU) | 0x80U);  // the variant
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (std::size_t index = 0; index < bytes.size(); ++index) {
    if (index == 4 || index == 6 || index == 8 || index == 10) text += '-';
    text += digits[bytes[index] >> 4U];
    text += digits[bytes[index] & 0x0FU];
  }
  return text;
}

}  // namespace globus_sdk::inline v0::detail
