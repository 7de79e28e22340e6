// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace globus_sdk::inline v0::detail {

/// The URL of a server whose address a user gives: the name of a host alone has `https`. This
/// machine may be reached over http, as everywhere in the SDK.
///
/// @param parameter the name of the parameter, for messages.
/// @throws GlobusSDKUsageError for an address that is none, or that is not https.
std::string server_url(std::string_view parameter, std::string_view address);

}  // namespace globus_sdk::inline v0::detail
