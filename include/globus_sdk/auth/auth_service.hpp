// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "globus_sdk/core/connection.hpp"

namespace globus_sdk::inline v0::detail {

/// Globus Auth, as clients know it.
const Service& auth_service() noexcept;

/// For what Globus Auth says of itself.
Request openid_configuration_request();

}  // namespace globus_sdk::inline v0::detail
