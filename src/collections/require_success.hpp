// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "globus_sdk/core/response.hpp"

namespace globus_sdk::inline v0::detail {

/// An answer is a success, an error, which has been thrown, or neither: a redirect that leads
/// nowhere, or a 304 that nobody asked for.
///
/// @throws FileTransferError for the latter.
void require_success(const GlobusHTTPResponse& response);

}  // namespace globus_sdk::inline v0::detail
