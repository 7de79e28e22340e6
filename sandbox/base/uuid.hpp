// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace globus_sandbox {

/// Whether a text is written as a UUID, in small letters or in capitals.
bool is_uuid(std::string_view text);

/// A UUID as the state keeps it, in small letters, so that two that are the same compare equal; any
/// other text as it is.
std::string canonical_uuid(std::string_view text);

/// The UUID of 16 bytes.
std::string uuid_of_bytes(std::string_view bytes);

}  // namespace globus_sandbox
