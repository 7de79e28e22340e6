// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace globus_sdk::inline v0::detail {

/// The words of a line as a shell takes them, with its quotes and backslashes and nothing else of
/// it. Nothing where a quote is not closed, or nothing follows a backslash.
std::optional<std::vector<std::string>> shell_words(std::string_view line);

}  // namespace globus_sdk::inline v0::detail
