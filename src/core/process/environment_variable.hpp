// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

namespace globus_sdk::inline v0::detail {

/// An environment variable; nothing when it is unset or empty. Nothing also in a program that has
/// more rights than the user who started it (setuid, setgid, file capabilities): the environment
/// belongs to that user, who could otherwise decide where the program's secrets go. The SDK reads
/// every environment variable through this function.
std::optional<std::string> environment_variable(const std::string& name);

/// Removes a variable that a library reads by itself, in a program that has more rights than the
/// user who started it.
void forget_variable_of_caller(const char* name);

}  // namespace globus_sdk::inline v0::detail
