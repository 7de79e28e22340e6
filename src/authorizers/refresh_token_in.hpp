// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "globus_sdk/authorizers/oauth_token_response.hpp"

namespace globus_sdk::inline v0::detail {

/// The refresh token that came in an answer, if one did; it is to be kept before anything else of
/// the answer is looked at, since the one before may be spent.
inline std::optional<std::string> refresh_token_in(const OAuthTokenResponse& response) {
  const auto member = response.get("refresh_token");
  if (!member || !member->is_string() || *member == "") return std::nullopt;
  return member->as<std::string>();
}

}  // namespace globus_sdk::inline v0::detail
