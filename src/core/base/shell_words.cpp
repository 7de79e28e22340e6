// SPDX-License-Identifier: Apache-2.0
#include "core/base/shell_words.hpp"

#include <utility>

namespace globus_sdk::inline v0::detail {

namespace {

constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// @param comment the character that begins a comment; NUL where none does.
ShellLine split(std::string_view line, char comment) {
  ShellLine result;
  std::vector<std::string>& words = result.words;
  bool in_word = false;
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quote == 0 && comment != 0 && c == comment) break;
    if (quote == 0 && is_blank(c)) {
      in_word = false;
      continue;
    }
    if (!in_word) words.emplace_back();
    in_word = true;
    if (quote != 0 && c == quote) {
      quote = 0;
    } else if (quote == 0 && (c == '"' || c == '\'')) {
      quote = c;
    } else if (c == '\\' && quote != '\'') {
      if (++i == line.size()) return {{}, "nothing follows the backslash at the end"};
      // between double quotes a backslash is one, but before these
      if (quote == '"' && line[i] != '"' && line[i] != '\\') words.back() += c;
      words.back() += line[i];
    } else {
      words.back() += c;
    }
  }
  if (quote != 0) return {{}, "a quote is not closed"};
  return result;
}

}  // namespace

std::optional<std::vector<std::string>> shell_words(std::string_view line) {
  ShellLine result = split(line, 0);
  if (!result.fault.empty()) return std::nullopt;
  return std::move(result.words);
}

ShellLine shell_words_before_comment(std::string_view line) {
  return split(line, '#');
}

}  // namespace globus_sdk::inline v0::detail
