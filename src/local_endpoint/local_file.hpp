// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

namespace globus_sdk::inline v0::detail {

/// The whole of a file; nothing when there is none.
///
/// @throws LocalEndpointError when it is there and cannot be read.
std::optional<std::string> read_local_file(const std::string& filepath);

}  // namespace globus_sdk::inline v0::detail
