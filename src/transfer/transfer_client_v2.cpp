// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/transfer/transfer_client_v2.hpp"

#include "core/call/blocking_mode.hpp"

namespace globus_sdk::inline v0 {

template class BasicTransferClientV2<Blocking>;

}  // namespace globus_sdk::inline v0
