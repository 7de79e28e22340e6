// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

namespace globus_sdk::inline v0::detail {

/// The home folder of the user whose rights this process has: `HOME`, where it may be read, or what
/// the system knows of that user; nothing where neither says.
std::optional<std::string> home_folder();

}  // namespace globus_sdk::inline v0::detail
