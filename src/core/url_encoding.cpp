// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/url_encoding.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "ascii.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

bool is_unreserved(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.' || c == '-' || c == '~';
}

void append_escaped(std::string& out, char c) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  out += '%';
  out += digits[byte >> 4];
  out += digits[byte & 0xF];
}

/// How a space is written.
enum class Space { escaped, plus };

void append_encoded(std::string& encoded, std::string_view text, std::string_view safe,
                    Space space) {
  const auto goes_as_it_is = [safe](char c) {
    return is_unreserved(c) || safe.find(c) != std::string_view::npos;
  };
  while (!text.empty()) {
    const auto end = std::ranges::find_if_not(text, goes_as_it_is);
    const auto plain = static_cast<std::size_t>(end - text.begin());
    encoded.append(text.substr(0, plain));
    if (plain == text.size()) return;
    if (text[plain] == ' ' && space == Space::plus) {
      encoded += '+';
    } else {
      append_escaped(encoded, text[plain]);
    }
    text.remove_prefix(plain + 1);
  }
}

std::string encode(std::string_view text, std::string_view safe, Space space) {
  if (std::all_of(text.begin(), text.end(), is_unreserved)) return std::string(text);
  std::string encoded;
  encoded.reserve(text.size());
  append_encoded(encoded, text, safe, space);
  return encoded;
}

/// Bytes that a text has at most when it is encoded.
std::size_t encoded_size(std::string_view text) {
  const auto unreserved = std::ranges::count_if(text, is_unreserved);
  return 3 * text.size() - 2 * static_cast<std::size_t>(unreserved);
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string decode(std::string_view text, bool plus_as_space) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    if (low >= 0) {
      decoded += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      decoded += text[i] == '+' && plus_as_space ? ' ' : text[i];
    }
  }
  return decoded;
}

/// Calls `use` with each of the parts of `text` between the separators.
template <class Use> void for_each_part(std::string_view text, char separator, Use use) {
  while (true) {
    const std::size_t end = text.find(separator);
    use(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

/// A bit for each letter, whatever its case; none for anything else.
constexpr std::uint32_t letter_bit(char c) noexcept {
  const char lower = ascii_lower(c);
  return lower >= 'a' && lower <= 'z' ? std::uint32_t{1} << (lower - 'a') : 0U;
}

std::string redacted_query(std::string_view query) {
  std::string redacted;
  for_each_part(query, '&', [&](std::string_view pair) {
    if (!redacted.empty()) redacted += '&';
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos && is_secret_name(decode(pair.substr(0, equals), true))) {
      redacted.append(pair.substr(0, equals)).append("=***");
    } else {
      redacted.append(pair);
    }
  });
  return redacted;
}

/// Where in `url` the user and password, if any, begin and end; the `@` counts with them.
std::pair<std::size_t, std::size_t> userinfo_of(std::string_view url) {
  const std::size_t scheme = url.find("//");
  const std::size_t begin = scheme == std::string_view::npos ? 0 : scheme + 2;
  const std::size_t end = std::min(url.find_first_of("/?#", begin), url.size());
  const std::size_t at = url.substr(0, end).rfind('@');
  if (at == std::string_view::npos || at < begin) return {begin, begin};
  return {begin, at + 1};
}

std::string encode_base64(std::string_view bytes, std::string_view alphabet, bool padded) {
  std::string encoded;
  encoded.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      group = (group << 8) | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      if (k <= count) {
        encoded += alphabet[(group >> (18 - 6 * k)) & 0x3FU];
      } else if (padded) {
        encoded += '=';
      }
    }
  }
  return encoded;
}

constexpr std::string_view base64_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view base64url_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

}  // namespace

std::string quote(std::string_view text, std::string_view safe) {
  return encode(text, safe, Space::escaped);
}

std::string quote_plus(std::string_view text) {
  return encode(text, "", Space::plus);
}

std::string form_encode(const NameValuePairs& pairs) {
  // in one piece of memory: what a secret is in on the way there would have to be wiped
  std::size_t size = 0;
  for (const auto& [name, value] : pairs) size += encoded_size(name) + encoded_size(value) + 2;
  std::string encoded;
  encoded.reserve(size);
  for (const auto& [name, value] : pairs) {
    if (!encoded.empty()) encoded += '&';
    append_encoded(encoded, name, "", Space::plus);
    encoded += '=';
    append_encoded(encoded, value, "", Space::plus);
  }
  return encoded;
}

NameValuePairs form_decode(std::string_view text) {
  NameValuePairs pairs;
  for_each_part(text, '&', [&](std::string_view pair) {
    if (pair.empty()) return;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    pairs.emplace_back(decode(pair.substr(0, equals), true),
                       decode(pair.substr(std::min(equals + 1, pair.size())), true));
  });
  return pairs;
}

std::string join_url(std::string_view base, std::string_view path) {
  if (path.empty()) return std::string(base);
  if (base.ends_with('/') && path.starts_with('/')) path.remove_prefix(1);
  const bool has_slash = base.ends_with('/') || path.starts_with('/');
  std::string joined(base);
  if (!has_slash) joined += '/';
  return joined.append(path);
}

std::string redacted_url(std::string_view url) {
  const auto [begin, end] = userinfo_of(url);
  std::string redacted(url.substr(0, begin));
  url = url.substr(end, url.find('#', end) - end);
  const std::size_t query = url.find('?');
  redacted.append(url.substr(0, query));
  if (query != std::string_view::npos) {
    redacted.append("?").append(redacted_query(url.substr(query + 1)));
  }
  return redacted;
}

bool is_secret_name(std::string_view name) {
  static constexpr std::array<std::string_view, 5> whole = {"code", "state", "sig", "jwt", "key"};
  return is_secret_member(name) || std::ranges::any_of(whole, [name](std::string_view word) {
           return ascii_equal(name, word);
         });
}

bool is_secret_member(std::string_view name) {
  static constexpr std::array<std::string_view, 13> words = {
      "apikey", "api_key",  "api-key", "assertion", "authorization", "cookie",  "credential",
      "passwd", "password", "secret",  "signature", "token",         "verifier"};
  // asked of every member of every document that is sent: few letters begin a word
  constexpr std::uint32_t first_letters = [] {
    std::uint32_t letters = 0;
    for (const std::string_view word : words) letters |= letter_bit(word.front());
    return letters;
  }();
  for (; !name.empty(); name.remove_prefix(1)) {
    if ((first_letters & letter_bit(name.front())) == 0) continue;
    const char first = ascii_lower(name.front());
    for (const std::string_view word : words) {
      if (word.front() == first && ascii_starts_with(name, word)) return true;
    }
  }
  return false;
}

std::string base64_encode(std::string_view bytes) {
  return encode_base64(bytes, base64_alphabet, true);
}

std::string base64url_encode(std::string_view bytes) {
  return encode_base64(bytes, base64url_alphabet, false);
}

}  // namespace globus_sdk::inline v0::detail
