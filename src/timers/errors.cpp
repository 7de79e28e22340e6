// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/timers/errors.hpp"

namespace globus_sdk::inline v0 {

TimersAPIError::~TimersAPIError() = default;

}  // namespace globus_sdk::inline v0
