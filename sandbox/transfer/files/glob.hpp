// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace globus_sandbox::transfer {

/// What a pattern's characters mean.
struct GlobSyntax {
  bool ignore_case = false;        ///< of ASCII letters
  bool only_star = false;          ///< `?` and `[` stand for themselves
  bool slash_is_special = false;   ///< wildcards do not match '/'
  bool backslash_escapes = false;  ///< a backslash takes the meaning from what follows it
};

/// Whether the whole of `text` matches the pattern: `*` any characters, `?` one character, `[abc]`
/// and `[a-z]` one of those, `[!abc]` one other. Characters are those of UTF-8, or single bytes
/// where the text is no UTF-8.
bool glob_matches(std::string_view pattern, std::string_view text, GlobSyntax syntax = {});

/// Whether a pattern with `*`, `?`, `[` and backslashes stands for more than one name.
bool has_wildcards(std::string_view pattern);

/// The pattern without its escaping backslashes.
std::string without_escapes(std::string_view pattern);

}  // namespace globus_sandbox::transfer
