// SPDX-License-Identifier: Apache-2.0
#include "sandbox/base/uuid.hpp"

#include "sandbox/base/hexadecimal.hpp"
#include "sandbox/base/text.hpp"

namespace globus_sandbox {

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? c != '-' : hexadecimal_value(c) < 0) return false;
  }
  return true;
}

std::string canonical_uuid(std::string_view text) {
  return is_uuid(text) ? lower_case(text) : std::string(text);
}

std::string uuid_of_bytes(std::string_view bytes) {
  std::string text = hexadecimal(bytes);
  for (const std::size_t dash : {8U, 13U, 18U, 23U}) text.insert(dash, 1, '-');
  return text;
}

}  // namespace globus_sandbox
