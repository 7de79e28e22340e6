// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string_view>

#include "auth/id_token_claims.hpp"
#include "auth/id_token_provider.hpp"
#include "auth/json_web_signature.hpp"
#include "globus_sdk/core/json_view.hpp"

namespace globus_sdk::inline v0::detail {

/// The algorithm of a signature that one of the keys has made.
///
/// Its name has to be among `announced`, be one with a public key, and be the key's. Where the
/// token names a key (`kid`), that one is taken, or one that has no name; else each that fits.
///
/// @throws IDTokenError algorithm, key or signature.
const SignatureAlgorithm& check_signature(const JsonWebSignature& token,
                                          const std::vector<std::string>& announced,
                                          const JsonWebKeySet& keys);

/// The claims of a token that the provider has signed, and that says what is expected.
///
/// @throws IDTokenError for the first check that fails.
JsonView verify_id_token(const JsonWebSignature& token, const IDTokenProvider& provider,
                         const IDTokenExpectations& expected,
                         std::chrono::system_clock::time_point now);

}  // namespace globus_sdk::inline v0::detail
