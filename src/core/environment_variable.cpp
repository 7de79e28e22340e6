// SPDX-License-Identifier: Apache-2.0
#include "environment_variable.hpp"

#include <cstdlib>

namespace globus_sdk::inline v0::detail {

std::optional<std::string> environment_variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr || *value == '\0') return std::nullopt;
  return std::string(value);
}

}  // namespace globus_sdk::inline v0::detail
