// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace globus_sdk::inline v0::detail {

/// A path of a batch as globus-cli sends it: in its base folder unless it begins with a slash, and
/// without steps that lead nowhere (`//`, `/./`, `x/../`). A slash at the end stays.
///
/// @param base the base folder; empty for none.
/// @throws GlobusSDKUsageError for a relative path that leads to where it begins, and for one that
///   leads above `~`: globus-cli makes another folder of them.
std::string task_path(std::string_view base, std::string_view path);

}  // namespace globus_sdk::inline v0::detail
