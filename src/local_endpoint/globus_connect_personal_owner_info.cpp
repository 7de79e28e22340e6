// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/local_endpoint/globus_connect_personal_owner_info.hpp"

#include <array>
#include <cstdint>
#include <ostream>
#include <string_view>

#include "core/base/shell_words.hpp"
#include "core/base/utf8.hpp"
#include "core/base/uuid.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0 {

namespace {

using Bytes = std::array<std::uint8_t, 16>;

/// What a letter or digit of base 32 counts, in either case; nothing for others.
std::optional<std::uint32_t> base32_digit(char c) {
  if (c >= 'a' && c <= 'z') return static_cast<std::uint32_t>(c - 'a');
  if (c >= 'A' && c <= 'Z') return static_cast<std::uint32_t>(c - 'A');
  if (c >= '2' && c <= '7') return static_cast<std::uint32_t>(c - '2' + 26);
  return std::nullopt;
}

/// The 16 bytes that 26 digits stand for; the last two bits mean nothing.
std::optional<Bytes> base32_decode(std::string_view digits) {
  if (digits.size() != 26) return std::nullopt;
  Bytes bytes{};
  std::uint32_t bits = 0;
  unsigned count = 0;
  std::size_t filled = 0;
  for (const char c : digits) {
    const auto digit = base32_digit(c);
    if (!digit) return std::nullopt;
    bits = (bits << 5U) | *digit;
    count += 5;
    if (count < 8) continue;
    count -= 8;
    bytes.at(filled++) = static_cast<std::uint8_t>(bits >> count);
  }
  return bytes;
}

/// The identity that `u_` and 26 digits name.
std::optional<std::string> encoded_id(std::string_view name) {
  constexpr std::string_view prefix = "u_";
  if (!name.starts_with(prefix)) return std::nullopt;
  const auto bytes = base32_decode(name.substr(prefix.size()));
  if (!bytes) return std::nullopt;
  return detail::uuid_text(*bytes);
}

/// What follows the fourth `=`, or the last where there are fewer.
std::string_view common_name(std::string_view distinguished_name) {
  for (int i = 0; i < 4; ++i) {
    const auto equals = distinguished_name.find('=');
    if (equals == std::string_view::npos) break;
    distinguished_name.remove_prefix(equals + 1);
  }
  return distinguished_name;
}

}  // namespace

GlobusConnectPersonalOwnerInfo::GlobusConnectPersonalOwnerInfo(Text config_dn) {
  const auto words = detail::shell_words(config_dn);
  if (!words || words->size() != 2) {
    throw ValidationError(
        "a line of a gridmap must have a name in quotes and a local user, and no more");
  }
  const std::string_view name = common_name(words->front());
  if (!detail::is_utf8(name)) throw ValidationError("the name in a gridmap's line is not UTF-8");
  id = encoded_id(name);
  if (!id) username = std::string(name) + "@globusid.org";
}

std::ostream& GlobusConnectPersonalOwnerInfo::print(std::ostream& out) const {
  out << "GlobusConnectPersonalOwnerInfo(";
  if (username) {
    out << "username=" << *username;
  } else {
    out << "id=" << id.value_or("");
  }
  return out << ')';
}

}  // namespace globus_sdk::inline v0
