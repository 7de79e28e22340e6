// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace globus_sandbox {

/// The parts of a text with that character between them; empty ones too.
std::vector<std::string> split(std::string_view text, char separator);

/// A text without the white space at its ends: that of Unicode, in UTF-8.
std::string_view trimmed(std::string_view text);

/// Text with A to Z as a to z.
std::string lower_case(std::string_view text);

/// How many characters a text in UTF-8 has.
std::size_t count_characters(std::string_view text);

}  // namespace globus_sandbox
