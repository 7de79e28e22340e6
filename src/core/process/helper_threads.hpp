// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

namespace globus_sdk::inline v0::detail {

/// Runs a renewal or a login, which may block for long and must not throw, on a thread of the
/// SDK's. All renewals and logins of the process share these threads; they are started when there
/// is something to do, are gone when they have been idle for a while, and are 32 at most. More come
/// only for what is begun from within such work, which may be waiting for it. The job is a part of
/// the work that this code is a part of.
///
/// @throws GlobusError when no thread can be had; then nothing is run.
void run_on_helper_thread(std::function<void()> job);

/// The same for what moves the bodies of requests and answers, and for local files. It has threads
/// of its own, 32 at most, so that it never waits for a renewal or a login.
void run_on_body_thread(std::function<void()> job);

/// Makes sure that what is static and made from now on is destroyed, at exit or when the library is
/// unloaded, before the helper threads are told to end.
void outlive_with_helper_threads();

}  // namespace globus_sdk::inline v0::detail
