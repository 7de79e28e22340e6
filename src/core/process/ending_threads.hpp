// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <thread>

namespace globus_sdk::inline v0::detail {

/// Takes a thread of the SDK's that is about to end, from that thread itself, which cannot join it.
/// It is joined at the latest when the process exits or the library is unloaded: a detached one
/// could still run then.
void leave_to_end(std::thread thread);

}  // namespace globus_sdk::inline v0::detail
