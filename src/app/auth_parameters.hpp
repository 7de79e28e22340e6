// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "globus_sdk/app/scope_requirements.hpp"
#include "globus_sdk/gare/globus_authorization_parameters.hpp"

namespace globus_sdk::inline v0::detail {

/// What one login has to bring to meet both. Where only one value can be given, and both have one,
/// that of `second` is taken.
GlobusAuthorizationParameters merged(GlobusAuthorizationParameters first,
                                     const GlobusAuthorizationParameters& second);

/// The parameters with an app's scopes among theirs.
GlobusAuthorizationParameters with_scopes(GlobusAuthorizationParameters parameters,
                                          const ScopeRequirements& requirements);

}  // namespace globus_sdk::inline v0::detail
