// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

#include "globus_sdk/core/export.hpp"

namespace globus_sdk::inline v0 {

/// Waits until no token of this process is being renewed any more: what Globus Auth gave is stored
/// by then, and `on_refresh` has run. A call that ended by its deadline leaves the renewal that it
/// waited for under way, and a process that ends in the middle of one loses the refresh token where
/// such a token is good once.
///
/// A process that ends by `exit` or by the return of `main` waits so by itself, for 10 s at most.
/// This is for those that end in another way, or that want another limit. Python has no such
/// function.
///
/// @param timeout how long to wait at most, from 0 on.
/// @return whether all of them have ended.
/// @throws GlobusSDKUsageError for a negative time-out, and within a renewal, which would wait for
///   itself.
GLOBUS_SDK_EXPORT bool finish_renewals(std::chrono::milliseconds timeout);

}  // namespace globus_sdk::inline v0
