// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/auth/dependent_scope_spec.hpp"

#include "globus_sdk/core/payload.hpp"
#include "globus_sdk/core/request.hpp"

namespace globus_sdk::inline v0 {

DependentScopeSpec::DependentScopeSpec(Text scope, bool optional, bool requires_refresh_token)
    : document_(Payload()
                    .set("scope", detail::require("scope", scope))
                    .set("optional", Json(optional))
                    .set("requires_refresh_token", Json(requires_refresh_token))
                    .json()) {}

}  // namespace globus_sdk::inline v0
