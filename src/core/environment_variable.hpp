// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

namespace globus_sdk::inline v0::detail {

/// An environment variable; nothing when it is unset or empty, and in a program that has more
/// rights than who started it (setuid, setgid, file capabilities): there the environment is that
/// user's, who would decide where the program's secrets go. Everything that the SDK reads of the
/// environment, it reads here.
std::optional<std::string> environment_variable(const std::string& name);

/// Removes, in a program that has more rights than who started it, a variable that a library reads
/// by itself.
void forget_variable_of_caller(const char* name);

}  // namespace globus_sdk::inline v0::detail
