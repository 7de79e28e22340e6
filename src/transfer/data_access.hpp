// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "globus_sdk/core/response.hpp"
#include "globus_sdk/core/strings.hpp"

namespace globus_sdk::inline v0::detail {

/// @throws GlobusSDKUsageError when one is no UUID.
void check_collection_ids(const Strings& collection_ids);

/// Whether access to a collection's data needs a consent of its own: those that are mapped and not
/// of high assurance. Others have no such scope, and a login that asks for it fails.
///
/// @param collection its document.
bool takes_data_access(const GlobusHTTPResponse& collection);

}  // namespace globus_sdk::inline v0::detail
