// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "globus_sdk/core/headers.hpp"

namespace globus_sdk::inline v0::detail {

/// The number of bytes that a text says, in digits alone; nothing for any other text.
std::optional<std::int64_t> read_byte_count(std::string_view text);

/// What `Content-Length` says: how many bytes an answer has.
std::optional<std::int64_t> content_length(const Headers& headers);

/// The number of bytes in a `Content-Range` that says that there is no such part: `bytes */1000`.
std::optional<std::int64_t> read_unsatisfied_range(std::string_view value);

}  // namespace globus_sdk::inline v0::detail
