// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/groups/groups_manager.hpp"

#include "core/call/blocking_mode.hpp"

namespace globus_sdk::inline v0 {

template class BasicGroupsManager<Blocking>;

}  // namespace globus_sdk::inline v0
