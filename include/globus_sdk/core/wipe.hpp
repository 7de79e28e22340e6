// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace globus_sdk::inline v0::detail {

/// Overwrites all that a text has and has had in its memory, and empties it: for secrets, which
/// would otherwise stand in freed memory until something else is written there.
void wipe(std::string& text) noexcept;

/// Appends to a text that holds a secret: where it needs other memory, the one before is wiped.
void append_wiping(std::string& text, std::string_view more);

}  // namespace globus_sdk::inline v0::detail
