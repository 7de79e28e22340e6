// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string_view>

namespace globus_sdk::inline v0::detail {

/// Whether a text may stand in a header: without line ends and NUL. In one pass, since it is asked
/// of the Authorization of each request.
constexpr bool is_header_text(std::string_view text) noexcept {
  return std::ranges::none_of(text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

}  // namespace globus_sdk::inline v0::detail
