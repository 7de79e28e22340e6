// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

namespace globus_sdk::inline v0::detail {

/// Runs what may block, and must not throw, on a thread of the SDK's. All of the process share
/// these threads; they are started when there is something to do, are gone when they have been idle
/// for a while, and are 32 at most. More come only for what is begun from within such work, which
/// may be waiting for it. The job is a part of the work that this code is a part of.
///
/// @throws GlobusError when no thread can be had; then nothing is run.
void run_on_helper_thread(std::function<void()> job);

/// Makes sure that what is static and made from now on is destroyed, at exit or when the library is
/// unloaded, before the helper threads are told to end.
void outlive_with_helper_threads();

}  // namespace globus_sdk::inline v0::detail
