// SPDX-License-Identifier: Apache-2.0
// What the storages of many users have in common: what they refuse, and how they cut pages.
#pragma once

#include <string>
#include <vector>

#include "globus_sdk/token_storage/multi_user_token_storage.hpp"

namespace globus_sdk::inline v0::detail {

/// The namespace of another view of a storage.
///
/// @throws GlobusSDKUsageError when it is empty.
std::string checked_namespace(Text namespace_);

/// How many entries a page may have; as many as there can be when unset.
///
/// @throws GlobusSDKUsageError when it is negative.
std::int64_t page_limit(const Field<std::int64_t>& limit);

/// A page of namespaces, in the order of their bytes.
std::vector<std::string> page_of(std::vector<std::string> namespaces, const NamespacePage& page);

/// A page of what expires, in its order.
std::vector<TokenExpiry> page_of(std::vector<TokenExpiry> expiries, const ExpiryPage& page);

}  // namespace globus_sdk::inline v0::detail
