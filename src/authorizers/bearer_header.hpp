// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace globus_sdk::inline v0::detail {

inline constexpr std::string_view bearer_prefix = "Bearer ";

/// The Authorization header of an access token (RFC 6750). It is written in one piece of memory, so
/// that no other has to be wiped.
inline std::string bearer_header(std::string_view access_token) {
  std::string header;
  header.reserve(bearer_prefix.size() + access_token.size());
  return header.append(bearer_prefix).append(access_token);
}

/// The access token of such a header.
inline std::string access_token_of(std::string_view header) {
  return std::string(header.substr(bearer_prefix.size()));
}

}  // namespace globus_sdk::inline v0::detail
