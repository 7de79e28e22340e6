// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "globus_sdk/core/request.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0::detail {

/// A request for a file of a collection.
///
/// @param path as Transfer has it, not percent-encoded.
/// @throws GlobusSDKUsageError for a path that is empty, does not begin with `/`, ends with `/`, or
///   has NUL or the steps `.` and `..` in it.
Request file_request(std::string method, Text path);

/// The path of a folder, with a slash at its end.
///
/// @throws GlobusSDKUsageError as above, but for the slash at the end.
std::string folder_path(Text path);

}  // namespace globus_sdk::inline v0::detail
