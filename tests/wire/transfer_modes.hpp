// SPDX-License-Identifier: Apache-2.0
#pragma once

// TransferClient in every mode: what takes more than one step is compiled here for Simulated alone,
// and is the library's for the others.

#include "globus_sdk/async.hpp"
#include "globus_sdk/transfer/transfer_client.hpp"
#include "support/simulated_mode.hpp"
#include "transfer/transfer_operations.hpp"

namespace globus_sdk::inline v0 {

extern template class BasicTransferClient<Async>;

}  // namespace globus_sdk::inline v0
