// SPDX-License-Identifier: Apache-2.0
#include "core/base/mask_secrets.hpp"

// Secrets are taken out of messages in whatever form they stand there: who echoes one may have
// decoded it, or written it as a part of a URL, of JSON, or of a page.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/ascii.hpp"
#include "core/base/base64.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// A character of a secret, with the bytes that it is in UTF-8.
struct Character {
  std::uint32_t code = 0;
  std::size_t size = 1;
};

/// The first character of `text`; a byte alone where it is no UTF-8.
Character first_character(std::string_view text) {
  const auto byte = [text](std::size_t index) -> std::uint32_t {
    return index < text.size() ? static_cast<unsigned char>(text[index]) : 0;
  };
  const std::uint32_t first = byte(0);
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
  if (size == 1) return {first, 1};
  std::uint32_t code = first & (0x7FU >> size);
  for (std::size_t index = 1; index < size; ++index) {
    if ((byte(index) & 0xC0U) != 0x80U) return {first, 1};
    code = (code << 6U) | (byte(index) & 0x3FU);
  }
  return {code, size};
}

/// The number that `digits` are in that base; nothing where one is no digit.
std::optional<std::uint32_t> number(std::string_view digits, std::uint32_t base) {
  if (digits.empty() || digits.size() > 7) return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : digits) {
    const char lower = ascii_lower(c);
    std::uint32_t digit = 99;
    if (lower >= '0' && lower <= '9') digit = static_cast<std::uint32_t>(lower - '0');
    if (lower >= 'a' && lower <= 'f') digit = static_cast<std::uint32_t>(lower - 'a') + 10;
    if (digit >= base) return std::nullopt;
    value = value * base + digit;
  }
  return value;
}

/// How many bytes at the beginning of `text` are `%41` or `+` for a byte; 0 for none.
std::size_t in_url(std::string_view text, char byte) {
  if (byte == ' ' && text.starts_with('+')) return 1;
  if (!text.starts_with('%') || text.size() < 3) return 0;
  return number(text.substr(1, 2), 16) == static_cast<unsigned char>(byte) ? 3 : 0;
}

/// How many bytes at the beginning of `text` are `\"` or `\u0041` for a character; 0 for none.
std::size_t in_json(std::string_view text, std::uint32_t code) {
  if (!text.starts_with('\\') || text.size() < 2) return 0;
  if (text[1] != 'u') {
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    const std::size_t index = letters.find(text[1]);
    const bool means =
        index != std::string_view::npos && static_cast<unsigned char>(meanings[index]) == code;
    return means ? 2 : 0;
  }
  const auto unit = [text](std::size_t at) { return number(text.substr(at, 4), 16); };
  if (text.size() < 6) return 0;
  if (code < 0x10000) return unit(2) == code ? 6 : 0;
  const bool is_pair = text.size() >= 12 && text.substr(6, 2) == "\\u" &&
                       unit(2) == 0xD800U + ((code - 0x10000U) >> 10U) &&
                       unit(8) == 0xDC00U + ((code - 0x10000U) & 0x3FFU);
  return is_pair ? 12 : 0;
}

/// How many bytes at the beginning of `text` are `&lt;`, `&#60;` or `&#x3c;` for a character; 0 for
/// none.
std::size_t in_html(std::string_view text, std::uint32_t code) {
  if (!text.starts_with('&')) return 0;
  const std::size_t end = text.substr(0, 12).find(';');
  if (end == std::string_view::npos) return 0;
  const std::string_view name = text.substr(1, end - 1);
  std::optional<std::uint32_t> meaning;
  if (name == "amp") meaning = '&';
  if (name == "lt") meaning = '<';
  if (name == "gt") meaning = '>';
  if (name == "quot") meaning = '"';
  if (name == "apos") meaning = '\'';
  if (name.starts_with("#x") || name.starts_with("#X")) {
    meaning = number(name.substr(2), 16);
  } else if (name.starts_with('#')) {
    meaning = number(name.substr(1), 10);
  }
  return meaning == code ? end + 1 : 0;
}

