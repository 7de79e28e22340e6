// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "globus_sdk/core/connection.hpp"

namespace globus_sdk::inline v0::detail {

/// The description of Globus Auth for its clients.
const Service& auth_service() noexcept;

/// A request for the OpenID configuration of Globus Auth.
Request openid_configuration_request();

}  // namespace globus_sdk::inline v0::detail
