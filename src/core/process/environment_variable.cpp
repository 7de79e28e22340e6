// SPDX-License-Identifier: Apache-2.0
#include "core/process/environment_variable.hpp"

#include <stdlib.h>
#include <sys/auxv.h>

namespace globus_sdk::inline v0::detail {

std::optional<std::string> environment_variable(const std::string& name) {
  const char* value = secure_getenv(name.c_str());
  if (value == nullptr || *value == '\0') return std::nullopt;
  return std::string(value);
}

void forget_variable_of_caller(const char* name) {
  if (getauxval(AT_SECURE) != 0) unsetenv(name);
}

}  // namespace globus_sdk::inline v0::detail
