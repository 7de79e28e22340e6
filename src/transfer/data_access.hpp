// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "globus_sdk/core/strings.hpp"
#include "globus_sdk/scopes/scope.hpp"
#include "globus_sdk/transfer/transfer_client.hpp"

namespace globus_sdk::inline v0::detail {

/// @throws GlobusSDKUsageError when one is no UUID.
void check_collection_ids(const Strings& collection_ids);

/// Whether access to a collection's data needs a consent of its own: those that are mapped and not
/// of high assurance. Others have no such scope, and a login that asks for it fails.
///
/// @param collection its document.
bool takes_data_access(const GlobusHTTPResponse& collection);

/// Transfer's scope with the `data_access` of each of these collections that has one, or nothing.
/// Asks Transfer about each.
std::optional<Scope> data_access_scope(const TransferClient& transfer,
                                       const std::vector<std::string>& collection_ids);

}  // namespace globus_sdk::inline v0::detail
