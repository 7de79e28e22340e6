// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace globus_sandbox {

/// The SHA-256 and SHA-512 digests of some bytes, as bytes.
std::string sha256(std::string_view bytes);
std::string sha512(std::string_view bytes);

}  // namespace globus_sandbox
