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

/// The words of a line, or what is wrong with it.
struct ShellLine {
  std::vector<std::string> words{};
  std::string_view fault{};  ///< empty where the line is whole
};

/// The same for a line that may end in a comment: a `#` outside of quotes begins it, in the middle
/// of a word, too. These are the words of Python's `shlex.split(line, comments=True)`.
ShellLine shell_words_before_comment(std::string_view line);

}  // namespace globus_sdk::inline v0::detail
