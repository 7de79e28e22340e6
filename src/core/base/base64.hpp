// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace globus_sdk::inline v0::detail {

/// Base64 of RFC 4648 with padding, as the Basic scheme uses it.
std::string base64_encode(std::string_view bytes);

/// Base64 in the URL-safe alphabet, without padding, as PKCE and JWT use it.
std::string base64url_encode(std::string_view bytes);

/// The bytes that `text` stands for in the URL-safe alphabet without padding. Nothing where it is
/// written in any other way: each sequence of bytes has one text only.
std::optional<std::string> base64url_decode(std::string_view text);

}  // namespace globus_sdk::inline v0::detail
