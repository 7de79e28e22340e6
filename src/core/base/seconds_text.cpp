// SPDX-License-Identifier: Apache-2.0
#include "core/base/seconds_text.hpp"

namespace globus_sdk::inline v0::detail {

std::string seconds_text(std::chrono::milliseconds duration) {
  std::string text = std::to_string(std::chrono::duration<double>(duration).count());
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

}  // namespace globus_sdk::inline v0::detail