/// How many bytes at the beginning of `text` are the secret, each character of it in whatever form;
/// 0 where it does not stand there.
std::size_t matched(std::string_view text, std::string_view secret) {
  constexpr std::string_view begins_another_form = "%+\\&";
  const bool may_match = text.front() == secret.front() ||
                         begins_another_form.find(text.front()) != std::string_view::npos;
  if (!may_match) return 0;  // as nearly everywhere
  // ends[i]: where the text may go on after the first i bytes of the secret
  std::vector<std::vector<std::size_t>> ends(secret.size() + 1);
  ends[0].push_back(0);
  std::size_t reached = 0;
  for (std::size_t at = 0; at <= reached && at < secret.size(); ++at) {
    const Character character = first_character(secret.substr(at));
    for (const std::size_t end : ends[at]) {
      const std::string_view rest = text.substr(end);
      const auto goes_on = [&](std::size_t secret_bytes, std::size_t text_bytes) {
        auto& further = ends[at + secret_bytes];
        const std::size_t next = end + text_bytes;
        if (text_bytes == 0 || std::ranges::find(further, next) != further.end()) return;
        further.push_back(next);
        reached = std::max(reached, at + secret_bytes);
      };
      goes_on(1, rest.starts_with(secret[at]) ? 1 : 0);
      goes_on(1, in_url(rest, secret[at]));
      goes_on(character.size, in_json(rest, character.code));
      goes_on(character.size, in_html(rest, character.code));
    }
  }
  return ends.back().empty() ? 0 : *std::ranges::max_element(ends.back());
}

/// What a Basic header's credential says, `user:password`; nothing for another one.
std::optional<std::string> basic_pair(std::string_view credential) {
  std::string text(credential.substr(0, credential.find_last_not_of('=') + 1));
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  auto pair = base64url_decode(text);
  if (!pair || pair->find(':') == std::string::npos) return std::nullopt;
  const bool is_text =
      std::ranges::none_of(*pair, [](char c) { return static_cast<unsigned char>(c) < ' '; });
  return is_text ? pair : std::nullopt;
}

/// The secrets, and what each was made of or may have been made into.
std::vector<std::string> with_derived(const std::vector<std::string>& secrets) {
  constexpr std::size_t shortest_encoded = 8;  // shorter ones would be found in any text
  std::vector<std::string> all = secrets;
  for (const std::string& secret : secrets) {
    if (auto pair = basic_pair(secret)) {
      all.push_back(pair->substr(pair->find(':') + 1));
      all.push_back(std::move(*pair));
    }
  }
  for (std::size_t index = all.size(); index-- > 0;) {
    if (all[index].size() < shortest_encoded) continue;
    std::string encoded = base64_encode(all[index]);
    all.push_back(encoded.substr(0, encoded.find('=')));
    all.push_back(std::move(encoded));
    all.push_back(base64url_encode(all[index]));
  }
  std::erase_if(all, [](const std::string& secret) { return secret.empty(); });
  return all;
}

}  // namespace

std::string mask_secrets(std::string text, const std::vector<std::string>& secrets) {
  if (text.empty() || secrets.empty()) return text;
  const std::vector<std::string> all = with_derived(secrets);
  std::string masked;
  std::size_t hidden_until = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = std::string_view(text).substr(at);
    std::size_t longest = 0;
    for (const std::string& secret : all) longest = std::max(longest, matched(rest, secret));
    // one that begins within another is hidden together with it
    if (longest > 0 && at >= hidden_until) masked += "***";
    hidden_until = std::max(hidden_until, longest > 0 ? at + longest : 0);
    if (at >= hidden_until) masked += text[at];
  }
  return masked;
}

}  // namespace globus_sdk::inline v0::detail
