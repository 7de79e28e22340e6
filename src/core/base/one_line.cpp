// SPDX-License-Identifier: Apache-2.0
#include "core/base/one_line.hpp"

#include <algorithm>
#include <cstddef>

namespace globus_sdk::inline v0::detail {

std::string one_line(std::string text) {
  constexpr std::size_t longest = 2000;
  if (text.size() > longest) {
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text.resize(end);
    text += "...";
  }
  std::ranges::replace_if(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
  return text;
}

}  // namespace globus_sdk::inline v0::detail
