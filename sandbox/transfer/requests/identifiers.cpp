// SPDX-License-Identifier: Apache-2.0
#include "sandbox/transfer/requests/identifiers.hpp"

#include <cstdint>

#include "sandbox/base/hexadecimal.hpp"

namespace globus_sandbox::transfer {

std::string legacy_username(std::string_view identity_id) {
  static constexpr std::string_view digits = "abcdefghijklmnopqrstuvwxyz234567";
  std::string result = "u_";
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : identity_id) {
    const int value = hexadecimal_value(c);
    if (value < 0) continue;
    bits = (bits << 4U) | static_cast<std::uint32_t>(value);
    count += 4;
    if (count >= 5) {
      count -= 5;
      result += digits[(bits >> static_cast<unsigned>(count)) & 31U];
    }
  }
  if (count > 0) result += digits[(bits << static_cast<unsigned>(5 - count)) & 31U];
  return result;
}

}  // namespace globus_sandbox::transfer
