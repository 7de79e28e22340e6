// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "auth/signature_algorithm.hpp"
#include "globus_sdk/core/json_view.hpp"

namespace globus_sdk::inline v0::detail {

/// What a verified id token must say.
struct IDTokenExpectations {
  std::string audience{};  ///< the client's id
  std::optional<std::string> nonce{};
  std::optional<std::string> access_token{};  ///< the one that `at_hash` has to belong to
  std::chrono::milliseconds leeway{0};        ///< how far clocks may be apart
};

/// Checks the claims as OpenID Connect Core 1.0, section 3.1.3.7, says.
///
/// @param algorithm the one that the token is signed with.
/// @throws IDTokenError for the first claim that is not as it has to be.
void check_claims(const JsonView& claims, const std::string& issuer,
                  const SignatureAlgorithm& algorithm, const IDTokenExpectations& expected,
                  std::chrono::system_clock::time_point now);

}  // namespace globus_sdk::inline v0::detail
