// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

namespace globus_sdk::inline v0::detail {

/// The home folder of this process' user: `HOME`, or what the system knows; nothing where neither
/// says.
std::optional<std::string> home_folder();

}  // namespace globus_sdk::inline v0::detail
