// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/authorizers/errors.hpp"

namespace globus_sdk::inline v0 {

TokenValidationError::~TokenValidationError() = default;
LoginRequiredError::~LoginRequiredError() = default;

}  // namespace globus_sdk::inline v0
