// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace globus_sandbox {

/// Base64 for URLs (RFC 4648, section 5), without padding.
std::string base64url_encode(std::string_view bytes);

/// Ordinary base64, with padding, as a Basic authorization header carries it; nothing when
/// malformed.
std::optional<std::string> base64_decode(std::string_view text);

}  // namespace globus_sandbox
