// SPDX-License-Identifier: Apache-2.0
#include "core/base/shell_words.hpp"

namespace globus_sdk::inline v0::detail {

std::optional<std::vector<std::string>> shell_words(std::string_view line) {
  std::vector<std::string> words;
  bool in_word = false;
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool is_blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (quote == 0 && is_blank) {
      in_word = false;
      continue;
    }
    if (!in_word) words.emplace_back();
    in_word = true;
    if (c == quote) {
      quote = 0;
    } else if (quote == 0 && (c == '"' || c == '\'')) {
      quote = c;
    } else if (c == '\\' && quote != '\'') {
      if (++i == line.size()) return std::nullopt;
      // between double quotes a backslash is one, but before these
      if (quote == '"' && line[i] != '"' && line[i] != '\\') words.back() += c;
      words.back() += line[i];
    } else {
      words.back() += c;
    }
  }
  if (quote != 0) return std::nullopt;
  return words;
}

}  // namespace globus_sdk::inline v0::detail
