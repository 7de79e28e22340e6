// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "globus_sdk/core/strings.hpp"
#include "globus_sdk/scopes/scope.hpp"

namespace globus_sdk::inline v0::detail {

/// Transfer's scope, with the `data_access` of each of these collections as a dependency that a
/// user may decline. The names of scopes have ids in small letters, whatever the caller's are in.
///
/// @throws GlobusSDKUsageError when an id is no UUID.
Scope transfer_scope_with_data_access(const Strings& collection_ids);

}  // namespace globus_sdk::inline v0::detail
