// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/timers/timers_client.hpp"

#include "core/call/blocking_mode.hpp"

namespace globus_sdk::inline v0 {

template class BasicTimersClient<Blocking>;

}  // namespace globus_sdk::inline v0
