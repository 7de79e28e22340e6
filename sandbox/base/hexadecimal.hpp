// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace globus_sandbox {

/// What a hexadecimal digit counts, in small or capital letters; -1 for any other character.
int hexadecimal_value(char c);

/// Bytes in hexadecimal, in small letters.
std::string hexadecimal(std::string_view bytes);

}  // namespace globus_sandbox
