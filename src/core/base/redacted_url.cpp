// SPDX-License-Identifier: Apache-2.0
#include "core/base/redacted_url.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "core/base/ascii.hpp"
#include "core/base/for_each_part.hpp"
#include "core/base/url_encoding.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

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
    if (equals != std::string_view::npos && is_secret_name(unquote_plus(pair.substr(0, equals)))) {
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

}  // namespace

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
  static constexpr std::array<std::string_view, 16> words = {
      "apikey",     "api_key",    "api-key", "assertion", "authorization", "cookie",
      "credential", "passphrase", "passwd",  "password",  "private_key",   "privatekey",
      "secret",     "signature",  "token",   "verifier"};
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

}  // namespace globus_sdk::inline v0::detail
