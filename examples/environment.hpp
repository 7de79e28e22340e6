// SPDX-License-Identifier: Apache-2.0
// What the examples share: where their ids and tokens come from.
#pragma once

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace examples {

/// An environment variable that must be set, as `globus-sandbox exec` sets them all.
inline std::string environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value != nullptr && *value != '\0') return value;
  throw std::runtime_error(
      name + " is not set. Run this program as\n    globus-sandbox exec -- PROGRAM\n" +
      "or set the variable to a value of your own.");
}

}  // namespace examples
