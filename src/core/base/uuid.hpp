// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace globus_sdk::inline v0::detail {

/// The text of a UUID, in small letters.
std::string uuid_text(const std::array<std::uint8_t, 16>& bytes);

/// A UUID of random bits (RFC 9562, version 4).
///
/// @throws GlobusError when there are no random numbers.
std::string random_uuid();

/// Whether a text is a UUID, in small letters or capitals.
bool is_uuid(std::string_view text);

}  // namespace globus_sdk::inline v0::detail
