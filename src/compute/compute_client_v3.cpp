// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/compute/compute_client_v3.hpp"

#include "core/call/blocking_mode.hpp"

namespace globus_sdk::inline v0 {

template class BasicComputeClientV3<Blocking>;

}  // namespace globus_sdk::inline v0
