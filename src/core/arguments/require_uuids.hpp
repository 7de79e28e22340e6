// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "globus_sdk/core/strings.hpp"

namespace globus_sdk::inline v0::detail {

/// @throws GlobusSDKUsageError when one of the ids is no UUID; names the parameter.
void require_uuids(std::string_view parameter, const Strings& ids);

}  // namespace globus_sdk::inline v0::detail
