// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/compute/errors.hpp"

namespace globus_sdk::inline v0 {

ComputeAPIError::~ComputeAPIError() = default;

}  // namespace globus_sdk::inline v0
