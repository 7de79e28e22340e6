// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace globus_sdk::inline v0::detail {

/// A PKCE verifier (RFC 7636) of 256 random bits.
std::string random_verifier();

/// The verifier, if it is one.
///
/// @throws GlobusSDKUsageError unless it has 43 to 128 characters of [A-Za-z0-9~_.-].
std::string checked_verifier(std::string_view verifier);

/// The S256 challenge of a verifier.
std::string code_challenge(std::string_view verifier);

}  // namespace globus_sdk::inline v0::detail
