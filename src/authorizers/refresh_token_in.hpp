// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "globus_sdk/authorizers/oauth_token_response.hpp"

namespace globus_sdk::inline v0::detail {

/// Whether an answer has a refresh token. Keep it before you look at anything else in the answer:
/// the refresh token before it may be spent.
inline bool has_refresh_token(const OAuthTokenResponse& response) {
  const auto member = response.get("refresh_token");
  return member && member->is_string() && *member != "";
}

/// That refresh token, if one came.
inline std::optional<std::string> refresh_token_in(const OAuthTokenResponse& response) {
  if (!has_refresh_token(response)) return std::nullopt;
  return response["refresh_token"].as<std::string>();
}

}  // namespace globus_sdk::inline v0::detail
