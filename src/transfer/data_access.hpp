// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "globus_sdk/core/response.hpp"

namespace globus_sdk::inline v0::detail {

/// Whether access to a collection's data needs a consent of its own: those that are mapped and not
/// of high assurance. Others have no such scope, and a login that asks for it fails.
///
/// @param collection its document.
bool takes_data_access(const GlobusHTTPResponse& collection);

}  // namespace globus_sdk::inline v0::detail
