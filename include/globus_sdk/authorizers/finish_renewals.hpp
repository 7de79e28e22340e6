// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

#include "globus_sdk/core/export.hpp"

namespace globus_sdk::inline v0 {

/// Waits until no token of this process is being renewed any more. By then the tokens that Globus
/// Auth gave are stored, and `on_refresh` has run. A call that ended by its deadline does not end
/// the renewal that it waited for. A process that ends in the middle of a renewal loses the refresh
/// token, where a refresh token can be used only once.
///
/// A process that ends by `exit`, or by the return of `main`, waits in this way by itself, for 10 s
/// at most. Call this function in a process that ends in another way, or for another limit. Python
/// has no such function.
///
/// @param timeout the longest time to wait; 0 or more.
/// @return whether all renewals have ended.
/// @throws GlobusSDKUsageError for a negative timeout, and when it is called within a renewal,
///   where it would wait for itself.
GLOBUS_SDK_EXPORT bool finish_renewals(std::chrono::milliseconds timeout);

}  // namespace globus_sdk::inline v0
