// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/auth/errors.hpp"

namespace globus_sdk::inline v0 {

AuthAPIError::~AuthAPIError() = default;

}  // namespace globus_sdk::inline v0
