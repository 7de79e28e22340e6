// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace globus_sdk::inline v0::detail {

/// A letter of ASCII in lower case. Not std::tolower: that one asks the locale.
constexpr char ascii_lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace globus_sdk::inline v0::detail
