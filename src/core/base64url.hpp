// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace globus_sdk::inline v0::detail {

/// The bytes that `text` stands for in the URL-safe alphabet without padding. Nothing where it is
/// written in any other way: each sequence of bytes has one text only.
std::optional<std::string> base64url_decode(std::string_view text);

}  // namespace globus_sdk::inline v0::detail
