// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "globus_sdk/app/globus_app.hpp"

namespace globus_sdk::inline v0::detail {

// The login client that an app makes for itself, where it is given none.

/// The settings of an app's own clients, and of those that are built from it where they have none.
ClientOptions own_client_options(Text app_name, const GlobusAppConfig& config);

/// @throws GlobusSDKUsageError when both a login client and an id, or a secret, are given.
void check_client_is_given_once(const GlobusAppOptions& options);

}  // namespace globus_sdk::inline v0::detail
