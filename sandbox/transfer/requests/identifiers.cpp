// SPDX-License-Identifier: Apache-2.0
#include "sandbox/transfer/requests/identifiers.hpp"

#include <cstdint>

#include "sandbox/base/text.hpp"

namespace globus_sandbox::transfer {

namespace {

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

}  // namespace

std::string legacy_username(std::string_view identity_id) {
  static constexpr std::string_view digits = "abcdefghijklmnopqrstuvwxyz234567";
  std::string result = "u_";
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : lower_case(identity_id)) {
    if (!is_hex(c)) continue;
    bits = (bits << 4U) | static_cast<std::uint32_t>(c <= '9' ? c - '0' : c - 'a' + 10);
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
