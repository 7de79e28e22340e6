// SPDX-License-Identifier: Apache-2.0
#include "id_token_subject.hpp"

#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>

#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

int base64url_digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '-') return 62;
  return c == '_' ? 63 : -1;
}

std::optional<std::string> base64url_decode(std::string_view text) {
  std::string bytes;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    const int digit = base64url_digit(c);
    if (digit < 0) return std::nullopt;
    bits = (bits << 6) | static_cast<std::uint32_t>(digit);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes += static_cast<char>((bits >> held) & 0xFF);
  }
  // what is left over is padding, and less than a digit
  if (held >= 6 || (bits & ((1U << held) - 1)) != 0) return std::nullopt;
  return bytes;
}

/// The second of three parts with dots between.
std::string_view payload_of(std::string_view token) {
  const auto first = token.find('.');
  if (first == std::string_view::npos) return {};
  const auto second = token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) {
    return {};
  }
  return token.substr(first + 1, second - first - 1);
}

}  // namespace

std::string id_token_subject(std::string_view id_token) {
  const auto payload = base64url_decode(payload_of(id_token));
  const auto claims = payload ? parse_json(*payload) : nullptr;
  if (!claims || !claims->is_object()) throw ValidationError("the id token cannot be read");
  const boost::json::value* subject = claims->get_object().if_contains("sub");
  if (subject == nullptr || !subject->is_string() || subject->get_string().empty()) {
    throw ValidationError("the id token does not say whom it is about (sub)");
  }
  return std::string(subject->get_string());
}

}  // namespace globus_sdk::inline v0::detail
