// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace globus_sdk::inline v0::detail {

/// The JSON `text` with each escape of half a surrogate pair (`\udce9`) replaced by the bytes that
/// WTF-8 has for it; nothing where it has none. Boost.JSON reads the bytes, if it is told to, and
/// not the escape.
std::optional<std::string> with_surrogates_as_bytes(std::string_view text);

}  // namespace globus_sdk::inline v0::detail
