// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/flows/errors.hpp"

namespace globus_sdk::inline v0 {

FlowsAPIError::~FlowsAPIError() = default;

}  // namespace globus_sdk::inline v0
