// SPDX-License-Identifier: Apache-2.0
#pragma once

// GCSClient in every mode: what takes more than one step is compiled here for Simulated alone, and
// is the library's for the others.

#include "gcs/gcs_operations.hpp"
#include "globus_sdk/async.hpp"
#include "globus_sdk/gcs/gcs_client.hpp"
#include "support/simulated_mode.hpp"

namespace globus_sdk::inline v0 {

extern template class BasicGCSClient<Async>;

}  // namespace globus_sdk::inline v0
