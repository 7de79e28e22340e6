// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace globus_sdk::inline v0::detail {

/// Calls `use` with each of the parts of `text` between the separators.
template <class Use> void for_each_part(std::string_view text, char separator, Use use) {
  while (true) {
    const std::size_t end = text.find(separator);
    use(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

}  // namespace globus_sdk::inline v0::detail
