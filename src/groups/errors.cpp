// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/groups/errors.hpp"

namespace globus_sdk::inline v0 {

GroupsAPIError::~GroupsAPIError() = default;

}  // namespace globus_sdk::inline v0
