// SPDX-License-Identifier: Apache-2.0
#include "core/base/url_encoding.hpp"

#include <algorithm>

#include "core/base/for_each_part.hpp"
#include "core/base/hexadecimal.hpp"

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

std::string unquote_plus(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hexadecimal_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hexadecimal_value(text[i + 2]) : -1;
    if (low >= 0) {
      decoded += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      decoded += text[i] == '+' ? ' ' : text[i];
    }
  }
  return decoded;
}

NameValuePairs form_decode(std::string_view text) {
  NameValuePairs pairs;
  for_each_part(text, '&', [&](std::string_view pair) {
    if (pair.empty()) return;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    pairs.emplace_back(unquote_plus(pair.substr(0, equals)),
                       unquote_plus(pair.substr(std::min(equals + 1, pair.size()))));
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

}  // namespace globus_sdk::inline v0::detail
