// SPDX-License-Identifier: Apache-2.0
#include "sandbox/base/text.hpp"

#include <algorithm>
#include <array>

namespace globus_sandbox {

namespace {

/// What Unicode calls white space.
constexpr std::array<std::string_view, 25> white_space{
    "\t",     "\n",     "\v",     "\f",     "\r",     " ",      "\xC2\x85", "\u00A0", "\u1680",
    "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006",   "\u2007", "\u2008",
    "\u2009", "\u200A", "\u2028", "\u2029", "\u202F", "\u205F", "\u3000"};

}  // namespace

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (;;) {
    const auto end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string_view trimmed(std::string_view text) {
  // the length of the white space that a text begins or ends with
  const auto length_of = [](auto is_there) -> std::size_t {
    for (const auto space : white_space)
      if (is_there(space)) return space.size();
    return 0;
  };
  while (const auto length = length_of([&](auto space) { return text.starts_with(space); }))
    text.remove_prefix(length);
  while (const auto length = length_of([&](auto space) { return text.ends_with(space); }))
    text.remove_suffix(length);
  return text;
}

std::string lower_case(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;  // no continuation of one
  }));
}

}  // namespace globus_sandbox
