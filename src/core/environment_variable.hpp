// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

namespace globus_sdk::inline v0::detail {

/// An environment variable; nothing when it is unset or empty.
std::optional<std::string> environment_variable(const std::string& name);

}  // namespace globus_sdk::inline v0::detail
