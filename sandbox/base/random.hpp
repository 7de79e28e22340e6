// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace globus_sandbox {

/// A random UUID (version 4), in lower case.
std::string random_uuid();

/// A secret of that many random bytes, as base64url without padding.
std::string random_token(std::size_t bytes);

/// An id of a request as Transfer shows it: 9 letters and digits.
std::string random_request_id();

/// Whether two secrets are the same, in a time that does not tell where they differ.
bool equal_secrets(std::string_view a, std::string_view b);

}  // namespace globus_sandbox
