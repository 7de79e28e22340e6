// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace globus_sdk::inline v0::detail {

/// Overwrites the whole memory of a text, also the part that it no longer uses, and empties it. For
/// secrets: they would otherwise stay in freed memory until something else is written there.
void wipe(std::string& text) noexcept;

/// Appends to a text that holds a secret. When the text moves to other memory, the old memory is
/// wiped.
void append_wiping(std::string& text, std::string_view more);

}  // namespace globus_sdk::inline v0::detail
