// SPDX-License-Identifier: Apache-2.0
#include "sandbox/base/uuid.hpp"

#include "sandbox/base/text.hpp"

namespace globus_sandbox {

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (dash ? c != '-' : !hex) return false;
  }
  return true;
}

std::string canonical_uuid(std::string_view text) {
  return is_uuid(text) ? lower_case(text) : std::string(text);
}

}  // namespace globus_sandbox
