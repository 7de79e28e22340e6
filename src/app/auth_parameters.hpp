// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "globus_sdk/app/scope_requirements.hpp"
#include "globus_sdk/gare/globus_authorization_parameters.hpp"

namespace globus_sdk::inline v0::detail {

/// What one login has to bring that meets both; what meets the second already stays as it is. Of
/// what cannot be had twice the latter's counts.
GlobusAuthorizationParameters merged(GlobusAuthorizationParameters first,
                                     const GlobusAuthorizationParameters& second);

/// The parameters with an app's scopes among theirs.
GlobusAuthorizationParameters with_scopes(GlobusAuthorizationParameters parameters,
                                          const ScopeRequirements& requirements);

}  // namespace globus_sdk::inline v0::detail
