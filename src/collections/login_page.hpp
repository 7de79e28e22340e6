// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace globus_sdk::inline v0::detail {

/// The collection that a login page is for, to which its server sent a request without a token.
///
/// @param location the page's URL, which names the collection as the client that asks for a login.
/// @param file_uri what was asked for, for messages.
/// @return a UUID.
/// @throws GlobusError when the page names no collection, or several.
std::string collection_of_login_page(std::string_view location, std::string_view file_uri);

}  // namespace globus_sdk::inline v0::detail
